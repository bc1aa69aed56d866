/** A seller that is reached over MCP. */
import type { Exchange, HttpHead, TransportFailure } from '../exchange.ts';
import type { JsonObject } from '../json/object.ts';
import type { Clock } from './clock.ts';
import { authorizationHeader, type Credential } from '../credential.ts';
import type { Agent, Introduction } from './agent.ts';
import { type HttpLimits, send } from './http.ts';
import { McpSession, type McpTarget, type OpenedSession } from './mcp-session.ts';
import type { Reach } from './reach.ts';
import type { RpcReply } from './rpc-reply.ts';

export interface McpAgentOptions {
  readonly url: string;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
  readonly reach: Reach;
  readonly clock: Clock;
  /** Sent with every request, those of probes included. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent beside the credential with every request but those of probes. */
  readonly moreHeaders?: (credential: Credential) => Readonly<Record<string, string>>;
}

const NOBODY: ReadonlySet<TransportFailure['code']> = new Set(['refused', 'unresolved_host', 'unreachable']);
/** A door is opened or not; a probe follows nobody elsewhere with a credential. */
const MAX_PROBE_MS = 10_000;
const LISTENING_TIMEOUT_MS = 2000;
const LOST_SESSION = /session/i;

/** Sessions with one seller, one for each credential, opened when first needed. */
export class McpAgent implements Agent {
  readonly url: string;
  readonly transport = 'mcp';
  readonly #options: McpAgentOptions;
  readonly #sessions = new Map<string, McpSession>();
  readonly #opening = new Map<string, Promise<OpenedSession>>();

  constructor(options: McpAgentOptions) {
    this.url = options.url;
    this.#options = options;
  }

  /** Opens the session for a credential, or gives the one that is open. Calls at the same time share it. */
  async connect(credential: Credential): Promise<OpenedSession> {
    const key = JSON.stringify(credential);
    const known = this.#sessions.get(key);
    if (known !== undefined) return { kind: 'open', session: known };
    const opening = this.#opening.get(key) ?? this.#open(key, credential);
    this.#opening.set(key, opening);
    return opening.finally(() => this.#opening.delete(key));
  }

  async #open(key: string, credential: Credential): Promise<OpenedSession> {
    const target = this.#target(credential);
    const opened = await McpSession.open({ ...target, headers: { ...target.headers, ...this.#options.moreHeaders?.(credential) } });
    if (opened.kind === 'open') this.#sessions.set(key, opened.session);
    return opened;
  }

  async introduce(credential: Credential): Promise<Introduction> {
    const opened = await this.connect(credential);
    if (opened.kind === 'failed') return opened;
    const listed = await opened.session.listTools();
    if (listed.kind === 'failed') return listed;
    return { kind: 'introduced', tools: listed.names, inputs: listed.inputs, version: opened.session.era.version };
  }

  /** Calls a tool in the credential's session; a session that the seller has lost is opened again, once. */
  async call(task: string, args: JsonObject, credential: Credential): Promise<Exchange> {
    return this.#timed(task, args, async () => {
      const opened = await this.connect(credential);
      if (opened.kind === 'failed') return opened;
      const reply = await opened.session.callTool(task, args);
      if (!isLostSession(reply, opened.session)) return reply;
      const key = JSON.stringify(credential);
      if (this.#sessions.get(key) === opened.session) this.#sessions.delete(key);
      const again = await this.connect(credential);
      return again.kind === 'failed' ? again : again.session.callTool(task, args);
    });
  }

  /** Handshake and call with just this credential, in a session of its own. A refused handshake is the result. */
  async probe(task: string, args: JsonObject, credential: Credential): Promise<Exchange> {
    return this.#timed(task, args, async () => {
      const { limits, ...target } = this.#target(credential);
      const probing = { ...target, limits: { ...limits, timeoutMs: Math.min(limits.timeoutMs, MAX_PROBE_MS) }, maxRedirects: 0 };
      const opened: OpenedSession = this.#speaksNewerEraOnly
        ? { kind: 'open', session: McpSession.enveloped(probing) }
        : await McpSession.initialize(probing);
      if (opened.kind === 'failed') return opened;
      const reply = await opened.session.callTool(task, args);
      await opened.session.close();
      return reply;
    });
  }

  async isListening(): Promise<boolean> {
    const { url, limits, signal, reach } = this.#options;
    const brief = { ...limits, timeoutMs: Math.min(limits.timeoutMs, LISTENING_TIMEOUT_MS) };
    const reply = await send({ method: 'GET', url, headers: {} }, { limits: brief, signal, reach, enough: () => true });
    return reply.kind === 'reply' || reply.http !== undefined || !NOBODY.has(reply.failure.code);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
    this.#sessions.clear();
  }

  get #speaksNewerEraOnly(): boolean {
    return [...this.#sessions.values()].some((session) => session.era.kind === 'enveloped');
  }

  #target(credential: Credential): McpTarget {
    const { url, limits, signal, reach, headers } = this.#options;
    return { url, limits, signal, reach, headers: { ...headers, ...authorizationHeader(credential) } };
  }

  async #timed(task: string, args: JsonObject, talk: () => Promise<RpcReply | Failed>): Promise<Exchange> {
    const { clock } = this.#options;
    const [sent, from] = [clock.now(), clock.elapsed()];
    const reply = await talk();
    const common = {
      request: { transport: 'mcp', operation: task, payload: args, url: this.url } as const, sent_at_ms: sent,
      duration_ms: clock.elapsed() - from,
    };
    if (reply.kind === 'result') return { kind: 'answered', ...common, result: reply.result, http: reply.http };
    return { kind: 'failed', ...common, failure: reply.failure, ...(reply.http !== undefined && { http: reply.http }) };
  }
}

interface Failed {
  readonly kind: 'failed';
  readonly failure: TransportFailure;
  readonly http?: HttpHead;
}

function isLostSession(reply: RpcReply, session: McpSession): boolean {
  if (reply.kind !== 'failed' || session.era.kind !== 'session' || session.era.sessionId === undefined) return false;
  const status = reply.http?.status;
  return status === 404 || (status === 400 && LOST_SESSION.test(reply.failure.message));
}
