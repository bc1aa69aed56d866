/** What every transport does before it looks at a message: host, limits, JSON, credentials. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '../domain/caller.ts';
import type { Operation } from '../domain/request-signing.ts';
import type { Ruling } from '../pipeline/signed/ruling.ts';
import { CredentialsUnavailable, type PrincipalSource } from '../pipeline/principals.ts';
import { authenticate } from './credentials.ts';
import { isNestedDeeper, MOST_LEVELS } from './nesting.ts';
import { ownHosts } from './own-hosts.ts';
import { readJson } from './read-json.ts';
import { refuseRpc, RPC, type RpcRefusal } from './rpc-error.ts';
import { signableCall, signatureRefusal, type Signatures } from './signatures.ts';

export interface AdmitOptions {
  readonly principals: PrincipalSource;
  /** The URL that buyers call; the realm of refusals. */
  readonly agent_url: string;
  /** Where callers read who issues access tokens (RFC 9728), when tokens are taken. */
  readonly resource_metadata?: string;
  /** Host names under which the server may be called, so that no web page can reach it through a name of its own; absent: any. */
  readonly hosts?: readonly string[];
  readonly maxBodyBytes: number;
  readonly onError: (error: unknown) => void;
  /** Judges signatures; absent: nobody looks at them. */
  readonly signatures?: Signatures;
  /** Told of every request that is turned away here, with its HTTP status. */
  readonly turnedAway?: (status: number) => void;
}

/** How a transport reads a message before it is admitted. */
export interface Reading {
  /** Whether it is for known callers only; others are refused with HTTP 401 and a way in. */
  needsCredentials(message: object): boolean;
  /** What it asks for. */
  operations(message: object): readonly Operation[];
}

/** One JSON-RPC message, and who sends it. */
export interface Admitted {
  readonly message: object;
  readonly principal: Principal | undefined;
}

/** Answers a POST, whatever is in it. */
export type Post = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A POST whose message and sender are looked at here; `answer` gets those that may be heard. */
export function admitting(
  options: AdmitOptions, reading: Reading,
  answer: (admitted: Admitted, request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Post {
  const foreignCall = options.hosts ? ownHosts(options.hosts) : () => undefined;
  const turnAway = (response: ServerResponse, refusal: RpcRefusal): void => {
    options.turnedAway?.(refusal.status);
    refuseRpc(response, refusal);
  };
  return async (request, response) => {
    const foreign = foreignCall(request);
    if (foreign) return turnAway(response, foreign);
    let message: unknown;
    try {
      const read = await readJson(request, options.maxBodyBytes);
      if (read.kind === 'broken_off') return;
      if (read.kind !== 'json') return turnAway(response, unreadable(read.kind, options.maxBodyBytes));
      message = read.value;
      const admitted = await admit(message, request, read.bytes, options, reading);
      if ('status' in admitted) return turnAway(response, admitted);
      await answer(admitted, request, response);
    } catch (error) {
      options.onError(error);
      if (response.headersSent) return void response.end();
      if (error instanceof CredentialsUnavailable) return turnAway(response, { ...UNVERIFIABLE, id: idOf(message) });
      turnAway(response, { status: 500, code: RPC.internal, message: 'internal error', id: idOf(message) });
    }
  };
}

const UNVERIFIABLE = {
  status: 503, code: RPC.unavailable, message: 'the credentials cannot be checked now; try again', data: { code: 'SERVICE_UNAVAILABLE' }, headers: { 'retry-after': '5' },
} as const satisfies RpcRefusal;

function unreadable(why: 'too_large' | 'no_json' | 'unknown_encoding', limit: number): RpcRefusal {
  switch (why) {
    case 'too_large': return { status: 413, code: RPC.invalidRequest, message: `the body is over the limit of ${limit} bytes` };
    case 'no_json': return { status: 400, code: RPC.parse, message: 'the body is not JSON' };
    case 'unknown_encoding': return { status: 415, code: RPC.invalidRequest, message: 'the body is encoded in a way that is not read here; send it as it is, or with gzip, deflate or br' };
  }
}

async function admit(
  message: unknown, request: IncomingMessage, body: Buffer, { principals, agent_url, resource_metadata, signatures }: AdmitOptions, { needsCredentials, operations }: Reading,
): Promise<RpcRefusal | Admitted> {
  if (Array.isArray(message)) return malformed('JSON-RPC batches are not served: send one message a request');
  if (typeof message !== 'object' || message === null) return malformed('the body must be one JSON-RPC message');
  if (isNestedDeeper(message, MOST_LEVELS)) return malformed(`the body is nested deeper than ${MOST_LEVELS} levels`);
  const challenge = (code: string, text: string, hint: string): RpcRefusal => ({
    status: 401, code: RPC.authMissing, message: text, id: idOf(message), data: { code }, headers: { 'www-authenticate': `Bearer realm="${agent_url}"${hint}${resource_metadata ? `, resource_metadata="${resource_metadata}"` : ''}` },
  });
  const caller = await authenticate(request.headers, principals);
  if (caller.kind === 'invalid') return challenge('AUTH_INVALID', 'the credentials are not known here', ', error="invalid_token"');
  const bearer = caller.kind === 'known' ? caller.principal : undefined;
  const ruling = signatures ? await signatures.guard.judge(signableCall(request, body, signatures, operations(message), bearer)) : TAKEN;
  if (ruling.kind !== 'taken') return signatureRefusal(ruling, agent_url, idOf(message));
  const principal = bearer ?? ruling.principal;
  if (principal) return { message, principal };
  return needsCredentials(message) ? challenge('AUTH_MISSING', 'this tool needs credentials: send Authorization: Bearer <key>', '') : { message, principal: undefined };
}

const TAKEN: Ruling = { kind: 'taken' };
const malformed = (message: string): RpcRefusal => ({ status: 400, code: RPC.invalidRequest, message });
const idOf = (message: unknown): unknown => (typeof message === 'object' && message !== null ? ((message as { id?: unknown }).id ?? null) : null);
