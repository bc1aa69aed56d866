import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { runOfSite } from '../support/operator.ts';
import { adwright, spawnSeller } from '../support/process.ts';
import { toolCaller } from '../support/mcp-call.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const configured = (name: string, text: string): string => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe('adwright serve', () => {
  test('says where it listens, which token to use and what to try, serves, and stops cleanly at Ctrl-C', async () => {
    const seller = await spawnSeller(join(folder, 'fine'));
    expect(seller.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect((await toolCaller(seller.url, seller.token)('list_accounts', {})).isError).toBe(false);
    expect(await seller.end('SIGINT')).toEqual({ code: 0, signal: null });
  });

  test('refuses a data folder that another server uses', async () => {
    const data = join(folder, 'shared');
    const seller = await spawnSeller(data);
    const second = await adwright(['serve', '--sandbox', '--data', data, '--port', '0']);
    expect([second.code, second.stderr]).toEqual([1, `adwright: ${join(data, 'adwright.sqlite')} is in use by another process; stop it, or choose another data folder\n`]);
    await seller.end('SIGTERM');
  });

  test('refuses a taken port in one line', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => { holder.listen(0, '127.0.0.1', resolve); });
    const { port } = holder.address() as AddressInfo;
    const { code, stderr } = await adwright(['serve', '--sandbox', '--data', join(folder, 'port')], { PORT: String(port) });
    holder.close();
    expect([code, stderr]).toEqual([1, `adwright: port ${port} is taken; choose another with --port or PORT, or stop what listens there\n`]);
  });

  test.each([
    [['--config', join(folder, 'none.yaml')], `${join(folder, 'none.yaml')}: cannot be read (ENOENT)`],
    [['--config', configured('key.yaml', 'sandbox: true\nfeatures:\n  audiences: false\n')], `${join(folder, 'key.yaml')}:3:3: unknown key "audiences" in features`],
    [['--config', configured('syntax.yaml', 'host: "a\n')], `${join(folder, 'syntax.yaml')}:2:1: Missing closing "quote`],
    [['--host', '0.0.0.0'], 'the sandbox has keys that everybody knows, and other machines may reach 0.0.0.0: listen on 127.0.0.1, or say --expose-sandbox'],
    [['--host', 'nowhere.invalid', '--expose-sandbox'], 'nowhere.invalid is no host that this machine knows; choose another with --host'],
    [['--data', configured('a-file', '')], `the data folder cannot be written (EEXIST: file already exists, mkdir '${join(folder, 'a-file')}'); choose another with --data`],
    [['--port', 'http'], '--port: "http" is not a port from 0 to 65535'],
    [['--training-agent', join(folder, 'none.ts')], `no training agent at ${join(folder, 'none.ts')}`],
  ])('refuses %j in one line', async (args, message) => {
    const { code, stdout, stderr } = await adwright(['serve', '--sandbox', '--data', join(folder, 'bad'), ...args], { PORT: '0' });
    expect([code, stdout, stderr]).toEqual([1, '', `adwright: ${message}\n`]);
  });

  test('without --sandbox it asks for a catalogue and for principals instead of serving a toy', async () => {
    const bare = await adwright(['serve', '--data', join(folder, 'live')]);
    expect([bare.code, bare.stderr]).toEqual([1, 'adwright: without --sandbox a catalogue is needed: set "catalogue" to files with your products, or bring them in with "adwright catalogue import"\n']);
  });
});

