/** A server without the sandbox that wants purchases signed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADCP_EXTENSION } from '../../src/a2a/agent-card.ts';
import { newPrivateJwk, signingKey } from '../../src/protocol/signatures/keys.ts';
import { REQUEST_TAG } from '../../src/protocol/signatures/profile.ts';
import { signedHeaders } from '../../src/protocol/signatures/sign.ts';
import { runOfSite } from '../support/operator.ts';
import { adwright, spawnSeller, type SellerProcess } from '../support/process.ts';

const folder = mkdtempSync(join(tmpdir(), 'adwright-signing-'));
const data = join(folder, 'data');
const ORIGIN = 'https://ads.example';
const [northlight, harbour] = [signingKey({ ...newPrivateJwk('ed25519'), kid: 'n-1' }), signingKey({ ...newPrivateJwk('ecdsa-p256-sha256'), kid: 'h-1' })];
const file = (name: string, text: string) => { writeFileSync(join(folder, name), text); return join(folder, name); };
const keysOf = (name: string, key: typeof northlight) => file(name, JSON.stringify({ keys: [key.jwk] }));
const config = file('live.yaml', `public_url: ${ORIGIN}/mcp
catalogue: ${file('inventory.yaml', `products:${runOfSite(`${ORIGIN}/mcp`)}\n`)}
request_signing:
  required_for: [create_media_buy]
  protocol_methods_required_for: [tasks/cancel]
  signers:
    - {principal_id: northlight, jwks_file: ${keysOf('n.json', northlight)}}
    - {principal_id: harbour, jwks_file: ${keysOf('h.json', harbour)}, signs_in: true}
`);

let seller: SellerProcess;
let keys: { northlight: string; harbour: string };
const start = () => spawnSeller(data, ['--no-sandbox', '--config', config]);
const made = async (principal: string) => (JSON.parse((await adwright(['key', 'create', '--principal', principal, '--data', data, '--json'])).stdout) as { key: string }).key;
beforeAll(async () => {
  seller = await start();
  keys = { northlight: await made('northlight'), harbour: await made('harbour') };
}, 60_000);
afterAll(async () => {
  await seller.end('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

interface Sending { readonly path?: '/mcp' | '/a2a'; readonly bearer?: string; readonly by?: typeof northlight; readonly signature?: Record<string, string> }

const tool = (name: string, args: object = {}): string => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
const signed = (body: string, by: typeof northlight, path = '/mcp') => signedHeaders({ url: `${ORIGIN}${path}`, body }, by, new Date(), { tag: REQUEST_TAG });

async function send(body: string, { path = '/mcp', bearer, by, signature }: Sending = {}) {
  const response = await fetch(new URL(path, seller.local_url), {
    method: 'POST', body,
    headers: {
      'content-type': 'application/json', accept: 'application/json, text/event-stream', 'a2a-version': '1.0', 'a2a-extensions': ADCP_EXTENSION,
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}), ...(by ? signed(body, by, path) : {}), ...signature,
    },
  });
  const text = await response.text();
  return { status: response.status, challenge: response.headers.get('www-authenticate') ?? '', text, error: /error="([^"]+)"/.exec(response.headers.get('www-authenticate') ?? '')?.[1] };
}
/** Refused by the task itself: it got as far as the pipeline. */
const HEARD = { status: 200, text: expect.stringContaining('INVALID_REQUEST') };

test('a purchase without a signature is refused, whatever key comes with it; a read is not', async () => {
  for (const sending of [{}, { bearer: keys.northlight }]) expect(await send(tool('create_media_buy'), sending)).toMatchObject({ status: 401, error: 'request_signature_required', challenge: expect.stringMatching(/^Signature /) });
  expect(await send(tool('list_accounts'), { bearer: keys.northlight })).toMatchObject({ status: 200 });
});

test('a purchase with the key of its caller and a signature of the same is heard, once', async () => {
  const body = tool('create_media_buy');
  const signature = signed(body, northlight);
  expect(await send(body, { bearer: keys.northlight, signature })).toMatchObject(HEARD);
  expect(await send(body, { bearer: keys.northlight, signature })).toMatchObject({ status: 401, error: 'request_signature_replayed' });
  expect(await send(`${body} `, { bearer: keys.northlight, signature: signed(body, northlight) })).toMatchObject({ status: 401, error: 'request_signature_digest_mismatch' });
});

