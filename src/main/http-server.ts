/** The listener, with limits to what a client may cost before anything of it is known. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from '../config/limits.ts';

/** A header block, in bytes, and how many headers are kept of it. */
const [MOST_HEADER_BYTES, MOST_HEADERS] = [16 * 1024, 200];
/** How often connections are looked at for requests that take too long, in milliseconds. */
const LOOK_MS = 1_000;

/**
 * Requests must arrive within a time, whole as well as their headers; a connection on which nothing moves for long is closed, whether it waits for a
 * request or for its client to read; connections beyond the limit are closed as they come.
 * @param turnedAway told of requests that could not be read, with the HTTP status that they got
 */
export function httpServer({ connections, patience }: Limits, listener: RequestListener, turnedAway: (status: number) => void): Server {
  const ms = (seconds: number): number => seconds * 1000;
  const server = createServer({
    maxHeaderSize: MOST_HEADER_BYTES, connectionsCheckingInterval: LOOK_MS, headersTimeout: ms(patience.headers_seconds),
    requestTimeout: ms(Math.max(patience.headers_seconds, patience.request_seconds)), keepAliveTimeout: ms(patience.idle_seconds),
  }, listener);
  server.maxHeadersCount = MOST_HEADERS;
  server.maxConnections = connections;
  server.setTimeout(ms(Math.max(patience.stalled_seconds, patience.idle_seconds + 1)));
  return server.on('clientError', (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    const status = statusOf(error);
    turnedAway(status);
    // Behind another answer it could be taken for a part of that.
    if (socket.writable && socket.bytesWritten === 0) socket.write(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    socket.destroy();
  });
}

const REASONS = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' } as const;

function statusOf({ code }: NodeJS.ErrnoException): keyof typeof REASONS {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}
