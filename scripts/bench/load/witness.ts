/** A platform and a receiver of webhooks that fail in turns, and remember what they took. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the platform is just now. */
export type Mood = 'well' | 'silent' | 'unavailable';

export interface Witness {
  readonly origin: string;
  /** Buys and events that the platform has said yes to, each with how many different calls brought it. */
  readonly buys: ReadonlyMap<string, number>;
  readonly events: ReadonlyMap<string, number>;
  /** `operation_id`s of webhooks that were taken. */
  readonly operations: ReadonlySet<string>;
  /** Calls and webhooks that came again after they had been taken. */
  readonly repeated: number;
  /** Calls that got no answer, and that got 503. */
  readonly failures: { silent: number; unavailable: number };
  close(): void;
}

/** One webhook in so many is slow, and how slow. */
const [SLOW_ONE_IN, SLOW_MS] = [10, 3_000];

interface Body {
  readonly media_buy_id?: string;
  readonly events?: readonly { readonly event_id: string }[];
  readonly operation_id?: string;
  readonly idempotency_key?: string;
}

export async function witness(mood: () => Mood): Promise<Witness> {
  const [buys, events] = [new Map<string, number>(), new Map<string, number>()];
  const [taken, operations] = [new Set<string>(), new Set<string>()];
  const failures = { silent: 0, unavailable: 0 };
  let [repeated, webhooks] = [0, 0];
  const once = (key: string): boolean => {
    if (taken.has(key)) repeated += 1;
    return taken.size < taken.add(key).size;
  };
  const count = (map: Map<string, number>, id: string): void => void map.set(id, (map.get(id) ?? 0) + 1);
  /** It counts as taken when the answer has left. */
  const yes = (response: ServerResponse, then: () => void): void => { response.writeHead(200, { 'content-type': 'application/json' }).end('{}', then); };

  const webhook = (body: Body, response: ServerResponse): void => {
    const take = (): void => yes(response, () => {
      once(`webhook ${body.idempotency_key}`);
      operations.add(body.operation_id ?? '');
    });
    if ((webhooks += 1) % SLOW_ONE_IN === 0) setTimeout(take, SLOW_MS);
    else take();
  };
  const call = (body: Body, key: string, response: ServerResponse): void => {
    const now = mood();
    if (now !== 'well') failures[now] += 1;
    if (now === 'silent') return;
    if (now === 'unavailable') return void response.writeHead(503).end();
    yes(response, () => {
      if (!once(key)) return;
      if (body.media_buy_id !== undefined && body.events === undefined) count(buys, body.media_buy_id);
      for (const { event_id } of body.events ?? []) count(events, event_id);
    });
  };
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Body;
      if (request.url!.startsWith('/hooks')) webhook(body, response);
      else call(body, String(request.headers['idempotency-key']), response);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, buys, events, operations, failures,
    get repeated() { return repeated; },
    close() { server.close(); server.closeAllConnections(); },
  };
}
