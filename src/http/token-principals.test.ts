import { createLocalJWKSet, errors, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { testClock } from '../../test/support/desk.ts';
import { CredentialsUnavailable } from '../pipeline/principals.ts';
import { tokenPrincipals, type TokenRules } from './token-principals.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const AT = Date.parse(NOW) / 1000;
const RULES: TokenRules = {
  issuer: 'https://login.example', audience: 'https://ads.example/mcp', principal_claim: 'sub', accounts_claim: 'accounts', read_scope: 'adcp:read', write_scope: 'adcp:write',
};
const CLAIMS = { iss: RULES.issuer, aud: RULES.audience, sub: 'northlight', exp: AT + 60, scope: 'openid adcp:write', accounts: ['a', 'b'] };

let ours: { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey };
let theirs: typeof ours;
let keys: ReturnType<typeof createLocalJWKSet>;
beforeAll(async () => {
  [ours, theirs] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')];
  keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(ours.publicKey)), kid: 'k1' }] });
});

const signed = (claims: object, { key = ours.privateKey, kid = 'k1' } = {}) => new SignJWT({ ...claims }).setProtectedHeader({ alg: 'ES256', kid }).sign(key);
const principal = (token: string, rules: TokenRules = RULES) => tokenPrincipals(rules, keys, testClock(NOW)).principal(token, {});

test('a token of the issuer, for this agent, is its subject', async () => {
  expect(await principal(await signed(CLAIMS))).toEqual({ principal_id: 'northlight', mode: 'live', grant: { account_ids: ['a', 'b'] } });
});

test.each([
  ['another issuer', { iss: 'https://elsewhere.example' }], ['another audience', { aud: 'https://other.example/mcp' }], ['no audience', { aud: undefined }],
  ['an end that is past', { exp: AT - 31 }], ['no end', { exp: undefined }], ['a start to come', { nbf: AT + 31 }], ['no subject', { sub: undefined }], ['an empty subject', { sub: '' }],
])('a token with %s opens nothing', async (_what, change) => {
  expect(await principal(await signed({ ...CLAIMS, ...change }))).toBeUndefined();
});

test('a token that somebody else signed opens nothing, under a known key id or an unknown one', async () => {
  expect(await principal(await signed(CLAIMS, { key: theirs.privateKey }))).toBeUndefined();
  expect(await principal(await signed(CLAIMS, { key: theirs.privateKey, kid: 'k2' }))).toBeUndefined();
});

test('a token without a signature, or with one of a shared secret, opens nothing', async () => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  expect(await principal(`${part({ alg: 'none' })}.${part(CLAIMS)}.AA`)).toBeUndefined();
  expect(await principal(await new SignJWT(CLAIMS).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(new TextEncoder().encode('k1'.repeat(32))))).toBeUndefined();
  expect(await principal('adw_no-jwt-at-all')).toBeUndefined();
});

test('clocks may differ by half a minute', async () => {
  expect(await principal(await signed({ ...CLAIMS, exp: AT - 29 }))).toBeDefined();
});

test.each([
  [{ scope: 'adcp:read adcp:write' }, {}], [{ scope: 'adcp:read' }, { read_only: true }], [{ scope: 'openid' }, { tasks: [] }], [{ scope: undefined }, { tasks: [] }],
  [{ scope: undefined, scp: ['adcp:read'] }, { read_only: true }], [{ scope: 'adcp:writer' }, { tasks: [] }],
])('the scopes of %j are held to %j', async (change, rights) => {
  const { accounts_claim: _none, ...rules } = RULES;
  const found = await principal(await signed({ ...CLAIMS, ...change }), rules);
  expect(found).toEqual({ principal_id: 'northlight', mode: 'live', ...(Object.keys(rights).length > 0 ? { grant: rights } : {}) });
});

test('where accounts are to be named, a token that names none is good for none', async () => {
  expect((await principal(await signed({ ...CLAIMS, accounts: undefined })))?.grant).toEqual({ account_ids: [] });
  expect((await principal(await signed({ ...CLAIMS, accounts: 'a' })))?.grant).toEqual({ account_ids: ['a'] });
});

test('keys that cannot be had are no fault of the token', async () => {
  const asking = async (failure: Error) => {
    const source = tokenPrincipals(RULES, () => { throw failure; }, testClock(NOW));
    return source.principal(await signed(CLAIMS), {});
  };
  for (const failure of [new errors.JWKSTimeout(), new errors.JWKSInvalid('no keys'), new errors.JOSEError('Expected 200 OK'), new TypeError('fetch failed')])
    await expect(asking(failure)).rejects.toThrow(CredentialsUnavailable);
  expect(await asking(new errors.JWKSNoMatchingKey())).toBeUndefined();
});
