/** The judge's webhook receiver: one listener for a whole run, opened when the first storyboard needs it. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../execute/clock.ts';
import { nodeHttp } from '../../execute/node-http.ts';
import { payloadOf } from './delivery.ts';
import { WebhookInbox } from './inbox.ts';

export interface ReceiverOptions {
  /** Where the seller reaches the listener; undefined: at its loopback address. */
  readonly publicUrl?: string;
  /** 0: any free one. */
  readonly port: number;
  readonly clock: Clock;
  /** Bodies that are kept in all; what comes beyond them is asked to come later. */
  readonly keptBytes?: number;
}

const MAX_BODY_BYTES = 1024 * 1024;
const MAX_CONNECTIONS = 64;
const MAX_DELIVERIES = 1000;
const KEPT_BYTES = 64 * 1024 * 1024;
const BODY_TIMEOUT_MS = 10_000;
const FAREWELL_MS = 500;
const OVERFLOW = 503;
const RETRY_SOON = { 'retry-after': '1' };
/** A seller asks so before it keeps an address for an account. */
const CHALLENGE = 'webhook.challenge';
const ADDRESS = /\/step\/[^/]+\/([^/?]+)$/;

export class WebhookReceiver {
  readonly #options: ReceiverOptions;
  readonly #inboxes: WebhookInbox[] = [];
  #opening: Promise<Server> | undefined;
  #taken = 0;
  #bytes = 0;

  constructor(options: ReceiverOptions) {
    this.#options = options;
  }

  /** Opens the listener. Why it cannot be, undefined when it is open. */
  async open(): Promise<string | undefined> {
    this.#opening ??= this.#listen();
    return this.#opening.then(() => undefined, (error: unknown) => (error instanceof Error ? error.message : String(error)));
  }

  /**
   * Addresses for one storyboard. Opens the listener.
   * @throws Error when the port is taken
   */
  async inbox(mint: () => string): Promise<WebhookInbox> {
    this.#opening ??= this.#listen();
    const { port } = (await this.#opening).address() as AddressInfo;
    const inbox = new WebhookInbox(this.#options.publicUrl?.replace(/\/+$/, '') ?? `http://127.0.0.1:${port}`, mint);
    this.#inboxes.push(inbox);
    return inbox;
  }

  /** Ends once those that are being answered have their answer. */
  async close(): Promise<void> {
    const server = await this.#opening?.catch(() => undefined);
    if (server === undefined) return;
    const impatient = setTimeout(() => server.closeAllConnections(), FAREWELL_MS);
    await new Promise<void>((resolve) => { server.close(() => resolve()); });
    clearTimeout(impatient);
  }

  #listen(): Promise<Server> {
    const server = nodeHttp.createServer({ requestTimeout: BODY_TIMEOUT_MS }, (request, response) => this.#receive(request, response));
    server.maxConnections = MAX_CONNECTIONS;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#options.port, '127.0.0.1', () => {
        server.off('error', reject);
        server.unref();
        resolve(server);
      });
    });
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const [path = '', query] = (request.url ?? '').split('?');
    const token = query === undefined ? ADDRESS.exec(path)?.[1] : undefined;
    if (token === undefined) return answer(response, 404);
    if (request.method !== 'POST') return answer(response, 405, { allow: 'POST' });
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
      else if (!response.headersSent) {
        answer(response, 413, { connection: 'close' });
        response.on('finish', () => request.destroy());
      }
    });
    request.on('error', () => undefined);
    request.on('end', () => {
      if (!response.headersSent) this.#settle(token, path, request, response, Buffer.concat(chunks));
    });
  }

  #settle(token: string, path: string, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const inbox = this.#inboxes.find((each) => each.owns(token));
    if (inbox === undefined) return answer(response, 404);
    const payload = payloadOf(body);
    if (payload?.['type'] === CHALLENGE && typeof payload['challenge'] === 'string') return prove(response, payload['challenge']);
    const full = this.#taken >= MAX_DELIVERIES || this.#bytes + body.length > (this.#options.keptBytes ?? KEPT_BYTES);
    if (full) return answer(response, OVERFLOW, RETRY_SOON);
    this.#taken += 1;
    this.#bytes += body.length;
    const url = `${inbox.base}${path.slice(path.lastIndexOf('/step/'))}`;
    const status = inbox.take(token, {
      at_ms: this.#options.clock.now(), message: { method: 'POST', url, headers: headersOf(request), body },
      ...(payload !== undefined && { payload }),
    });
    answer(response, status, status === OVERFLOW ? RETRY_SOON : {});
  }
}

/** Shows a seller that asks for it that the address is ours. */
function prove(response: ServerResponse, challenge: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ challenge }));
}

function answer(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, headers).end();
}

/** Every value of every field: a field that came twice must not look as if it came once. */
function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(', ')]));
}
