import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolCaller } from '../support/mcp-call.ts';
import { spawnSeller } from '../support/process.ts';
import { webhookReceiver } from '../support/receiver.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };

test('an event that was not taken before SIGKILL is sent after a restart: the same bytes, under a signature of the same key', async () => {
  const data = mkdtempSync(join(tmpdir(), 'adwright-webhook-kill-'));
  const receiver = await webhookReceiver();
  receiver.answers.push(503);
  try {
    const first = await spawnSeller(data);
    const order = {
      idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
      packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 5000 }], push_notification_config: { url: `${receiver.origin}/hooks`, operation_id: 'op-1' },
    };
    const { document } = await toolCaller(first.url, first.token)('create_media_buy', order);
    const [before] = await receiver.arrived(1);
    await first.end('SIGKILL');

    const second = await spawnSeller(data);
    const after = (await receiver.arrived(2))[1]!;
    expect(after.text).toBe(before!.text);
    expect(after.body).toMatchObject({ operation_id: 'op-1', result: { media_buy_id: document['media_buy_id'] } });
    const keyOf = (input: unknown) => /keyid="([^"]+)"/.exec(String(input))?.[1];
    expect(keyOf(after.headers['signature-input'])).toBe(keyOf(before!.headers['signature-input']));
    await second.end('SIGTERM');
    expect(receiver.deliveries).toHaveLength(2);
  } finally {
    await receiver.close();
    rmSync(data, { recursive: true, force: true });
  }
}, 60_000);
