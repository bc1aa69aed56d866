import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessFindings } from '../../src/main/operate/doctor/access-findings.ts';
import type { Finding } from '../../src/main/operate/doctor/finding.ts';
import { reachFindings } from '../../src/main/operate/doctor/reach-findings.ts';
import { storeFindings } from '../../src/main/operate/doctor/store-findings.ts';
import { loadConfig } from '../../src/config/config.ts';
import type { ApiKey } from '../../src/domain/api-key.ts';
import { examine } from '../../src/store/sqlite/examine.ts';
import { toolCaller } from '../support/mcp-call.ts';
import { adwright } from '../support/process.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-doctor-'));
const data = join(folder, 'data');
let seller: TestSeller;
beforeAll(async () => {
  seller = await startSeller({ data });
});
afterAll(async () => {
  await seller.close();
  rmSync(folder, { recursive: true, force: true });
});

const { config } = loadConfig({ data }, {});
const NOW = new Date('2026-11-20T12:00:00Z');
const key = (key_id: string, more: Partial<ApiKey> = {}): ApiKey => ({ key_id, principal_id: 'northlight', key_sha256: '0'.repeat(64), created_at: '2026-11-01T00:00:00Z', ...more });
const said = (findings: readonly Finding[], subject: string) => findings.find((each) => each.subject === subject);

test('finds a server that runs in good health, and that nobody but the demo keys may call it', async () => {
  const { code, stdout } = await adwright(['doctor', '--sandbox', '--data', data, '--offline']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/✓ store +\S+ is sound, and a server has it\n✓ migrations +at \d+, the newest\n✓ clock/);
  expect(stdout).toMatch(/! callers +the sandbox has keys that everybody knows\n +→ nothing, to try things out/);
  expect(stdout).toMatch(/✓ vault\.key +is readable by its owner only\n✓ signing-keys +is readable by its owner only\n/);
  expect(stdout).toMatch(/\n\nnothing in the way, 1 to look at\n$/);
});

test('exits with 1 when something stands in the way, and says so a line each as JSON', async () => {
  const { code, stdout } = await adwright(['doctor', '--data', join(folder, 'new'), '--offline', '--json']);
  const findings = stdout.trim().split('\n').map((line) => JSON.parse(line) as Finding);
  expect(code).toBe(1);
  expect(said(findings, 'callers')).toMatchObject({ standing: 'fail', remedy: 'adwright key create --principal NAME' });
  expect(said(findings, 'catalogue')).toMatchObject({ standing: 'fail', message: 'there is none to sell from' });
});

test('repeats what is wrong with a configuration', async () => {
  writeFileSync(join(folder, 'bad.yaml'), 'prot: 1\n');
  const { code, stdout } = await adwright(['doctor', '--config', join(folder, 'bad.yaml')]);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^✗ configuration {2}\S+bad\.yaml:1:1: unknown key "prot"[^\n]*\n +→ correct the file/)]);
});

const found = (folder_of_store: string) => examine(join(folder_of_store, 'adwright.sqlite'));

test('finds a store that was written in the future, and one that is no store', async () => {
  const entry = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', billing: 'operator' };
  expect((await toolCaller(seller.url, seller.token)('sync_accounts', { idempotency_key: randomUUID(), accounts: [entry] })).isError).toBe(false);
  expect(said(storeFindings({ data }, found(data), new Date()), 'clock')).toMatchObject({ standing: 'ok' });
  expect(said(storeFindings({ data }, found(data), new Date('2020-01-01T00:00:00Z')), 'clock')).toMatchObject({ standing: 'fail', remedy: 'set the clock of this machine, by NTP if it can be' });
  const broken = mkdtempSync(join(folder, 'broken-'));
  writeFileSync(join(broken, 'adwright.sqlite'), 'no database '.repeat(500));
  expect(said(storeFindings({ data: broken }, found(broken), NOW), 'store')).toMatchObject({ standing: 'fail', message: 'file is not a database' });
});

test('warns of keys that end soon or that nobody uses, and is silent about good and ended ones', () => {
  const findings = accessFindings(config, [
    key('key_soon', { expires_at: '2026-11-30T00:00:00Z' }), key('key_idle', { created_at: '2026-01-01T00:00:00Z' }), key('key_used', { created_at: '2026-01-01T00:00:00Z', last_used_at: '2026-11-19T00:00:00Z' }),
    key('key_gone', { revoked_at: '2026-11-02T00:00:00Z', expires_at: '2026-11-21T00:00:00Z' }),
  ], NOW);
  expect(findings.filter(({ subject }) => subject.startsWith('key ')).map(({ subject, standing }) => `${subject} ${standing}`)).toEqual(['key key_soon warn', 'key key_idle warn']);
  expect(said(findings, 'callers')).toMatchObject({ standing: 'ok', message: '3 keys open' });
});

test('finds secrets that others may read', () => {
  const open = mkdtempSync(join(folder, 'open-'));
  writeFileSync(join(open, 'vault.key'), 'x');
  chmodSync(join(open, 'vault.key'), 0o644);
  expect(said(accessFindings({ ...config, data: open }, [], NOW), 'vault.key')).toMatchObject({ standing: 'fail', remedy: `chmod go= ${join(open, 'vault.key')}` });
});

test('asks the issuer for its keys, and the public address for the seller', async () => {
  const answers: Record<string, { readonly status: number; readonly body: string }> = {
    'https://ads.example/.well-known/brand.json': { status: 200, body: '{}' }, 'https://login.example/jwks': { status: 200, body: '{"keys":[{}]}' }, 'https://login.example/empty': { status: 200, body: '<html>' },
  };
  const send = { post: async ({ url }: { readonly url: string }) => (answers[url] ? { kind: 'reply' as const, headers: {}, ...answers[url] } : { kind: 'no_reply' as const, reason: 'no reply in time' }) };
  const standing = async (more: object) => (await reachFindings({ ...config, ...more }, send)).map((each) => `${each.subject} ${each.standing}`);
  const oauth = (path: string) => ({ issuer: 'https://login.example', jwks_uri: `https://login.example/${path}` });
  expect(await standing({ public_url: 'https://ads.example/mcp', oauth: oauth('jwks') })).toEqual(['public_url ok', 'issuer ok']);
  expect(await standing({ oauth: oauth('empty') })).toEqual(['public_url warn', 'issuer fail']);
  expect(await standing({ public_url: 'https://down.example/mcp', oauth: oauth('late') })).toEqual(['public_url warn', 'issuer fail']);
});
