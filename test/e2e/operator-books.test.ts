import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toolCaller } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { startSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const JULY = { start: '2027-07-01T00:00:00Z', end: '2027-07-31T00:00:00Z' };

test('an operator reads what buyers report beside the running server, and has indexes counted anew when it is stopped', async () => {
  const data = mkdtempSync(join(tmpdir(), 'adwright-books-'));
  const seller = await startSeller({ data });
  const call = toolCaller(seller.url, seller.token);
  const run = (...args: readonly string[]) => adwright([...args, '--data', data]);
  expect((await run('reports', 'usage')).stdout).toBe('no usage was reported\n');
  const { document: bought } = await call('create_media_buy', {
    idempotency_key: randomUUID(), account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
  });
  const media_buy_id = bought['media_buy_id'] as string;
  const usage = (vendor_cost: number, more: object = {}) => call('report_usage', {
    idempotency_key: randomUUID(), reporting_period: JULY, usage: [{ account: ACCOUNT, media_buy_id, vendor_cost, currency: 'USD', ...more }],
  });
  await usage(70);
  await usage(80, { final: true, finalized_at: '2027-08-03T00:00:00Z' });
  await usage(81, { final: true, finalized_at: '2027-08-04T00:00:00Z' });
  await call('provide_performance_feedback', { idempotency_key: randomUUID(), media_buy_id, measurement_period: JULY, performance_index: 1.2 });
  expect((await run('reports', 'usage')).stdout).toMatch(new RegExp(`${media_buy_id}  2027-07-01 to 2027-07-31  81 USD +binds\\n.*80 USD +replaced\\n.*70 USD +preliminary`));
  expect((await run('reports', 'feedback', '--buy', media_buy_id)).stdout).toMatch(/overall_performance +1\.2 +buyer_attribution/);
  expect(JSON.parse((await run('reports', 'feedback', '--json')).stdout)).toMatchObject({ media_buy_id, performance_index: 1.2 });
  expect(await run('rebuild')).toMatchObject({ code: 1, stderr: expect.stringContaining('in use by another process') as string });
  await seller.close();
  expect(await run('rebuild')).toMatchObject({ code: 0, stdout: expect.stringMatching(/delivery +\d+ +0\n[^]*media_buys +1 +0\n$/) as string });
  rmSync(data, { recursive: true, force: true });
}, 60_000);
