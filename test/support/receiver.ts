/** A receiver of webhooks on loopback that remembers what came, and answers as it is told. */
import type { IncomingHttpHeaders } from 'node:http';
import { verifySignature, type Verdict } from '../../src/protocol/signatures/verify.ts';
import type { PublicJwk } from '../../src/protocol/signatures/keys.ts';
import { WEBHOOK_PROFILE } from '../../src/protocol/signatures/profile.ts';
import { listening } from './listening.ts';

export interface Delivered {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

export interface Receiver {
  readonly origin: string;
  readonly deliveries: readonly Delivered[];
  /** Statuses of the next answers, in turn; then 204. */
  readonly answers: number[];
  /** Headers of every answer. */
  readonly headers: Record<string, string>;
  /** What an answer says; absent: nothing. */
  say?: (received: Record<string, unknown>) => string;
  /** Resolves when that many have come. @throws Error when they have not within ten seconds */
  arrived(count: number): Promise<readonly Delivered[]>;
  close(): Promise<void>;
}

export async function webhookReceiver(): Promise<Receiver> {
  const deliveries: Delivered[] = [];
  let waiting: (() => void)[] = [];
  const answers: number[] = [];
  const headers: Record<string, string> = {};
  const receiver: Omit<Receiver, 'origin' | 'close'> = {
    deliveries, answers, headers,
    async arrived(count) {
      const deadline = Date.now() + 10_000;
      while (deliveries.length < count) {
        if (Date.now() > deadline) throw new Error(`${deliveries.length} of ${count} webhooks have come`);
        await new Promise<void>((resolve) => { waiting.push(resolve); setTimeout(resolve, 50); });
      }
      return deliveries;
    },
  };
  const server = await listening((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; }).on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      deliveries.push({ url: `http://${request.headers.host}${request.url}`, headers: request.headers, text, body });
      response.writeHead(answers.shift() ?? (receiver.say ? 200 : 204), headers).end(receiver.say?.(body));
      for (const resolve of waiting.splice(0)) resolve();
      waiting = [];
    });
  });
  return Object.assign(receiver, { origin: server.origin, close: server.close });
}

/** What a buyer who checks signatures makes of a delivery. */
export function signatureOf({ url, headers, text }: Delivered, keys: readonly PublicJwk[], now: Date): Verdict {
  return verifySignature(
    { method: 'POST', url, headers: headers as Record<string, string>, body: text }, WEBHOOK_PROFILE,
    { keys, now, nonces: { seen: () => false, full: () => false, remember: () => {} } },
  );
}
