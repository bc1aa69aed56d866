/** The agent that answers at once, as its parent sees it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Instant {
  readonly url: string;
  /** When the next first request came, as time of day in milliseconds. Ask before it comes. */
  nextFirstRequest(): Promise<number>;
  /** Milliseconds that one call takes without any judge. */
  roundTrip(calls: number): Promise<number>;
  close(): void;
}

export async function startInstant(): Promise<Instant> {
  const child = fork(join(import.meta.dirname, 'instant-agent.ts'));
  const [{ url }] = (await once(child, 'message')) as [{ url: string }];
  const call = async (id: number) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'get_products', arguments: {} } });
    await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).json();
  };
  return {
    url,
    async nextFirstRequest() {
      child.send('again');
      const [message] = (await once(child, 'message')) as [{ first_request_ms: number }];
      return message.first_request_ms;
    },
    async roundTrip(calls) {
      for (let id = 0; id < calls / 10; id += 1) await call(id);
      const from = performance.now();
      for (let id = 0; id < calls; id += 1) await call(id);
      return (performance.now() - from) / calls;
    },
    close: () => child.disconnect(),
  };
}
