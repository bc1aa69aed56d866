import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { webhookReceiver, type Receiver } from '../support/receiver.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const data = mkdtempSync(join(tmpdir(), 'adwright-operator-'));

let seller: TestSeller;
let receiver: Receiver;
let call: Tool;
beforeAll(async () => {
  receiver = await webhookReceiver();
  seller = await startSeller({ data, config: { review: { buys: 'all', approve_after_seconds: 3_600 } } });
  call = toolCaller(seller.url, seller.token);
});
afterAll(async () => {
  await seller.close();
  await receiver.close();
  rmSync(data, { recursive: true, force: true });
});
const run = (...args: readonly string[]) => adwright([...args, '--data', data]);

async function order(path: string) {
  const { document } = await call('create_media_buy', {
    idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
    push_notification_config: { url: `${receiver.origin}${path}`, token: 'a-token-of-the-buyer' },
  });
  return document['task_id'] as string;
}

test('an operator beside the running server sees what waits, and confirms or turns it down', async () => {
  const [first, second] = [await order('/a'), await order('/b')];
  const waiting = await run('tasks', 'list');
  expect(waiting.stdout).toMatch(new RegExp(`${second}.*create_media_buy.*submitted.*trailandtent[^]*${first}`));
  expect(await run('tasks', 'approve', first)).toMatchObject({ code: 0, stdout: `task ${first} is approved; a running server settles it at once, one that is not running when it starts\n` });
  expect(await run('tasks', 'reject', second, '--reason', 'The week is sold out.')).toMatchObject({ code: 0 });
  const posted = await receiver.arrived(2);
  expect(posted.map(({ body }) => [body['task_id'], body['status']]).toSorted()).toEqual([[first, 'completed'], [second, 'rejected']].toSorted());
  expect((await run('tasks', 'list')).stdout).toBe('nothing waits\n');
  expect((await run('tasks', 'list', '--all')).stdout).toContain(`${second}  create_media_buy  rejected`);
}, 30_000);

test('reads the log of webhooks, and sends one again: the same bytes, signed anew', async () => {
  const [line] = (await run('webhooks', 'list', '--json', '--limit', '1')).stdout.trim().split('\n');
  const { webhook: { webhook_id } } = JSON.parse(line!) as { webhook: { webhook_id: string } };
  expect((await run('webhooks', 'list', '--status', 'delivered')).stdout).toMatch(new RegExp(`WEBHOOK.*\n${webhook_id}.*task.*delivered +1 +204 +http`));
  const shown = await run('webhooks', 'show', webhook_id);
  expect(shown.stdout).toContain('its signature (RFC 9421)');
  expect(shown.stdout).toMatch(/1\. \S+Z {2}204/);
  expect(shown.stdout).not.toContain('a-token-of-the-buyer');

  const before = receiver.deliveries.find(({ body }) => body['idempotency_key'] === webhook_id)!;
  expect(await run('webhooks', 'replay', webhook_id)).toMatchObject({ code: 0 });
  const again = (await receiver.arrived(3))[2]!;
  expect(again.text).toBe(before.text);
  expect(again.headers['signature-input']).not.toBe(before.headers['signature-input']);
  await expect.poll(async () => (await run('webhooks', 'show', webhook_id)).stdout, { timeout: 5_000 }).toMatch(/2\. \S+Z {2}204/);
}, 30_000);

test.each([
  [['webhooks', 'show', 'whk_none'], 1, 'there is no webhook "whk_none"'],
  [['webhooks', 'replay', 'whk_none'], 1, 'there is no webhook "whk_none"'],
  [['webhooks', 'list', '--limit', 'all'], 1, '--limit: "all" is not a number from 1 to 10000'],
  [['webhooks', 'list', '--status', 'lost'], 2, 'Allowed choices are pending, delivered, failed'],
  [['tasks', 'approve', 'task_none'], 1, 'no task "task_none" waits'],
  [['tasks', 'reject', 'task_none'], 2, "required option '--reason <text>' not specified"],
])('%j is refused with a sentence', async (args, code, words) => {
  const refused = await run(...args);
  expect([refused.code, refused.stderr]).toEqual([code, expect.stringContaining(words)]);
});

test('a folder without a store is named', async () => {
  const refused = await adwright(['tasks', 'list', '--data', join(data, 'nothing')]);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no store at') });
});
