/** What every transport does before it looks at a message: host, limits, JSON, credentials. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Principal } from '../domain/caller.ts';
import type { Ids } from '../domain/ports/ids.ts';
import type { Operation } from '../domain/request-signing.ts';
import { CredentialsUnavailable, type PrincipalSource } from '../pipeline/principals.ts';
import type { Ruling } from '../pipeline/signed/ruling.ts';
import { CORRELATION_HEADER, correlationOf } from './correlation.ts';
import { authenticate, bringsCredentials, type Authentication } from './credentials.ts';
import type { Door } from './door.ts';
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
  /** Judges signatures; absent: nobody looks at them. */
  readonly signatures?: Signatures;
  /** Keeps out what is too much; absent: nothing is. */
  readonly door?: Door;
  /** Makes the names of requests in the log. */
  readonly ids: Ids;
  readonly onError: (error: unknown, correlation_id: string) => void;
  /** Told of every request that is turned away here, with its HTTP status. */
  readonly turnedAway?: (status: number) => void;
}

/** One JSON-RPC message, and who sends it. */
export interface Admitted {
  readonly message: object;
  readonly principal: Principal | undefined;
  readonly correlation_id: string;
}

/** What a transport's messages are. */
export interface MessageKinds {
  /** Whether one is for known callers only; others are refused with HTTP 401 and a way in. */
  needsCredentials(message: object): boolean;
  /** Whether it calls a task, so that the pipeline counts it. */
  callsTask(message: object): boolean;
  /** What it asks for, as far as signatures go. */
  operations(message: object): readonly Operation[];
}

/** So much is read of who signs in nowhere: nothing that is open to anybody needs more. */
const STRANGERS_BODY_BYTES = 1024 * 1024;

/** Answers a POST, whatever is in it. */
export type Post = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A POST whose message and sender are looked at here; `answer` gets those that may be heard. */
export function admitting(
  options: AdmitOptions, kinds: MessageKinds,
  answer: (admitted: Admitted, request: IncomingMessage, response: ServerResponse) => Promise<void>,
): Post {
  const { door, ids } = options;
  const foreignCall = options.hosts ? ownHosts(options.hosts) : () => undefined;
  return async (request, response) => {
    const correlation_id = correlationOf(request, ids);
    const turnAway = (refusal: RpcRefusal): void => {
      options.turnedAway?.(refusal.status);
      refuseRpc(response, refusal, { [CORRELATION_HEADER]: correlation_id });
    };
    // First what costs least: a server that is asked too much has no time for anything else.
    const keptOut = door?.enter() ?? foreignCall(request);
    if (keptOut) return turnAway(keptOut);
    let message: unknown;
    try {
      const caller = await callerOf(request, options);
      if ('status' in caller) return turnAway(caller);
      const limit = caller.kind === 'known' ? options.maxBodyBytes : Math.min(options.maxBodyBytes, STRANGERS_BODY_BYTES);
      const read = await readJson(request, limit);
      if (read.kind === 'broken_off') return;
      if (read.kind !== 'json') return turnAway(unreadable(read.kind, limit));
      message = read.value;
      const flaw = flawOf(message);
      if (flaw) return turnAway(flaw);
      const admitted = await admit({ message: message as object, bytes: read.bytes, request }, caller, options, kinds);
      if ('status' in admitted) return turnAway(admitted);
      await answer({ message: message as object, principal: admitted.principal, correlation_id }, request, response);
    } catch (error) {
      options.onError(error, correlation_id);
      if (response.headersSent) return void response.end();
      if (error instanceof CredentialsUnavailable) return turnAway(UNVERIFIABLE);
      turnAway({ status: 500, code: RPC.internal, message: 'internal error', id: idOf(message), data: { correlation_id } });
    }
  };
}

/** Who calls, unless the address is kept out. Nothing of the body is needed for that, so that strangers cannot make us read much. */
async function callerOf(request: IncomingMessage, { principals, door }: AdmitOptions): Promise<RpcRefusal | Authentication> {
  const barred = bringsCredentials(request.headers) ? door?.barsCredentials(request) : door?.stranger(request);
  if (barred) return barred;
  const caller = await authenticate(request.headers, principals);
  if (caller.kind === 'invalid') door?.wrongCredentials(request);
  return caller;
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

function flawOf(message: unknown): RpcRefusal | undefined {
  if (Array.isArray(message)) return malformed('JSON-RPC batches are not served: send one message a request');
  if (typeof message !== 'object' || message === null) return malformed('the body must be one JSON-RPC message');
  return isNestedDeeper(message, MOST_LEVELS) ? malformed(`the body is nested deeper than ${MOST_LEVELS} levels`) : undefined;
}

/** A message as it came. */
interface Arrived {
  readonly message: object;
  readonly bytes: Buffer;
  readonly request: IncomingMessage;
}

/** The principal of who may be heard: that of the credentials, or without any that of the signature, where one may stand in their place. */
async function admit(
  { message, bytes, request }: Arrived, caller: Authentication, { agent_url, resource_metadata, door, signatures }: AdmitOptions, { needsCredentials, callsTask, operations }: MessageKinds,
): Promise<RpcRefusal | { readonly principal: Principal | undefined }> {
  const challenge = (code: string, text: string, hint: string): RpcRefusal => ({
    status: 401, code: RPC.authMissing, message: text, id: idOf(message), data: { code }, headers: { 'www-authenticate': `Bearer realm="${agent_url}"${hint}${resource_metadata ? `, resource_metadata="${resource_metadata}"` : ''}` },
  });
  if (caller.kind === 'invalid') return challenge('AUTH_INVALID', 'the credentials are not known here', ', error="invalid_token"');
  const bearer = caller.kind === 'known' ? caller.principal : undefined;
  const ruling = signatures ? await signatures.guard.judge(signableCall(request, bytes, signatures, operations(message), bearer)) : TAKEN;
  if (ruling.kind !== 'taken') return signatureRefusal(ruling, agent_url, idOf(message));
  const principal = bearer ?? ruling.principal;
  if (principal === undefined && needsCredentials(message)) return challenge('AUTH_MISSING', 'this tool needs credentials: send Authorization: Bearer <key>', '');
  const tooMany = principal === undefined || callsTask(message) ? undefined : door?.message(principal.principal_id);
  return tooMany ?? { principal };
}

const TAKEN: Ruling = { kind: 'taken' };

const malformed = (message: string): RpcRefusal => ({ status: 400, code: RPC.invalidRequest, message });
const idOf = (message: unknown): unknown => (typeof message === 'object' && message !== null ? ((message as { id?: unknown }).id ?? null) : null);
