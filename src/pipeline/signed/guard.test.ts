import { describe, expect, test } from 'vitest';
import type { Principal } from '../../domain/caller.ts';
import type { Signer, SignatureNonce } from '../../domain/ports/signers.ts';
import type { SigningPolicy } from '../../domain/request-signing.ts';
import { newPrivateJwk, signingKey, type SigningKey } from '../../protocol/signatures/keys.ts';
import { REQUEST_TAG, WEBHOOK_TAG } from '../../protocol/signatures/profile.ts';
import { signedHeaders } from '../../protocol/signatures/sign.ts';
import { CredentialsUnavailable } from '../principals.ts';
import { signatureGuard, type GuardMeans, type SignatureJudged } from './guard.ts';
import type { SignableCall } from './ruling.ts';

const NOON = new Date('2026-11-20T12:00:00Z');
const URL = 'https://seller.example/mcp';
const NORTHLIGHT: Principal = { principal_id: 'northlight', mode: 'live' };
const HARBOUR: Principal = { principal_id: 'harbour', mode: 'live' };
const key = signingKey({ ...newPrivateJwk('ed25519'), kid: 'spring' });
const other = signingKey({ ...newPrivateJwk('ed25519'), kid: 'spring' });
const policy: SigningPolicy = {
  covers_content_digest: 'either', required_for: ['create_media_buy'], warn_for: ['sync_creatives'], supported_for: ['create_media_buy', 'sync_creatives', 'get_products'],
  protocol_methods_required_for: [], protocol_methods_warn_for: [], protocol_methods_supported_for: [],
};

const signerOf = (principal: Principal, owned: SigningKey, more: Partial<Signer> = {}): Signer => ({
  signer_id: principal.principal_id, principal, signs_in: false,
  key: async (kid) => (kid === owned.kid ? owned.jwk : undefined), revocations: async () => ({ kids: new Set(), stale: false }), ...more,
});

function guarded(means: Partial<GuardMeans> = {}) {
  const judged: SignatureJudged[] = [];
  const kept = new Set<string>();
  const clock = { at: NOON, now: () => clock.at, sleep: async () => {} };
  const guard = signatureGuard({
    policy, signers: [signerOf(NORTHLIGHT, key)], nonces_per_key: 100, clock, judged: (what) => judged.push(what),
    claimNonce: async ({ signer_id, keyid, nonce }: SignatureNonce) => kept.size < kept.add(JSON.stringify([signer_id, keyid, nonce])).size, ...means,
  });
  return { guard, judged, clock };
}

/** A call of a task, signed with a key unless there is none. */
function callOf(name: string, by: SigningKey | undefined = key, more: Partial<SignableCall> = {}): SignableCall {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } });
  const headers = by === undefined ? { 'content-type': 'application/json' } : signedHeaders({ url: URL, body }, by, NOON, { tag: REQUEST_TAG });
  return {
    method: 'POST', url: URL, body: Buffer.from(body), peer: '203.0.113.7', operations: [{ kind: 'task', name, request: {} }],
    headers: Object.fromEntries(Object.entries(headers).map(([header, value]) => [header, [value]])), ...more,
  };
}
const unsigned = (name: string, more: Partial<SignableCall> = {}) => callOf(name, undefined, { ...more, headers: { 'content-type': ['application/json'] } });

describe('a call that has to be signed', () => {
  test('is taken with a good signature, once', async () => {
    const { guard, judged } = guarded();
    const call = callOf('create_media_buy');
    expect(await guard.judge(call)).toEqual({ kind: 'taken' });
    expect(await guard.judge(call)).toEqual({ kind: 'refused', code: 'request_signature_replayed' });
    expect(judged.map(({ outcome, principal_id }) => [outcome, principal_id])).toEqual([['verified', 'northlight'], ['replayed', undefined]]);
  });

  test('is refused without one, whoever calls', async () => {
    const { guard } = guarded();
    for (const more of [{}, { bearer: NORTHLIGHT }]) expect(await guard.judge(unsigned('create_media_buy', more))).toEqual({ kind: 'refused', code: 'request_signature_required' });
  });

  test.each([
    ['of another body', { body: Buffer.from('{}') }, 'digest_mismatch'],
    ['for another seller', { url: 'https://elsewhere.example/mcp' }, 'invalid'],
    ['for another path', { url: 'https://seller.example/a2a' }, 'invalid'],
  ])('is refused with a signature %s', async (_what, change, fault) => {
    expect(await guarded().guard.judge(callOf('create_media_buy', key, change))).toEqual({ kind: 'refused', code: `request_signature_${fault}` });
  });

  test('is refused with a header that came twice', async () => {
    const call = callOf('create_media_buy');
    expect(await guarded().guard.judge({ ...call, headers: { ...call.headers, 'content-type': ['application/json', 'application/json'] } })).toEqual({ kind: 'refused', code: 'request_signature_header_malformed' });
  });

  test('is refused with a signature that was made for webhooks', async () => {
    const call = callOf('create_media_buy');
    const headers = signedHeaders({ url: URL, body: Buffer.from(call.body).toString() }, key, NOON, { tag: WEBHOOK_TAG });
    expect(await guarded().guard.judge({ ...call, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])) })).toEqual({ kind: 'refused', code: 'request_signature_tag_invalid' });
  });
});

