/**
 * Requests of A2A as its own library composes them, in the version that the agent's card asks for; the reply is taken off the wire
 * before that library reads it, so that what is graded is what came, within the bounds of every reply.
 */
import type { AgentCard, SendMessageRequest } from 'a2a';
import type { Client } from 'a2a/client';
import type { TransportFailure } from '../../exchange.ts';
import type { JsonObject } from '../../json/object.ts';
import { type HttpOptions, type HttpReply, send } from '../http.ts';
import { answerWatcher, readRpcReply, type RpcReply } from '../rpc-reply.ts';

export interface A2aMessage {
  readonly messageId: string;
  readonly task: string;
  readonly input: JsonObject;
  /** The conversation that the message belongs to, when the agent has named one. */
  readonly contextId?: string;
}

export type ReadCard =
  | { readonly kind: 'client'; readonly client: A2aClient }
  | { readonly kind: 'failed'; readonly failure: TransportFailure };

const ADCP_EXTENSION = 'https://adcontextprotocol.org/extensions/adcp/v3';
const LEGACY = { enabled: true };
/** Members by which A2A 1.0 and 0.3 carry the input of a skill. */
const INPUT_MEMBER = { current: 'input', legacy: 'parameters' };

export class A2aClient {
  readonly version: string;
  readonly #options: HttpOptions;
  readonly #authorization: Readonly<Record<string, string>>;
  readonly #connect: (fetchImpl: typeof fetch) => Promise<Client>;

  private constructor(
    version: string, connect: (fetchImpl: typeof fetch) => Promise<Client>, authorization: Readonly<Record<string, string>>, options: HttpOptions
  ) {
    this.version = version;
    this.#connect = connect;
    this.#authorization = authorization;
    this.#options = options;
  }

  /** A client for the interface that the card prefers among those that speak JSON-RPC. Nothing is sent. */
  static async of(card: JsonObject, authorization: Readonly<Record<string, string>>, options: HttpOptions): Promise<ReadCard> {
    const { ClientFactory, DefaultAgentCardResolver, JsonRpcTransportFactory } = await import('a2a/client');
    const resolver = new DefaultAgentCardResolver({ legacyCompat: LEGACY });
    try {
      const normal: AgentCard = resolver.normalizeAgentCard(card);
      const connect = (fetchImpl: typeof fetch): Promise<Client> => new ClientFactory({
        transports: [new JsonRpcTransportFactory({ fetchImpl, legacyCompat: LEGACY })], cardResolver: resolver,
      }).createFromAgentCard(normal);
      const { protocolVersion } = await connect(() => Promise.reject(new Error('nothing is sent yet')));
      return { kind: 'client', client: new A2aClient(protocolVersion, connect, authorization, options) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { kind: 'failed', failure: { code: 'not_a2a', message: `the agent card offers no interface to talk to: ${reason.slice(0, 200)}` } };
    }
  }

  /** Asks for a skill; agents answer when the task has ended, or with a task that goes on. */
  sendMessage({ messageId, task, input, contextId }: A2aMessage): Promise<RpcReply> {
    const member = this.version.startsWith('0.') ? INPUT_MEMBER.legacy : INPUT_MEMBER.current;
    const request: SendMessageRequest = {
      tenant: '', metadata: undefined, configuration: undefined,
      message: {
        messageId, contextId: contextId ?? '', taskId: '', role: 1, metadata: undefined, extensions: [], referenceTaskIds: [],
        parts: [{ content: { $case: 'data', value: { skill: task, [member]: input } }, metadata: undefined, filename: '', mediaType: '' }],
      },
    };
    return this.#taken((client) => client.sendMessage(request, { serviceParameters: { 'A2A-Extensions': ADCP_EXTENSION } }));
  }

  getTask(id: string): Promise<RpcReply> {
    return this.#taken((client) => client.getTask({ tenant: '', id }, { serviceParameters: { 'A2A-Extensions': ADCP_EXTENSION } }));
  }

  /** Lets the library compose one request, sends it within our bounds, and keeps the reply from the library. */
  async #taken(ask: (client: Client) => Promise<unknown>): Promise<RpcReply> {
    let taken: { readonly reply: HttpReply; readonly id: number } | undefined;
    let aborted: unknown;
    const fetchImpl: typeof fetch = async (url, init) => {
      const body = String(init?.body ?? '');
      const headers = { ...headersOf(init), ...this.#authorization };
      const barred = unsafe(String(url), this.#options);
      if (barred !== undefined) taken = { reply: { kind: 'failed', failure: { code: 'barred', message: barred } }, id: 0 };
      else try {
        const options = { ...this.#options, enough: answerWatcher(idOf(body)) };
        taken = { reply: await send({ method: 'POST', url: String(url), headers, body }, options), id: idOf(body) };
      } catch (error) {
        aborted = error;
      }
      throw new Error('the reply was taken');
    };
    const client = await this.#connect(fetchImpl);
    const failure = await ask(client).then(() => undefined, (error: unknown) => error);
    if (aborted !== undefined) throw aborted as Error;
    if (taken !== undefined) return readRpcReply(taken.reply, taken.id);
    const reason = failure instanceof Error ? failure.message : 'the library sent nothing';
    return { kind: 'failed', failure: { code: 'not_a2a', message: `no request could be made: ${reason.slice(0, 200)}` } };
  }
}

/** A card may lead elsewhere: the credential goes there encrypted, or to an address that the operator vouches for. */
function unsafe(url: string, { reach }: HttpOptions): string | undefined {
  return URL.canParse(url) && (new URL(url).protocol === 'https:' || reach.vouchedFor(url))
    ? undefined
    : `the agent card leads to ${JSON.stringify(url.slice(0, 200))}, which is not https: that needs --allow-private`;
}

const headersOf = (init: RequestInit | undefined): Record<string, string> => Object.fromEntries(new Headers(init?.headers));
const idOf = (body: string): number => (JSON.parse(body) as { id: number }).id;
