/** A balancer as simple as can be: each request goes to the next server. What no server has begun to answer because it is gone goes to the next one. */
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RoundRobin {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** How many requests each server was given, in the order of the servers. */
  readonly given: readonly number[];
  /** In the place of one that has ended. */
  replace(at: number, origin: string): void;
  close(): Promise<void>;
}

/** @param origins of the servers */
export async function roundRobin(origins: readonly string[]): Promise<RoundRobin> {
  const servers = [...origins];
  const given = servers.map(() => 0);
  let turn = 0;
  const balancer = createServer((request, response) => {
    forward(request, response, servers.map(() => {
      const at = turn++ % servers.length;
      return { origin: servers[at]!, chosen: () => { given[at]! += 1; } };
    }));
    // The tries of one request are those of one turn.
    turn -= servers.length - 1;
  });
  await new Promise<void>((resolve) => { balancer.listen(0, '127.0.0.1', resolve); });
  return {
    origin: `http://127.0.0.1:${(balancer.address() as AddressInfo).port}`, given,
    replace: (at, origin) => { servers[at] = origin; },
    close: () => new Promise((resolve) => { balancer.close(() => resolve()); balancer.closeAllConnections(); }),
  };
}

interface Try {
  readonly origin: string;
  readonly chosen: () => void;
}

/** Nothing of a request has been sent when nobody takes the connection: only then may another server be given it. */
function forward(request: IncomingMessage, response: ServerResponse, [next, ...rest]: readonly Try[]): void {
  if (next === undefined) return void response.writeHead(502).end();
  const { port } = new URL(next.origin);
  const onward = send({ host: '127.0.0.1', port, method: request.method, path: request.url, headers: request.headers, agent: false }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  onward.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED' && !response.headersSent) forward(request, response, rest);
    else response.destroy();
  });
  onward.on('socket', (socket) => socket.once('connect', () => { next.chosen(); request.pipe(onward); }));
  response.on('close', () => onward.destroy());
}