describe('a signature and its caller', () => {
  test('beside a key of the same principal it only says that the call is its own', async () => {
    expect(await guarded().guard.judge(callOf('create_media_buy', key, { bearer: NORTHLIGHT }))).toEqual({ kind: 'taken' });
  });

  test('beside a key of another principal it is nobody\'s, even where it stands in the place of one', async () => {
    const { guard } = guarded({ signers: [signerOf(NORTHLIGHT, key, { signs_in: true })] });
    expect(await guard.judge(callOf('create_media_buy', key, { bearer: HARBOUR }))).toEqual({ kind: 'refused', code: 'request_signature_key_unknown' });
  });

  test('without a key it lets nobody in, unless the operator says that it does', async () => {
    expect(await guarded().guard.judge(callOf('create_media_buy'))).toEqual({ kind: 'taken' });
    expect(await guarded({ signers: [signerOf(NORTHLIGHT, key, { signs_in: true })] }).guard.judge(callOf('create_media_buy'))).toEqual({ kind: 'taken', principal: NORTHLIGHT });
  });

  test('two signers may name their keys alike: each is known by what it signs', async () => {
    const { guard } = guarded({ signers: [signerOf(NORTHLIGHT, key, { signs_in: true }), signerOf(HARBOUR, other, { signs_in: true })] });
    expect(await guard.judge(callOf('create_media_buy', other))).toEqual({ kind: 'taken', principal: HARBOUR });
    expect(await guard.judge(callOf('create_media_buy', key))).toEqual({ kind: 'taken', principal: NORTHLIGHT });
  });
});

describe('a call that may be signed', () => {
  test('is taken without a signature, and refused with a bad one', async () => {
    const { guard } = guarded();
    expect(await guard.judge(unsigned('get_products'))).toEqual({ kind: 'taken' });
    expect(await guard.judge(callOf('get_products', other))).toEqual({ kind: 'refused', code: 'request_signature_invalid' });
  });

  test('is taken whatever comes where the operator only wants to be told, and a bad signature lets nobody in', async () => {
    const { guard, judged } = guarded({ signers: [signerOf(NORTHLIGHT, key, { signs_in: true })] });
    expect([await guard.judge(unsigned('sync_creatives')), await guard.judge(callOf('sync_creatives', other))]).toEqual([{ kind: 'taken' }, { kind: 'taken' }]);
    expect(judged.map(({ outcome, posture }) => [outcome, posture])).toEqual([['required', 'warned'], ['invalid', 'warned']]);
  });

  test('is not looked at where signatures are not supported', async () => {
    const { guard, judged } = guarded();
    expect(await guard.judge(callOf('list_accounts', other))).toEqual({ kind: 'taken' });
    expect(judged).toEqual([]);
  });
});

describe('a key', () => {
  test('that its signer has taken back is refused', async () => {
    const { guard } = guarded({ signers: [signerOf(NORTHLIGHT, key, { revocations: async () => ({ kids: new Set(['spring']), stale: false }) })] });
    expect(await guard.judge(callOf('create_media_buy'))).toEqual({ kind: 'refused', code: 'request_signature_key_revoked' });
  });

  test('of a signer whose revocations nobody has heard of for too long is refused', async () => {
    const { guard } = guarded({ signers: [signerOf(NORTHLIGHT, key, { revocations: async () => ({ kids: new Set(), stale: true }) })] });
    expect(await guard.judge(callOf('create_media_buy'))).toEqual({ kind: 'refused', code: 'request_signature_revocation_stale' });
  });

  test('that cannot be looked up now makes the call wait: nothing is taken, and nothing is held against it', async () => {
    const { guard } = guarded({ signers: [signerOf(NORTHLIGHT, key, { key: async () => 'unavailable' })] });
    await expect(guard.judge(callOf('create_media_buy'))).rejects.toThrow(CredentialsUnavailable);
  });

  test('with as many live nonces as it may have is refused until they have expired', async () => {
    const { guard, clock } = guarded({ nonces_per_key: 2 });
    for (const expected of ['taken', 'taken', 'refused']) expect((await guard.judge(callOf('create_media_buy'))).kind).toBe(expected);
    expect(await guard.judge(callOf('create_media_buy'))).toEqual({ kind: 'refused', code: 'request_signature_rate_abuse' });
    clock.at = new Date(NOON.getTime() + 361_000);
    const call = callOf('create_media_buy');
    const headers = signedHeaders({ url: URL, body: Buffer.from(call.body).toString() }, key, clock.at, { tag: REQUEST_TAG });
    expect(await guard.judge({ ...call, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])) })).toEqual({ kind: 'taken' });
  });

  test('whose nonce another process has seen is refused', async () => {
    expect(await guarded({ claimNonce: async () => false }).guard.judge(callOf('create_media_buy'))).toEqual({ kind: 'refused', code: 'request_signature_replayed' });
  });
});

describe('bad signatures', () => {
  test('in great number are not looked at any more for a while, from where they come; others go on', async () => {
    const { guard, clock } = guarded();
    for (let at = 0; at < 60; at += 1) await guard.judge(callOf('create_media_buy', other));
    expect(await guard.judge(callOf('create_media_buy', key))).toEqual({ kind: 'too_many_failures', retry_after: 60 });
    expect((await guard.judge(callOf('create_media_buy', key, { peer: '203.0.113.8' }))).kind).toBe('taken');
    expect((await guard.judge(callOf('create_media_buy', key, { bearer: NORTHLIGHT }))).kind).toBe('taken');
    clock.at = new Date(NOON.getTime() + 60_000);
    expect((await guard.judge(callOf('create_media_buy', key))).kind).toBe('taken');
  });
});
