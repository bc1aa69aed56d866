/** Secrets that buyers and operators hand over are nowhere in clear: not in the store, its log, what is printed, answered, reported or measured. And the key that seals them can be changed. */
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { adwright, spawnSeller, type SellerProcess } from '../support/process.ts';
import { webhookReceiver, type Receiver } from '../support/receiver.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-secrets-'));
const data = join(folder, 'data');
const METRICS = 19_464;
const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };

/** One of each kind, found again wherever it is. */
const PLANTED = {
  webhook: 'planted-webhook-secret-0123456789abcdef', token: 'planted-webhook-token-0123456789abcdef', reports: 'planted-reports-secret-0123456789abcdef',
  subscriber: 'planted-subscriber-secret-0123456789ab', governance: 'planted-governance-secret-0123456789ab', iban: 'DE89370400440532013000', feed: 'planted-feed-secret-0123456789abcdef',
  list: 'planted-list-token-0123456789abcdef', wrong_key: 'planted-wrong-api-key-0123456789abcdef', upstream: 'planted-malformed-secret-0123456789ab',
} as const;

let receiver: Receiver;
let seller: SellerProcess;
const printed: string[] = [];
const answered: string[] = [];
const start = async (): Promise<SellerProcess> => {
  const started = await spawnSeller(data, ['--config', join(folder, 'config.yaml')]);
  for (const stream of [started.child.stdout!, started.child.stderr!]) stream.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
  return started;
};

let keys = 0;
const asking = (tool: Tool) => async (task: string, request: Record<string, unknown>) => {
  const answer = await tool(task, { idempotency_key: `secret-${(keys += 1)}-0123456789abcdef`, ...request });
  answered.push(JSON.stringify(answer));
  return answer.document;
};
const legacy = (credentials: string) => ({ schemes: ['HMAC-SHA256'], credentials });

/** Hands over every secret there is, in calls that work and in calls that are refused. */
async function day(ask: ReturnType<typeof asking>): Promise<void> {
  await ask('sync_accounts', { accounts: [{
    ...ACCOUNT, billing: 'operator', billing_entity: { legal_name: 'Trail & Tent GmbH', bank: { account_holder: 'Trail & Tent GmbH', iban: PLANTED.iban, bic: 'COBADEFFXXX' } },
    notification_configs: [{ subscriber_id: 'crm', url: `${receiver.origin}/crm`, event_types: ['creative.status_changed'], active: false, authentication: legacy(PLANTED.subscriber) }],
  }] });
  await ask('sync_governance', { accounts: [{ account: ACCOUNT, governance_agents: [{ url: 'https://governance.example', authentication: { schemes: ['Bearer'], credentials: PLANTED.governance } }] }] });
  const order = {
    account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z', packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }],
    push_notification_config: { url: `${receiver.origin}/buys`, token: PLANTED.token, authentication: legacy(PLANTED.webhook) },
    reporting_webhook: { url: `${receiver.origin}/reports`, reporting_frequency: 'daily', authentication: legacy(PLANTED.reports) },
  };
  await ask('create_media_buy', order);
  await ask('create_media_buy', { ...order, packages: [{ ...order.packages[0], targeting_overlay: { property_list: { agent_url: 'https://lists.example', list_id: 'l1', auth_token: PLANTED.list } } }] });
  await ask('sync_catalogs', { account: ACCOUNT, catalogs: [{ catalog_id: 'shop', type: 'product', url: `https://feeds.example/shop.json?key=${PLANTED.feed}`, feed_format: 'json' }] });
  await ask('create_media_buy', { ...order, end_time: 7, push_notification_config: { url: 'no url', token: PLANTED.upstream, authentication: legacy(PLANTED.upstream) } });
  await ask('create_media_buy', { ...order, push_notification_config: PLANTED.upstream });
  await asking(toolCaller(seller.local_url, PLANTED.wrong_key))('list_accounts', {});
  for (const task of ['list_accounts', 'get_media_buys', 'list_tasks', 'get_media_buy_delivery', 'list_creatives']) await ask(task, { account: ACCOUNT });
}

