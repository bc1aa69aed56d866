/**
 * A governance agent that looks at creatives, over MCP on the loopback interface, so that what it is asked really travels. What it
 * finds is written in the addresses of the assets: `ai-generated-true` or `ai-generated-false`.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, Server } from '@modelcontextprotocol/server';

/** The address under which the harness's products name it. */
export const VERIFIER_ORIGIN = 'https://governance.encypher.seller.example';

export interface VerifierServer {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** What it was asked. */
  readonly asked: readonly Manifest[];
  close(): Promise<void>;
}

interface Manifest {
  readonly assets?: unknown;
  readonly provenance?: { readonly human_oversight?: string; readonly disclosure?: { readonly required?: boolean } };
}

const CONFIDENCE = 0.95;

export async function startVerifier(): Promise<VerifierServer> {
  const asked: Manifest[] = [];
  const answer = toNodeHandler(createMcpHandler(() => {
    const mcp = new Server({ name: 'training-verifier', version: '1' }, { capabilities: { tools: {} } });
    mcp.setRequestHandler('tools/list', () => ({ tools: [{ name: 'get_creative_features', inputSchema: { type: 'object' } }] }));
    mcp.setRequestHandler('tools/call', ({ params }) => {
      const manifest = (params.arguments?.['creative_manifest'] ?? {}) as Manifest;
      if (asked.push(manifest) > MOST_KEPT) asked.shift();
      const document = { results: findings(manifest), ...observed(manifest) };
      return { content: [{ type: 'text', text: JSON.stringify(document) }], structuredContent: document };
    });
    return mcp;
  }));
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked,
    close: () => new Promise((resolve) => { server.close(() => resolve()); server.closeAllConnections(); }),
  };
}

const MOST_KEPT = 1_000;

function findings({ assets }: Manifest): readonly object[] {
  const text = JSON.stringify(assets ?? {});
  const value = text.includes('ai-generated-true') ? true : text.includes('ai-generated-false') ? false : undefined;
  return value === undefined ? [] : [{ feature_id: 'ai_generated', value, confidence: CONFIDENCE }];
}

/** Somebody claims that people had the last word, and that nobody need be told of the machine. */
function observed({ provenance }: Manifest): { readonly audit_observations?: readonly object[] } {
  const { human_oversight, disclosure } = provenance ?? {};
  if ((human_oversight !== 'edited' && human_oversight !== 'directed') || disclosure?.required !== false) return {};
  return {
    audit_observations: [{
      code: 'OVERSIGHT_DISCLOSURE_CARVEOUT_CLAIMED', severity: 'audit-worthy', recovery: 'informational', field: 'creative_manifest.provenance.disclosure.required',
      message: 'human oversight is given as the reason for no disclosure', details: { agent_url: VERIFIER_ORIGIN, claimed_value: { human_oversight, disclosure_required: false } },
    }],
  };
}
