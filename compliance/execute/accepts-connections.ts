import { connect } from 'node:net';
import type { Reach } from './reach.ts';

const TIMEOUT_MS = 1000;

/** Whether anybody takes connections where a URL leads to. Nothing is sent, so that no log of the seller tells of it. */
export function acceptsConnections(url: string, reach: Reach): Promise<boolean> {
  const route = reach.route(url);
  if (route.kind === 'barred') return Promise.resolve(false);
  const { hostname, port, protocol } = route.url;
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80), timeout: TIMEOUT_MS });
    const finish = (accepted: boolean): void => {
      socket.destroy();
      resolve(accepted);
    };
    socket.on('connect', () => finish(true)).on('error', () => finish(false)).on('timeout', () => finish(false));
  });
}
