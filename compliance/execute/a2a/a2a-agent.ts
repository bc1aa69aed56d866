/** A seller that is reached over A2A. */
import { a2aTask } from '../../a2a-task.ts';
import { authorizationHeader, type Credential } from '../../credential.ts';
import type { Exchange, HttpHead, TransportFailure } from '../../exchange.ts';
import type { JsonObject } from '../../json/object.ts';
import type { Agent, Conversation, Introduction } from '../agent.ts';
import type { Clock } from '../clock.ts';
import { type HttpLimits, type HttpOptions, send } from '../http.ts';
import type { Reach } from '../reach.ts';
import type { RpcReply } from '../rpc-reply.ts';
import { A2aClient } from './a2a-client.ts';
import { fetchCard, type FetchedCard } from './agent-card.ts';

export interface A2aAgentOptions {
  /** The agent's card, or any address of its origin. */
  readonly url: string;
  readonly limits: HttpLimits;
  readonly signal: AbortSignal;
  readonly reach: Reach;
  readonly clock: Clock;
  /** Sent with every message. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly newId: () => string;
  /** Between two looks at a task that goes on. */
  readonly pollMs: number;
}

type Failed = { readonly kind: 'failed'; readonly failure: TransportFailure; readonly http?: HttpHead };
type Opened = { readonly kind: 'open'; readonly client: A2aClient; readonly skills: readonly string[] } | Failed;

const GOING_ON: ReadonlySet<string> = new Set(['submitted', 'working']);
const NATIVE_POLL = 'tasks_get';
const NOBODY: ReadonlySet<TransportFailure['code']> = new Set(['refused', 'unresolved_host', 'unreachable']);
const LISTENING_TIMEOUT_MS = 2000;

export class A2aAgent implements Agent {
  readonly url: string;
  readonly transport = 'a2a';
  readonly #options: A2aAgentOptions;
  readonly #clients = new Map<string, A2aClient>();
  #card: Extract<FetchedCard, { kind: 'card' }> | undefined;

  constructor(options: A2aAgentOptions) {
    this.url = options.url;
    this.#options = options;
  }

  async introduce(credential: Credential): Promise<Introduction> {
    const opened = await this.#open(credential);
    if (opened.kind === 'failed') return opened;
    return { kind: 'introduced', tools: opened.skills, inputs: new Map(), version: opened.client.version };
  }

  /** Sends a message and stays with its task until that has ended or waits for somebody. */
  async call(task: string, args: JsonObject, credential: Credential, conversation: Conversation = {}): Promise<Exchange> {
    const { clock } = this.#options;
    const [sent, from] = [clock.now(), clock.elapsed()];
    const opened = await this.#open(credential);
    const reply = opened.kind === 'failed' ? opened : await this.#talk(opened, task, args, conversation);
    const common = {
      request: { transport: 'a2a', operation: task, payload: args, url: this.url } as const, sent_at_ms: sent, duration_ms: clock.elapsed() - from,
    };
    if (reply.kind === 'result') return { kind: 'answered', ...common, result: reply.result, http: reply.http };
    return { kind: 'failed', ...common, failure: reply.failure, ...(reply.http !== undefined && { http: reply.http }) };
  }

  /** Every message carries its credential; a probe is a call outside of every conversation. */
  probe(task: string, args: JsonObject, credential: Credential): Promise<Exchange> {
    return this.call(task, args, credential);
  }

  async isListening(): Promise<boolean> {
    const { limits } = this.#options;
    const brief = { ...limits, timeoutMs: Math.min(limits.timeoutMs, LISTENING_TIMEOUT_MS) };
    const reply = await send({ method: 'GET', url: this.url, headers: {} }, { ...this.#http, limits: brief, enough: () => true });
    return reply.kind === 'reply' || reply.http !== undefined || !NOBODY.has(reply.failure.code);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #talk({ client, skills }: Extract<Opened, { kind: 'open' }>, task: string, input: JsonObject, conversation: Conversation): Promise<RpcReply> {
    const id = input['task_id'];
    if (task === NATIVE_POLL && !skills.includes(NATIVE_POLL) && typeof id === 'string') return client.getTask(id);
    const known = conversation.context_id;
    if (known !== undefined) conversation.before = known;
    const reply = await client.sendMessage({
      messageId: this.#options.newId(), task, input, ...(known !== undefined && { contextId: known }),
    });
    const settled = reply.kind === 'result' ? await this.#settled(client, reply) : reply;
    const contextId = settled.kind === 'result' ? a2aTask(settled.result)?.contextId : undefined;
    if (typeof contextId === 'string' && contextId !== '') conversation.context_id = contextId;
    return settled;
  }

  async #settled(client: A2aClient, first: Extract<RpcReply, { kind: 'result' }>): Promise<RpcReply> {
    const { clock, limits, signal, pollMs } = this.#options;
    const until = clock.elapsed() + limits.timeoutMs;
    let reply: RpcReply = first;
    for (;;) {
      const task = reply.kind === 'result' ? a2aTask(reply.result) : undefined;
      if (task === undefined || !GOING_ON.has(task.state) || typeof task.id !== 'string' || signal.aborted) return reply;
      if (clock.elapsed() >= until)
        return {
          kind: 'failed', http: first.http,
          failure: { code: 'timed_out', message: `the task was still ${task.state} after ${limits.timeoutMs / 1000} s` },
        };
      await clock.sleep(pollMs, signal);
      reply = await client.getTask(task.id);
    }
  }

  async #open(credential: Credential): Promise<Opened> {
    const authorization = { ...this.#options.headers, ...authorizationHeader(credential) };
    if (this.#card === undefined) {
      const fetched = await fetchCard(this.url, authorization, this.#http);
      if (fetched.kind === 'failed') return fetched;
      this.#card = fetched;
    }
    const key = JSON.stringify(credential);
    const known = this.#clients.get(key);
    if (known !== undefined) return { kind: 'open', client: known, skills: this.#card.skills };
    const read = await A2aClient.of(this.#card.card, authorization, this.#http);
    if (read.kind === 'failed') return read;
    this.#clients.set(key, read.client);
    return { kind: 'open', client: read.client, skills: this.#card.skills };
  }

  get #http(): HttpOptions {
    const { limits, signal, reach } = this.#options;
    return { limits, signal, reach };
  }
}
