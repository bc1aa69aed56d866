/** A seller that verifies signed requests with the judge's own verifier: what it lets pass and refuses is known. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { capabilityOf } from '../../compliance/contracts/request-signing/signing-vectors.ts';
import { requiresSignature } from '../../compliance/contracts/request-signing/requirement.ts';
import type { Jwk } from '../../compliance/contracts/signatures/jwk.ts';
import { NonceStore } from '../../compliance/contracts/signatures/nonce-store.ts';
import { requestProfile } from '../../compliance/contracts/signatures/profile.ts';
import { faultCode, type Verification, verifySignature } from '../../compliance/contracts/signatures/verify.ts';

export interface SigningManner {
  readonly digest?: 'required' | 'forbidden' | 'either';
  readonly keys: readonly Jwk[];
  readonly cap?: number;
  readonly tools?: readonly string[];
  /** Decides otherwise than the verifier: the code to answer with, or undefined to let the request pass. */
  readonly twist?: (code: string | undefined) => string | undefined;
}

export interface SigningSeller {
  readonly url: string;
  /** Requests that were refused, by code, and `taken`. */
  readonly decisions: string[];
  close(): Promise<void>;
}

export async function startSigningSeller({ digest = 'either', keys, cap = 100_000, tools = ['create_media_buy', 'update_media_buy', 'sync_creatives'], twist = (code) => code }: SigningManner): Promise<SigningSeller> {
  const block = { supported: true, covers_content_digest: digest, required_for: ['create_media_buy'], protocol_methods_required_for: ['tasks/cancel'] };
  const trust = { keys, revoked: new Set(['test-revoked-2026']), revocationStale: false, nonces: new NonceStore(cap) };
  const profile = requestProfile(digest);
  const decisions: string[] = [];
  let port = 0;

  const decide = (request: IncomingMessage, body: Buffer): string | undefined => {
    const headers = Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]));
    const message = { method: request.method ?? '', url: `http://127.0.0.1:${port}${request.url ?? ''}`, headers, body };
    const result: Verification = verifySignature(message, profile, trust, Date.now() / 1000);
    if (result.kind === 'refused') return faultCode(profile, result.fault);
    return result.kind === 'unsigned' && requiresSignature(message, capabilityOf(block)) ? faultCode(profile, 'required') : undefined;
  };
  const answer = (response: ServerResponse, id: unknown, result: unknown): void => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (request.method !== 'POST') { response.writeHead(405).end(); return; }
      const message = JSON.parse(body.toString()) as { id?: unknown; method?: string; params?: { name?: string } };
      if (message.method === 'initialize') answer(response, message.id, { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } });
      else if (message.method === 'tools/list') answer(response, message.id, { tools: ['get_adcp_capabilities', ...tools].map((name) => ({ name, inputSchema: {} })) });
      else if (message.method?.startsWith('notifications/') === true) response.writeHead(202).end();
      else if (message.params?.name === 'get_adcp_capabilities')
        answer(response, message.id, { structuredContent: { adcp: { major_versions: [3] }, supported_protocols: [], request_signing: block }, content: [] });
      else {
        const code = twist(decide(request, body));
        decisions.push(code ?? 'taken');
        if (code === undefined) answer(response, message.id, { structuredContent: { errors: [{ code: 'INVALID_REQUEST' }] }, content: [], isError: true });
        else response.writeHead(401, { 'www-authenticate': `Signature realm="adcp", error="${code}"` }).end();
      }
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  ({ port } = server.address() as AddressInfo);
  return {
    url: `http://127.0.0.1:${port}/mcp`, decisions,
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }),
  };
}
