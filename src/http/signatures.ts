/** What a request shows of its signature, and what is answered to one that is not good enough. */
import type { IncomingMessage } from 'node:http';
import type { Principal } from '../domain/caller.ts';
import type { Operation } from '../domain/request-signing.ts';
import type { Ruling, SignableCall, SignatureGuard } from '../pipeline/signed/ruling.ts';
import { RPC, type RpcRefusal } from './rpc-error.ts';

export interface Signatures {
  readonly guard: SignatureGuard;
  /** The origin that a caller addressed: what it signed. @param host the header `Host` */
  readonly origin: (host: string | undefined) => string;
  /** The network address that a request came from. */
  readonly peer: (request: IncomingMessage) => string;
}

/** Headers that came twice are told as two: node's own reading drops or joins them, and two readers might differ. */
export function signableCall(
  request: IncomingMessage, body: Buffer, { origin, peer }: Signatures, operations: readonly Operation[], bearer: Principal | undefined,
): SignableCall {
  const { method = '', url = '', headers, headersDistinct } = request;
  return {
    method, url: origin(headers.host) + url, headers: headersDistinct, body, operations, peer: peer(request), ...(bearer ? { bearer } : {}),
  };
}

export function signatureRefusal(ruling: Exclude<Ruling, { kind: 'taken' }>, realm: string, id: unknown): RpcRefusal {
  if (ruling.kind === 'too_many_failures') {
    const { retry_after } = ruling;
    return {
      status: 429, code: RPC.rateLimited, message: 'too many bad signatures came under this key; wait, and sign again', id,
      data: { code: 'RATE_LIMITED', retry_after }, headers: { 'retry-after': String(retry_after) },
    };
  }
  const { code } = ruling;
  const message = code === 'request_signature_required'
    ? 'this call must be signed (RFC 9421, tag adcp/request-signing/v1); get_adcp_capabilities says what else must'
    : `the signature is not good: ${code}`;
  return { status: 401, code: RPC.authMissing, message, id, data: { code }, headers: { 'www-authenticate': `Signature realm="${realm}", error="${code}"` } };
}
