import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

export type ReadJson =
  /** `bytes`: the body as it came, which signatures are over. */
  | { readonly kind: 'json'; readonly value: unknown; readonly bytes: Buffer }
  | { readonly kind: 'too_large' }
  | { readonly kind: 'no_json' }
  | { readonly kind: 'unknown_encoding' }
  /** The caller went away in the middle. */
  | { readonly kind: 'broken_off' };

type Decode = (body: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const DECODERS: Readonly<Record<string, Decode>> = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate), br: promisify(brotliDecompress) };

/**
 * Reads a body, and parses it as JSON in UTF-8; no body at all is `undefined`.
 * @param limit bytes, as sent and as decoded; more is not kept
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<ReadJson> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (decode === undefined && encoding !== 'identity') return { kind: 'unknown_encoding' };
  const body = await readBody(request, limit);
  if (!Buffer.isBuffer(body)) return body;
  return decode && body.length > 0 ? decoded(body, decode, limit) : parsed(body, body);
}

function readBody(request: IncomingMessage, limit: number): Promise<Buffer | ReadJson> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve({ kind: 'too_large' });
  if (request.destroyed) return Promise.resolve({ kind: 'broken_off' });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) return void chunks.push(chunk);
      request.removeAllListeners('data').resume();
      resolve({ kind: 'too_large' });
    });
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on('error', () => resolve({ kind: 'broken_off' }));
    request.on('close', () => resolve({ kind: 'broken_off' }));
  });
}

async function decoded(body: Buffer, decode: Decode, limit: number): Promise<ReadJson> {
  try {
    return parsed(await decode(body, { maxOutputLength: limit }), body);
  } catch (error) {
    return { kind: (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'no_json' };
  }
}

function parsed(body: Buffer, bytes: Buffer): ReadJson {
  if (body.length === 0) return { kind: 'json', value: undefined, bytes };
  try {
    return { kind: 'json', value: JSON.parse(body.toString()), bytes };
  } catch {
    return { kind: 'no_json' };
  }
}