describe('adwright serve without the sandbox', () => {
  const settings = (catalogue: string) => configured('live.yaml', `catalogue: ${catalogue}\nprincipals:\n${['one', 'two'].map((name) =>
    `  - {principal_id: ${name}, key_sha256: ${createHash('sha256').update(`key-of-${name}`).digest('hex')}}`).join('\n')}\n`);

  test('sells the operator\'s products to the holders of its keys, and has no demo credentials and no test controller', async () => {
    const config = settings(configured('products.yaml', `products:${runOfSite('https://seller.example/mcp')}\n`));
    const seller = await spawnSeller(join(folder, 'live-data'), ['--no-sandbox', '--config', config]);
    const [one, two, demo] = ['key-of-one', 'key-of-two', 'demo-acme-outdoor-v1'].map((key) => toolCaller(seller.url, key));
    expect((await demo!('list_accounts', {})).http).toBe(401);
    expect((await one!('comply_test_controller', { scenario: 'list_scenarios' })).rpcError?.code).toBe(-32602);
    const entry = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', billing: 'operator' };
    const account = { brand: entry.brand, operator: entry.operator };
    const buy = { account, brand: entry.brand, start_time: 'asap', end_time: '2099-01-01T00:00:00Z', packages: [{ product_id: 'run_of_site', pricing_option_id: 'auction', budget: 100 }] };
    expect((await one!('create_media_buy', { idempotency_key: 'before-the-account', ...buy })).document['adcp_error']).toMatchObject({ code: 'ACCOUNT_NOT_FOUND', field: 'account' });
    await one!('sync_accounts', { idempotency_key: 'makes-the-account', accounts: [entry] });
    const { document } = await one!('create_media_buy', { idempotency_key: 'after-the-account', ...buy });
    expect(document).toMatchObject({ media_buy_status: 'pending_creatives', packages: [{ product_id: 'run_of_site' }] });
    expect((await one!('get_media_buys', {})).document['media_buys']).toHaveLength(1);
    expect((await two!('get_media_buys', {})).document['media_buys']).toEqual([]);
    expect((await two!('get_media_buys', { account })).document['adcp_error']).toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
    await seller.end('SIGTERM');
  });

  test('names file, line and column of a product that is none', async () => {
    const catalogue = configured('broken.yaml', `products:${runOfSite('no url')}\n`);
    const { code, stderr } = await adwright(['serve', '--data', join(folder, 'live'), '--config', settings(catalogue)], { PORT: '0' });
    expect([code, stderr]).toEqual([1, `adwright: ${catalogue}:8:30: products[0].format_ids[0].agent_url must be an absolute URL\n`]);
  });

  test('sells what the files hold now, and what they held before while they are broken', async () => {
    const catalogue = configured('changing.yaml', `products:${runOfSite('https://seller.example/mcp')}\n`);
    const seller = await spawnSeller(join(folder, 'changing-data'), ['--no-sandbox', '--config', settings(catalogue)]);
    const call = toolCaller(seller.url, 'key-of-one');
    const ids = async () => ((await call('get_products', { buying_mode: 'wholesale' })).document['products'] as { product_id: string }[]).map(({ product_id }) => product_id);
    expect(await ids()).toEqual(['run_of_site']);
    writeFileSync(catalogue, `products:${runOfSite('https://seller.example/mcp')}${runOfSite('https://seller.example/mcp').replace('run_of_site', 'front_page')}\n`);
    await vi.waitFor(async () => expect(await ids()).toEqual(['run_of_site', 'front_page']), { timeout: 10_000, interval: 200 });
    writeFileSync(catalogue, 'products: [\n');
    await new Promise((resolve) => { setTimeout(resolve, 3_000); });
    expect(await ids()).toEqual(['run_of_site', 'front_page']);
    await seller.end('SIGTERM');
  }, 60_000);

  test('sells what was imported when the configuration names no files', async () => {
    const data = join(folder, 'imported-data');
    const inventory = configured('imported.yaml', `products:${runOfSite('https://seller.example/mcp')}\n`);
    expect((await adwright(['catalogue', 'import', inventory, '--data', data])).stdout).toBe(`imported 1 product, 0 formats and 0 signals into ${data}\n`);
    const seller = await spawnSeller(data, ['--no-sandbox', '--config', configured('bare.yaml', readFileSync(settings('x'), 'utf8').replace('catalogue: x\n', ''))]);
    expect((await toolCaller(seller.url, 'key-of-one')('get_products', { brief: 'display' })).document).toMatchObject({ products: [{ product_id: 'run_of_site' }] });
    const busy = await adwright(['catalogue', 'import', inventory, '--data', data]);
    expect([busy.code, busy.stderr]).toEqual([1, `adwright: ${join(data, 'adwright.sqlite')} is in use by another process; stop it, or choose another data folder\n`]);
    await seller.end('SIGTERM');
  }, 60_000);

  test('refuses a product that stands twice instead of selling one of them', async () => {
    const catalogue = configured('twice.yaml', `products:${runOfSite('https://seller.example/mcp').repeat(2)}\n`);
    const { code, stderr } = await adwright(['serve', '--data', join(folder, 'live'), '--config', settings(catalogue)], { PORT: '0' });
    expect([code, stderr]).toEqual([1, `adwright: ${catalogue}:11:5: product products[1] stands twice; it is first at ${catalogue}:2:5\n`]);
  });
});

describe('adwright', () => {
  test.each([[['--help'], 0], [['serve', '--help'], 0], [['config', '--help'], 0], [['storyboard', '--help'], 0], [['sell'], 2], [['serve', '--sandbx'], 2]])('%j exits with %i', async (args, code) => {
    expect((await adwright(args)).code).toBe(code);
  });

  test('is quiet when nobody reads what it prints', async () => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'scripts', 'adwright.mjs'), '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
    expect([await new Promise((resolve) => { child.on('close', resolve); }), stderr]).toEqual([0, '']);
  });

  test('a switched-off feature disappears from the capabilities, and its members and tasks are refused', async () => {
    const config = configured('off.yaml', 'features:\n  conversion_tracking: false\n  frequency_capping: false\n  audience_targeting: false\n');
    const seller = await spawnSeller(join(folder, 'off'), ['--config', config]);
    const call = toolCaller(seller.url, seller.token);
    const { media_buy } = (await call('get_adcp_capabilities', {})).document as { media_buy: Record<string, unknown> };
    expect(['conversion_tracking', 'frequency_capping', 'audience_targeting'].filter((bit) => bit in media_buy)).toEqual([]);
    expect((await call('log_event', {})).rpcError?.code).toBe(-32602);
    const buy = (more: object) => call('create_media_buy', {
      idempotency_key: 'switched-off-feature', account: { brand: { domain: 'trailandtent.example' }, operator: 'a.example', sandbox: true }, brand: { domain: 'trailandtent.example' },
      start_time: 'asap', end_time: '2099-01-01T00:00:00Z', packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000, ...more }],
    });
    const refused = async (more: object) => (await buy(more)).document['adcp_error'];
    expect(await refused({ optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 's', event_type: 'purchase' }] }] })).toMatchObject({ code: 'UNSUPPORTED_FEATURE', field: 'packages[0].optimization_goals[0].kind' });
    expect(await refused({ targeting_overlay: { audience_include: ['a'] } })).toMatchObject({ code: 'UNSUPPORTED_FEATURE', field: 'packages[0].targeting_overlay.audience_include' });
    expect(await refused({ targeting_overlay: { frequency_cap: { max_impressions: 3, per: 'individuals', window: { interval: 1, unit: 'days' } } } })).toMatchObject({ code: 'UNSUPPORTED_FEATURE', field: 'packages[0].targeting_overlay.frequency_cap' });
    expect((await buy({})).isError).toBe(false);
    await seller.end('SIGTERM');
  });
});
