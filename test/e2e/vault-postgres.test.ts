import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { toolCaller } from '../support/mcp-call.ts';
import { hasPostgres, testCluster } from '../support/postgres.ts';
import { adwright } from '../support/process.ts';
import { webhookReceiver } from '../support/receiver.ts';
import { startSeller } from '../support/seller.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };

/** Every row of every table, as text. */
async function everythingIn(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ table_name: string }>(`SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`);
    const tables: string[] = [];
    for (const { table_name } of rows) tables.push((await client.query<{ all: string | null }>(`SELECT string_agg(t::text, E'\\n') AS all FROM "${table_name}" t`)).rows[0]!.all ?? '');
    return tables.join('\n');
  } finally {
    await client.end();
  }
}

describe.runIf(hasPostgres('that secrets in PostgreSQL are sealed anew'))('the vault key of a seller on PostgreSQL', () => {
  test('is changed while no server uses the database; what waits is told to its buyer with the same secret', async () => {
    const url = await (await testCluster()).freshDatabase();
    const data = mkdtempSync(join(tmpdir(), 'adwright-vault-'));
    const receiver = await webhookReceiver();
    const config = { database_url: url, review: { buys: 'all', approve_after_seconds: 86_400 } } as const;
    const rotate = () => adwright(['vault', 'rotate', '--data', data], { DATABASE_URL: url });
    let seller = await startSeller({ data, config });
    const { document } = await toolCaller(seller.url, seller.token)('create_media_buy', {
      idempotency_key: 'vault-0123456789abcdef', account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
      packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
      push_notification_config: { url: `${receiver.origin}/buys`, token: 'planted-token-0123456789' },
    });
    const kept = readFileSync(join(data, 'vault.key'), 'utf8');
    expect(await rotate()).toMatchObject({ code: 1, stderr: expect.stringContaining('1 server uses the database; stop them first') });
    expect(readFileSync(join(data, 'vault.key'), 'utf8')).toBe(kept);
    await seller.close();

    const told = await rotate();
    expect(told).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^[1-9]\d* secrets in [1-9]\d* rows are sealed under the key [0-9a-f]{12} now\n/) });
    const [, earlier] = /earlier keys \(([0-9a-f]{12})\)/.exec(told.stdout)!;
    const rows = await everythingIn(url);
    expect([rows.includes(`v2.${earlier}.`), rows.includes('planted-token'), rows.includes('vault.rotate')]).toEqual([false, false, true]);
    expect((await adwright(['audit', 'verify', '--data', data], { DATABASE_URL: url })).code).toBe(0);

    seller = await startSeller({ data, config });
    await adwright(['tasks', 'approve', String(document['task_id']), '--data', data], { DATABASE_URL: url });
    const [delivered] = await receiver.arrived(1);
    expect([delivered!.body['status'], delivered!.body['token']]).toEqual(['completed', 'planted-token-0123456789']);
    await seller.close();
    await receiver.close();
    rmSync(data, { recursive: true, force: true });
  }, 60_000);
});
