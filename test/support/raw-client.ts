/** A client that writes bytes of its own choice, at its own pace. */
import { connect, type Socket } from 'node:net';

export interface RawClient {
  readonly socket: Socket;
  /** Everything that has come. */
  readonly come: () => string;
  /** Resolves with it when the other side has closed. */
  readonly closed: Promise<string>;
  /** Resolves when so much of a kind has come. */
  until(pattern: RegExp, times?: number): Promise<string>;
}

export async function rawClient(url: string): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  let look = () => {};
  socket.on('data', (chunk: Buffer) => { text += chunk.toString(); look(); });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => { socket.on('close', () => resolve(text)); });
  await new Promise<void>((resolve) => { socket.once('connect', resolve); });
  return {
    socket, closed, come: () => text,
    until: (pattern, times = 1) => new Promise((resolve) => {
      look = () => { if ((text.match(new RegExp(pattern, 'g')) ?? []).length >= times) resolve(text); };
      look();
    }),
  };
}

/** The bytes of one call over MCP. */
export function rawCall(token: string, task: string, request: object = {}, id = 1): string {
  const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: task, arguments: request } });
  return `POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json, text/event-stream\r\nauthorization: Bearer ${token}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
