/** Mixed traffic as bytes: made once, with keys and event ids written into them as they leave. */
import { randomBytes } from 'node:crypto';
import { toolCall } from '../seller/load.ts';

export interface Kind {
  readonly task: string;
  /** Of a hundred calls. */
  readonly share: number;
  readonly request: object;
}

/** Where a fresh value of 16 digits goes, every time the same in one request. */
export const FRESH = '0123456789abcdef';

export interface NextCall {
  readonly task: string;
  readonly bytes: Buffer;
  /** What stands in the place of `FRESH`. */
  readonly fresh: string;
}

/** @returns what makes the next call: kinds in an order in which each has its share of every hundred */
export function traffic(url: string, token: string, kinds: readonly Kind[]): () => NextCall {
  const templates = kinds.map((kind) => ({ ...kind, ...template(url, token, kind) }));
  const order = spread(templates);
  const run = randomBytes(4).toString('hex');
  let count = 0;
  return () => {
    const { task, bytes, places } = order[count % order.length]!;
    const fresh = run + (count += 1).toString(16).padStart(8, '0');
    if (places.length === 0) return { task, bytes, fresh };
    const copy = Buffer.from(bytes);
    for (const place of places) copy.write(fresh, place, 'latin1');
    return { task, bytes: copy, fresh };
  };
}

function template(url: string, token: string, { task, request }: Kind): { readonly bytes: Buffer; readonly places: readonly number[] } {
  const { host, pathname } = new URL(url);
  const body = toolCall(task, request);
  const bytes = Buffer.from([
    `POST ${pathname} HTTP/1.1`, `host: ${host}`, 'content-type: application/json', 'accept: application/json, text/event-stream', `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`, '', body,
  ].join('\r\n'));
  const places: number[] = [];
  for (let at = bytes.indexOf(FRESH); at >= 0; at = bytes.indexOf(FRESH, at + 1)) places.push(at);
  return { bytes, places };
}

/** A hundred calls, each kind as evenly among the others as its share lets it. */
function spread<Each extends { readonly share: number }>(kinds: readonly Each[]): Each[] {
  const slots = kinds.flatMap((kind) => Array.from({ length: kind.share }, (_, nth) => ({ kind, at: (nth + 0.5) / kind.share })));
  return slots.toSorted((one, other) => one.at - other.at).map(({ kind }) => kind);
}