test('a signature alone lets in only whom the operator says', async () => {
  const nobody = await send(tool('create_media_buy'), { by: northlight });
  expect([nobody.status, nobody.challenge, nobody.text]).toEqual([401, expect.stringMatching(/^Bearer /), expect.stringContaining('AUTH_MISSING')]);
  expect(await send(tool('create_media_buy'), { by: harbour })).toMatchObject(HEARD);
  expect(await send(tool('list_accounts'), { by: harbour })).toMatchObject({ status: 200, text: expect.stringContaining('"accounts":[]') });
});

test('a signature beside the key of somebody else makes nobody else of the caller', async () => {
  expect(await send(tool('create_media_buy'), { bearer: keys.northlight, by: harbour })).toMatchObject({ status: 401, error: 'request_signature_key_unknown' });
});

test('the secret of a webhook is taken with a signature only', async () => {
  const body = tool('sync_creatives', { push_notification_config: { url: 'https://buyer.example/hook', authentication: { schemes: ['HMAC-SHA256'], credentials: 'x'.repeat(40) } } });
  expect(await send(body, { bearer: keys.northlight })).toMatchObject({ status: 401, error: 'request_signature_required' });
  expect(await send(body, { bearer: keys.northlight, by: northlight })).toMatchObject(HEARD);
});

test('the same holds over A2A, at the URL that is called there', async () => {
  const message = (skill: string) => JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'SendMessage', params: { message: { messageId: 'm1', role: 'ROLE_USER', parts: [{ data: { skill, input: {} } }] } } });
  const buy = message('create_media_buy');
  expect(await send(buy, { path: '/a2a', bearer: keys.northlight })).toMatchObject({ status: 401, error: 'request_signature_required' });
  expect(await send(buy, { path: '/a2a', bearer: keys.northlight, signature: signed(buy, northlight, '/mcp') })).toMatchObject({ status: 401, error: 'request_signature_invalid' });
  expect(await send(buy, { path: '/a2a', bearer: keys.northlight, by: northlight })).toMatchObject(HEARD);
  for (const method of ['CancelTask', 'tasks/cancel'])
    expect(await send(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { id: 'a2a_1' } }), { path: '/a2a', bearer: keys.northlight })).toMatchObject({ status: 401, error: 'request_signature_required' });
});

test('a signature over A2A lets its signer see its own tasks', async () => {
  const invoked = await send(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'SendMessage', params: { message: { messageId: 'm2', role: 'ROLE_USER', parts: [{ data: { skill: 'list_accounts', input: {} } }] } } }), { path: '/a2a', by: harbour });
  const { id } = (JSON.parse(invoked.text) as { result: { task: { id: string } } }).result.task;
  const asked = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'GetTask', params: { id } });
  expect((await send(asked, { path: '/a2a', by: harbour })).text).toContain(id);
  expect((await send(asked, { path: '/a2a', bearer: keys.northlight })).text).toContain('-32001');
});

test('a signature that was taken before the server started again is not taken after it', async () => {
  const body = tool('create_media_buy');
  const signature = signed(body, northlight);
  expect(await send(body, { bearer: keys.northlight, signature })).toMatchObject(HEARD);
  await seller.end('SIGKILL');
  seller = await start();
  expect(await send(body, { bearer: keys.northlight, signature })).toMatchObject({ status: 401, error: 'request_signature_replayed' });
}, 30_000);

test.each([
  ['request_signing needs public_url', 'request_signing: {signers: [{principal_id: a, jwks_file: x}]}'],
  ['set one of jwks_uri, jwks_file and brand_json_url', `public_url: ${ORIGIN}/mcp\nrequest_signing: {signers: [{principal_id: a}]}`],
  ['brand_json_url and agent_url come only together', `public_url: ${ORIGIN}/mcp\nrequest_signing: {signers: [{principal_id: a, brand_json_url: "https://a.example/brand.json"}]}`],
  ['cannot be read', `public_url: ${ORIGIN}/mcp\nrequest_signing: {signers: [{principal_id: a, jwks_file: /nowhere}]}`],
  ['which is no task that is served', `public_url: ${ORIGIN}/mcp\nrequest_signing: {required_for: [buy_everything], signers: [{principal_id: a, jwks_file: x}]}`],
])('a server is not started with a configuration that cannot be meant: %s', async (why, text) => {
  const { code, stderr } = await adwright(['serve', '--data', join(folder, 'other'), '--port', '0', '--config', file('bad.yaml', `catalogue: ${join(folder, 'inventory.yaml')}\n${text}\n`)]);
  expect([code, stderr]).toEqual([1, expect.stringContaining(why)]);
}, 30_000);
