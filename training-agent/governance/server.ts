/**
 * A governance agent as a buyer would run one, over MCP on the loopback interface, so that what a seller asks really travels. Its plans
 * come by `sync_plans`, or from the test controller; its tokens are signed as AdCP wants them, with a key that ends with the process.
 */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';
import { checkShape } from '../../src/protocol/request-check.ts';
import { CheckGovernanceRequest } from '../../src/protocol/wire/check-governance.ts';
import { openSharedState, type SharedState } from '../shared-state.ts';
import { judgement } from './judgement.ts';
import { Plan } from './plan.ts';

/** The address under which buyers of the sandbox register it. */
export const GOVERNANCE_ORIGIN = 'https://governance.training.example';

export interface GovernanceServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** What it was asked, oldest first. */
  readonly asked: readonly Asked[];
  /** @returns what is wrong with the plan; nothing when it is taken */
  put(plan: unknown): string | undefined;
  close(): Promise<void>;
}

export interface Asked {
  /** As the caller sent it. */
  readonly authorization: string | undefined;
  readonly request: CheckGovernanceRequest;
}

type Json = Readonly<Record<string, unknown>>;
type Answered = { readonly document: Json; readonly isError?: true };

const MOST_KEPT = 1_000;

/** What it says of itself: a governance agent, and nothing else. */
const CAPABILITIES: Json = {
  status: 'completed', adcp: { major_versions: [3], supported_versions: ['3.1'], idempotency: { supported: false } }, supported_protocols: ['governance'],
};

/** @param state where its plans are kept; default: with the process */
export async function startGovernance(now: () => Date = () => new Date(), state: SharedState = openSharedState(':memory:')): Promise<GovernanceServer> {
  const plans = state.shelf<{ readonly plan: Plan; readonly version: number }>('plans');
  const asked: Asked[] = [];
  const { privateKey } = generateKeyPairSync('ed25519');

  const put = (plan: unknown): string | undefined => {
    const flaw = checkShape(Plan, plan);
    if (flaw) return flaw.message;
    const { plan_id } = plan as Plan;
    plans.put(plan_id, { plan: plan as Plan, version: (plans.get(plan_id)?.version ?? 0) + 1 });
    return undefined;
  };
  const token = (claims: Json): string => {
    const text = [{ alg: 'EdDSA', typ: 'adcp-gov+jws' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
  };
  const tools: Readonly<Record<string, (given: Json, authorization: string | undefined) => Answered>> = {
    get_adcp_capabilities: () => ({ document: CAPABILITIES }),
    sync_plans: ({ plans: listed = [] }) => ({ document: { status: 'completed', plans: (listed as Json[]).map((plan) => {
      const flaw = put(plan);
      return { plan_id: String(plan['plan_id'] ?? ''), status: flaw === undefined ? 'active' : 'error', version: plans.get(String(plan['plan_id']))?.version ?? 0 };
    }) } }),
    check_governance(given, authorization) {
      const flaw = checkShape(CheckGovernanceRequest, given);
      if (flaw) return refused('INVALID_REQUEST', flaw.message);
      const request = given as CheckGovernanceRequest;
      if (asked.push({ authorization, request }) > MOST_KEPT) asked.shift();
      const known = plans.get(request.plan_id);
      if (known === undefined) return refused('PLAN_NOT_FOUND', 'there is no such plan');
      const check_id = `chk_${randomBytes(8).toString('hex')}`;
      const verdict = judgement(known.plan, request, check_id, now());
      const claims = { jti: check_id, sub: request.plan_id, aud: request.caller, phase: request.phase ?? 'purchase', exp: Math.floor(Date.parse(verdict.expires_at ?? '') / 1000) };
      return { document: { status: 'completed', ...verdict, ...(verdict.verdict === 'denied' ? {} : { governance_context: token(claims) }) } };
    },
  };

  const server = createServer((request, response) => {
    const handle = toNodeHandler(createMcpHandler(() => {
      const mcp = new Server({ name: 'training-governance', version: '1' }, { capabilities: { tools: {} } });
      mcp.setRequestHandler('tools/list', () => ({ tools: Object.keys(tools).map((name) => ({ name, inputSchema: { type: 'object' as const } })) }));
      mcp.setRequestHandler('tools/call', ({ params: { name, arguments: given = {} } }) => told(tools[name]?.(given, request.headers.authorization), given));
      return mcp;
    }));
    void handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, put,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

function refused(code: string, message: string): Answered {
  const error = { code, message, recovery: 'correctable' };
  return { document: { status: 'failed', adcp_error: error, errors: [error] }, isError: true };
}

function told(answered: Answered = refused('UNSUPPORTED_FEATURE', 'there is no such tool'), { context }: Json) {
  const document = { ...answered.document, ...(context === undefined ? {} : { context }) };
  return { content: [{ type: 'text' as const, text: JSON.stringify(document) }], structuredContent: document, ...(answered.isError ? { isError: true } : {}) };
}
