/** Keeps a number of connections busy with calls for a while, and counts the answers. */
import { Pool, type Dispatcher } from 'undici';
import type { Settings } from './settings.ts';

export interface Target {
  /** The MCP URL. */
  readonly url: string;
  /** Processor time of the server so far, in seconds. */
  readonly processorSeconds: () => number;
  readonly token?: string;
}

export interface Load {
  readonly connections: number;
  /** For how long new calls are begun, in milliseconds. */
  readonly milliseconds: number;
  readonly clock: Settings['clock'];
  /** The body of the next call. */
  readonly next: () => string;
}

export interface Measured {
  /** Answers per second. */
  readonly rate: number;
  readonly answers: number;
  /** Bytes of the last answer. */
  readonly bytes: number;
}

/** A JSON-RPC message that calls a tool. */
export const toolCall = (name: string, request: object): string => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: request } });

/**
 * @throws Error at the first answer that is no success: a server that refuses quickly is not quick
 */
export async function measure(target: Target, load: Load): Promise<Measured> {
  const { origin, pathname } = new URL(target.url);
  const pool = new Pool(origin, { connections: load.connections, pipelining: 1 });
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...(target.token ? { authorization: `Bearer ${target.token}` } : {}) };
  let answers = 0;
  let bytes = 0;
  const started = performance.now();
  const processor = target.processorSeconds();
  const until = started + load.milliseconds;
  const busy = async () => {
    while (performance.now() < until) {
      bytes = await post(pool, { path: pathname, method: 'POST', headers, body: load.next() });
      answers += 1;
    }
  };
  await Promise.all(Array.from({ length: load.connections }, busy));
  const seconds = load.clock === 'processor' ? target.processorSeconds() - processor : (performance.now() - started) / 1000;
  await pool.close();
  return { rate: answers / seconds, answers, bytes };
}

function post(pool: Pool, request: Dispatcher.DispatchOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    let status = 0;
    const chunks: Buffer[] = [];
    pool.dispatch(request, {
      onRequestStart() {},
      onResponseStart(_controller, statusCode) { status = statusCode; },
      onResponseData(_controller, chunk) { chunks.push(chunk); },
      onResponseEnd() {
        const fault = status === 200 ? chunks.find((chunk) => chunk.includes(FAILED)) : Buffer.concat(chunks);
        if (fault) reject(new Error(`HTTP ${status}: ${fault.toString().slice(0, 1000)}`));
        else resolve(chunks.reduce((sum, { length }) => sum + length, 0));
      },
      onResponseError(_controller, error) { reject(error); },
    });
  });
}

const FAILED = Buffer.from('"isError":true');
