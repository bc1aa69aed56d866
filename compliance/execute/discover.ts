/** What the seller is and claims, before anything is chosen. */
import type { Credential } from '../credential.ts';
import type { HttpHead, TransportFailure } from '../exchange.ts';
import { isObject, type JsonObject } from '../json/object.ts';
import { readReply } from '../judge/judge-step.ts';
import type { SellerProfile } from '../seller.ts';
import type { Agent } from './agent.ts';
import { versionEnvelope } from './build-request.ts';

export type Discovery =
  | { readonly kind: 'discovered'; readonly profile: SellerProfile }
  | { readonly kind: 'failed'; readonly failure: TransportFailure; readonly authentication: boolean };

const CAPABILITIES = 'get_adcp_capabilities';

/** Connects, lists the tools and asks for the capabilities; a seller without that tool has none. */
export async function discover(agent: Agent, credential: Credential, adcpVersion: string): Promise<Discovery> {
  const introduced = await agent.introduce(credential);
  if (introduced.kind === 'failed') return failedWith(introduced.failure, introduced.http);
  const tools = new Set(introduced.tools);
  const base = {
    url: agent.url, tools, inputs: introduced.inputs,
    ...(agent.transport === 'mcp' ? { mcp_version: introduced.version } : { a2a_version: introduced.version }),
  };
  if (!tools.has(CAPABILITIES)) return { kind: 'discovered', profile: base };
  const full = versionEnvelope(adcpVersion);
  for (const envelope of [full, { adcp_major_version: full['adcp_major_version'] }]) {
    const answer = await askCapabilities(agent, envelope, credential);
    if (answer.kind === 'failed') return answer;
    if (answer.capabilities !== undefined) return { kind: 'discovered', profile: { ...base, capabilities: answer.capabilities } };
  }
  return { kind: 'discovered', profile: base };
}

type Capabilities = { readonly kind: 'answered'; readonly capabilities?: JsonObject } | Extract<Discovery, { kind: 'failed' }>;

async function askCapabilities(agent: Agent, envelope: JsonObject, credential: Credential): Promise<Capabilities> {
  const exchange = await agent.call(CAPABILITIES, envelope, credential);
  if (exchange.kind === 'failed')
    return exchange.failure.code === 'rpc_error' ? { kind: 'answered' } : failedWith(exchange.failure, exchange.http);
  const reply = readReply(CAPABILITIES, exchange);
  return reply.outcome.kind === 'succeeded' && isObject(reply.data) ? { kind: 'answered', capabilities: reply.data } : { kind: 'answered' };
}

function failedWith(failure: TransportFailure, http: HttpHead | undefined): Extract<Discovery, { kind: 'failed' }> {
  return { kind: 'failed', failure, authentication: http?.status === 401 || http?.status === 403 };
}