beforeAll(async () => {
  receiver = await webhookReceiver();
  writeFileSync(join(folder, 'config.yaml'), `log: debug\nmetrics: {port: ${METRICS}}\nreview: {buys: all, approve_after_seconds: 86400}\n`);
  seller = await start();
  await day(asking(toolCaller(seller.local_url, seller.token)));
}, 60_000);
afterAll(async () => {
  await seller.end('SIGTERM');
  await receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

const filesOf = () => globSync('**/*', { cwd: data }).map((name) => join(data, name)).filter((file) => statSync(file).isFile());
const inFiles = (text: string) => filesOf().filter((file) => readFileSync(file, 'latin1').includes(text));
const inAll = (texts: readonly string[]) => Object.entries(PLANTED).filter(([, secret]) => texts.some((text) => text.includes(secret))).map(([name]) => name);

describe('after a day', () => {
  test('no secret stands in the data folder in clear: not in the store, nor in its log', () => {
    expect(filesOf().some((file) => file.endsWith('-wal'))).toBe(true);
    expect(Object.entries(PLANTED).flatMap(([name, secret]) => inFiles(secret).map((file) => `${name} in ${file}`))).toEqual([]);
  });

  test('none is answered to anybody, refusals included', () => expect(inAll(answered)).toEqual([]));

  test('none is printed, at the finest level of the log', () => {
    expect(printed.join('')).toContain('create_media_buy');
    expect(inAll(printed)).toEqual([]);
  });

  test('none is measured', async () => {
    const page = await (await fetch(`http://127.0.0.1:${METRICS}/metrics`)).text();
    expect(page).toContain('adwright_calls_total');
    expect(inAll([page])).toEqual([]);
  });

  test('none is shown to operators', async () => {
    const shown = await Promise.all([['audit', 'list'], ['webhooks', 'list'], ['tasks', 'list', '--all'], ['catalogs', 'list'], ['governance', 'list'], ['doctor']].map((args) => adwright([...args, '--data', data])));
    expect(inAll(shown.flatMap(({ stdout, stderr }) => [stdout, stderr]))).toEqual([]);
  });
});

describe('the key that seals them', () => {
  const vault = (args: readonly string[] = [], env: Record<string, string> = {}) => adwright(['vault', 'rotate', '--data', data, ...args], env);
  const keysKept = () => readFileSync(join(data, 'vault.key'), 'utf8').trim().split('\n');
  /** Whether the server still opens the order that waits: it is confirmed, and the buyer told with its own secret. */
  async function opensWhatWasSealed(): Promise<string> {
    const { stdout } = await adwright(['tasks', 'list', '--data', data]);
    const [task_id] = /task_\S+/.exec(stdout)!;
    const before = receiver.deliveries.length;
    await adwright(['tasks', 'approve', task_id!, '--data', data]);
    const delivered = (await receiver.arrived(before + 1)).at(-1)!;
    return `${String(delivered.body['status'])} ${String(delivered.body['token'])}`;
  }

  test('is not made where there is no store', async () => {
    const nowhere = join(folder, 'nowhere');
    expect(await adwright(['vault', 'rotate', '--data', nowhere])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('there is no store') });
    expect(existsSync(nowhere)).toBe(false);
  });

  test('is not changed while the server runs, and nothing else either', async () => {
    const before = keysKept();
    expect(await vault()).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('in use by another process') });
    expect(keysKept()).toEqual(before);
  });

  test('is changed while it is stopped: everything is sealed anew, nothing is left under the old one, and the server goes on', async () => {
    await seller.end('SIGTERM');
    const [old] = keysKept();
    const told = await vault();
    expect(told).toMatchObject({ code: 0, stderr: '' });
    const [, sealed, key_id] = /^(\d+) secrets in \d+ rows are sealed under the key ([0-9a-f]{12}) now\n/.exec(told.stdout)!;
    expect(Number(sealed)).toBeGreaterThanOrEqual(8);
    expect([keysKept().length, keysKept()[1]]).toEqual([2, old]);
    const [, earlier] = /earlier keys \(([0-9a-f]{12})\)/.exec(told.stdout)!;
    expect([inFiles(`v2.${earlier}.`), inFiles(`v2.${key_id}.`).length > 0]).toEqual([[], true]);
    expect((await adwright(['audit', 'list', '--data', data, '--task', 'vault.rotate'])).stdout).toContain(`vault_key:${key_id}`);
    expect((await adwright(['audit', 'verify', '--data', data])).code).toBe(0);
    expect(statSync(join(data, 'vault.key')).mode & 0o077).toBe(0);
    seller = await start();
    expect(await opensWhatWasSealed()).toBe(`completed ${PLANTED.token}`);
  }, 60_000);

  test('comes out of the environment where that says one: the old one goes when everything is sealed under the new', async () => {
    await seller.end('SIGTERM');
    const fresh = Buffer.alloc(32, 5).toString('base64');
    const env = { ADWRIGHT_VAULT_KEY: [fresh, ...keysKept()].join(',') };
    expect(await vault([], env)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[1-9]\d* secrets/) });
    expect(await vault([], env)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^0 secrets/) });
    expect(await vault([], { ADWRIGHT_VAULT_KEY: 'no key' })).toMatchObject({ code: 1, stderr: expect.stringMatching(/ADWRIGHT_VAULT_KEY: key 1 is not 32 bytes in base64/) });
    const lost = await vault();
    expect(lost.stdout).toMatch(/texts that look sealed could be opened with none of the keys here, and stay as they were/);
    expect((await vault([], { ADWRIGHT_VAULT_KEY: [readFileSync(join(data, 'vault.key'), 'utf8').split('\n')[0], fresh].join(',') })).code).toBe(0);
    const forgotten = await vault(['--forget-earlier']);
    expect([forgotten.code, keysKept().length]).toEqual([0, 1]);
    expect(Object.values(PLANTED).flatMap(inFiles)).toEqual([]);
    seller = await start();
    expect((await toolCaller(seller.local_url, seller.token)('get_media_buys', { account: ACCOUNT })).isError).toBe(false);
  }, 60_000);
});
