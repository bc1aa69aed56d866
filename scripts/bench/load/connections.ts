/** Connections that stay open, each with one call at a time. They cost little, so that the client is not what is measured. */
import { connect, type Socket } from 'node:net';

export interface Answer {
  /** HTTP; 0 when the connection broke. */
  readonly status: number;
  readonly body: Buffer;
}

export interface Connection {
  /** Sends the bytes of one request; there must be none under way. */
  send(request: Buffer, answered: (answer: Answer) => void): void;
  close(): void;
}

const HEADERS_END = Buffer.from('\r\n\r\n');
const NOTHING: Buffer = Buffer.alloc(0);

/** @param url of the server; a connection that breaks is opened anew */
export async function connections(url: string, count: number): Promise<Connection[]> {
  const opened: Connection[] = [];
  // A few at a time: what waits to be accepted has a limit.
  while (opened.length < count) opened.push(...await Promise.all(Array.from({ length: Math.min(50, count - opened.length) }, () => connection(new URL(url)))));
  return opened;
}

async function connection({ hostname, port }: URL): Promise<Connection> {
  let come: Buffer = NOTHING;
  let whole = -1;
  let told: ((answer: Answer) => void) | undefined;
  let closed = false;
  const settle = (answer: Answer): void => {
    const tell = told;
    [come, whole, told] = [NOTHING, -1, undefined];
    tell?.(answer);
  };
  const open = (): Socket => connect({ host: hostname, port: Number(port), noDelay: true }).on('data', (chunk: Buffer) => {
    come = come.length === 0 ? chunk : Buffer.concat([come, chunk]);
    if (whole < 0) whole = wholeLength(come);
    if (whole >= 0 && come.length >= whole) settle({ status: Number(come.toString('latin1', 9, 12)), body: come.subarray(come.indexOf(HEADERS_END) + 4) });
  }).on('error', () => {}).on('close', () => {
    settle({ status: 0, body: NOTHING });
    if (!closed) socket = open();
  });
  let socket = open();
  await new Promise((resolve, reject) => { socket.once('connect', resolve).once('error', reject); });
  return {
    send(request, answered) { told = answered; socket.write(request); },
    close() { closed = true; socket.destroy(); },
  };
}

/** Of an answer with a content-length; -1 as long as its headers are not there. */
function wholeLength(come: Buffer): number {
  const end = come.indexOf(HEADERS_END);
  return end < 0 ? -1 : end + 4 + Number(/content-length: (\d+)/i.exec(come.toString('latin1', 0, end))?.[1] ?? 0);
}
