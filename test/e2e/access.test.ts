import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toolCaller } from '../support/mcp-call.ts';
import { runOfSite } from '../support/operator.ts';
import { adwright, spawnSeller, type SellerProcess } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-access-'));
const data = join(folder, 'data');
const AGENT = 'https://ads.example/mcp';
const ISSUER = 'https://login.example';
const INVENTORY = `products:${runOfSite(AGENT)}\n`;

let seller: SellerProcess;
let issuer: CryptoKey;
beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA');
  issuer = privateKey;
  const file = (name: string, text: string) => { writeFileSync(join(folder, name), text); return join(folder, name); };
  const jwks_file = file('jwks.json', JSON.stringify({ keys: [await exportJWK(publicKey)] }));
  const config = file('live.yaml', `public_url: ${AGENT}\ncatalogue: ${file('inventory.yaml', INVENTORY)}\noauth: {issuer: "${ISSUER}", jwks_file: ${jwks_file}}\n`);
  seller = await spawnSeller(data, ['--no-sandbox', '--config', config]);
}, 30_000);
afterAll(async () => {
  await seller.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

const key = (...args: readonly string[]) => adwright(['key', ...args, '--data', data]);
const call = (token: string | undefined) => toolCaller(local(), token);
const local = (): string => seller.local_url;
const made = async (...args: readonly string[]) => JSON.parse((await key('create', ...args, '--json')).stdout) as { key_id: string; key: string };
const codeOf = ({ document }: { readonly document: Record<string, unknown> }) => (document['adcp_error'] as { code: string } | undefined)?.code;

test('a key opens a running server from when it is made until it is revoked, and its text is nowhere in the data folder', async () => {
  const created = await key('create', '--principal', 'northlight', '--note', 'buying agent');
  const [secret] = /adw_[\w-]{43}/.exec(created.stdout)!;
  const [key_id] = /key_[0-9a-f]+/.exec(created.stdout)!;
  expect((await call(secret)('list_accounts', {})).document).toMatchObject({ accounts: [] });
  expect((await key('list')).stdout).toMatch(new RegExp(`KEY +PRINCIPAL .*\n${key_id} +northlight +active +all .* never +20\\d\\d-\\S+Z +buying agent\n`));
  expect((await key('list', '--json', '--all')).stdout).not.toContain(secret);
  expect(await everything(data)).not.toContain(secret);
  expect((await key('revoke', key_id)).stdout).toBe(`key ${key_id} of northlight is revoked\n`);
  expect((await call(secret)('list_accounts', {})).http).toBe(401);
  expect((await key('list')).stdout).toBe('no key opens anything; adwright key create makes one\n');
  expect((await key('list', '--all')).stdout).toMatch(new RegExp(`${key_id} +northlight +revoked`));
}, 30_000);

test('a key that is replaced lasts until the overlap ends, its successor has its rights', async () => {
  const old = await made('--principal', 'northlight', '--read-only');
  const fresh = JSON.parse((await key('rotate', old.key_id, '--overlap', '0m', '--json')).stdout) as { key: string; key_id: string };
  expect((await call(old.key)('list_accounts', {})).http).toBe(401);
  expect(codeOf(await call(fresh.key)('sync_accounts', {}))).toBe('READ_ONLY_SCOPE');
  const next = await key('rotate', fresh.key_id);
  expect(next.stdout).toMatch(new RegExp(`key ${fresh.key_id} opens until \\S+Z\n$`));
  expect((await call(fresh.key)('list_accounts', {})).http).toBe(200);
  expect([(await key('rotate', old.key_id)).code, (await key('rotate', old.key_id)).stderr]).toEqual([1, `adwright: key ${old.key_id} is expired; make a new one with adwright key create\n`]);
}, 30_000);

test('a key for certain tasks and accounts does what it is for', async () => {
  const whole = await made('--principal', 'agency');
  const entry = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', billing: 'operator' };
  const synced = (await call(whole.key)('sync_accounts', { idempotency_key: 'makes-both-accounts', accounts: [entry, { ...entry, operator: 'other.example' }] })).document;
  const [own, other] = (synced['accounts'] as { account_id: string }[]).map(({ account_id }) => account_id);
  const limited = await made('--principal', 'agency', '--accounts', own!, '--tasks', 'list_creatives,list_accounts', '--expires', '2h');
  expect((await call(limited.key)('list_creatives', { account: { account_id: own } })).document).toMatchObject({ creatives: [] });
  expect(codeOf(await call(limited.key)('list_creatives', { account: { account_id: other } }))).toBe('ACCOUNT_NOT_FOUND');
  expect(codeOf(await call(limited.key)('get_media_buys', {}))).toBe('SCOPE_INSUFFICIENT');
  expect((await call(limited.key)('list_accounts', {})).document).toMatchObject({ accounts: [{ account_id: own, authorization: { allowed_tasks: expect.arrayContaining(['list_creatives']) } }] });
}, 30_000);

test.each([
  [['create'], 2, /required option '--principal <id>'/], [['create', '--principal', 'a', '--tasks', 'sell'], 1, /^adwright: --tasks: there is no task "sell"$/m],
  [['create', '--principal', 'a', '--expires', 'soon'], 1, /--expires: "soon" is no moment; say a date such as/], [['create', '--principal', 'a', '--expires', '2020-01-01'], 1, /--expires: 2020-01-01 is past/],
  [['create', '--principal', 'a', '--billing', 'me'], 1, /--billing: "me" is none of operator, agent, advertiser/], [['revoke', 'key_none'], 1, /there is no key "key_none"; adwright key list/],
])('adwright key %j exits with %i and says why', async (args, code, message) => {
  const told = await key(...args);
  expect([told.code, told.stdout]).toEqual([code, '']);
  expect(told.stderr).toMatch(message);
});

test('a token of the issuer opens what its scope allows, beside keys, and callers without one learn where to get it', async () => {
  const token = (claims: object) => new SignJWT({ iss: ISSUER, aud: AGENT, sub: 'northlight', exp: Math.floor(Date.now() / 1000) + 60, ...claims }).setProtectedHeader({ alg: 'EdDSA' }).sign(issuer);
  expect((await call(await token({ scope: 'adcp:write' }))('list_accounts', {})).http).toBe(200);
  expect(codeOf(await call(await token({ scope: 'adcp:read' }))('sync_accounts', {}))).toBe('READ_ONLY_SCOPE');
  expect((await call(await token({ aud: 'https://other.example' }))('list_accounts', {})).http).toBe(401);
  const challenge = await fetch(local(), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_accounts' } }) });
  const [, metadata] = /resource_metadata="([^"]+)"/.exec(challenge.headers.get('www-authenticate')!)!;
  expect([challenge.status, metadata]).toEqual([401, 'https://ads.example/.well-known/oauth-protected-resource/mcp']);
  expect(await (await fetch(new URL(new URL(metadata!).pathname, local()))).json()).toMatchObject({
    resource: AGENT, authorization_servers: [ISSUER], bearer_methods_supported: ['header'], scopes_supported: ['adcp:read', 'adcp:write'],
  });
});

async function everything(of: string): Promise<string> {
  const { globSync, readFileSync, statSync } = await import('node:fs');
  return globSync('**/*', { cwd: of }).map((file) => join(of, file)).filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, 'latin1')).join('\n');
}
