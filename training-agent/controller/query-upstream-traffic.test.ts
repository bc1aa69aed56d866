import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import type { ConversionEvent } from '../../src/protocol/wire/core/conversion-event.ts';
import { trainingPlatform as platform } from '../platform/platform.ts';
import { controllerBench, failed, OK } from '../../test/support/controller-bench.ts';

const bench = controllerBench();
afterEach(async () => {
  bench.open.sandbox.server.behave({ kind: 'answers' });
  await bench.control('query_upstream_traffic');
  bench.open.pass(60_000);
});

interface Shown {
  readonly recorded_calls: readonly { readonly endpoint: string; readonly url: string; readonly payload: JsonObject; readonly purpose: string; readonly status_code: number; readonly timestamp: string }[];
  readonly total_count: number;
  readonly truncated?: boolean;
  readonly since_timestamp: string;
}
const traffic = async (params: JsonObject = {}, token?: string) =>
  (await bench.control('query_upstream_traffic', { since_timestamp: bench.open.clock.now().toISOString(), ...params }, {}, token)) as unknown as Shown;
const HASH = createHash('sha256').update('someone@home.example').digest('hex');
const member = (external_id: string) => ({ external_id, hashed_email: HASH });
const event = (event_id: string): ConversionEvent => ({ event_id, event_type: 'purchase', event_time: '2099-01-01T00:00:00Z', user_match: { hashed_email: HASH }, custom_data: { value: 149.99 } });

let count = 0;
/** An account of the caller of the running test. */
const account = async () => {
  const account_id = `acct_${(count += 1)}`;
  await bench.control('seed_account', { account_id });
  return account_id;
};

describe('a push that arrives', () => {
  test('is shown as it left, with everything that the buyer identified', async () => {
    const account_id = await account();
    await bench.open.push(bench.principal_id, platform.planAudience(account_id, { audience_id: 'loyal', add: [member('user-1')] }));
    await bench.open.push(bench.principal_id, platform.planConversions(account_id, 'pixel', [event('evt-1')]));
    const { recorded_calls, total_count } = await traffic({ endpoint_pattern: 'POST *' });
    expect(total_count).toBe(2);
    expect(recorded_calls).toMatchObject([
      { endpoint: `POST https://ads.training.example/v1/accounts/${account_id}/audiences/loyal`, purpose: 'platform_primary', status_code: 200, payload: { audience_id: 'loyal', add: [{ external_id: 'user-1', hashed_email: HASH }] } },
      { endpoint: `POST https://ads.training.example/v1/accounts/${account_id}/event-sources/pixel/events`, purpose: 'attribution', status_code: 200, payload: { events: [{ event_id: 'evt-1', user_match: { hashed_email: HASH } }] } },
    ]);
    expect(bench.open.sandbox.server.book.audience(account_id, 'loyal')).toEqual(['user-1']);
    expect(bench.open.sandbox.server.book.eventCount(account_id, 'pixel')).toBe(1);
  });

  test('is waited for when the platform is slow', async () => {
    const account_id = await account();
    bench.open.sandbox.server.behave({ kind: 'slow', ms: 5 });
    for (let n = 0; n < 5; n += 1) await bench.open.push(bench.principal_id, platform.planConversions(account_id, 'pixel', [event(`evt-${n}`)]));
    expect((await traffic()).total_count).toBe(5);
  });
});

describe('a push that is broken', () => {
  test('nobody answers: nothing is shown', async () => {
    const account_id = await account();
    bench.open.sandbox.server.behave({ kind: 'hangs_up' });
    await bench.open.push(bench.principal_id, platform.planConversions(account_id, 'pixel', [event('evt-1')]), 'broken');
    expect(await traffic()).toMatchObject({ recorded_calls: [], total_count: 0 });
    bench.open.sandbox.server.behave({ kind: 'answers' });
    bench.open.pass(5_000);
    expect((await traffic({ since_timestamp: '2026-01-01T00:00:00Z' })).total_count).toBe(1);
  });

  test('the platform refuses: the call is shown with its status, and was not taken', async () => {
    const account_id = await account();
    bench.open.sandbox.server.behave({ kind: 'refuses' });
    await bench.open.push(bench.principal_id, platform.planConversions(account_id, 'pixel', [event('evt-1')]));
    expect((await traffic()).recorded_calls).toMatchObject([{ status_code: 403 }]);
    expect(bench.open.sandbox.server.book.eventCount(account_id, 'pixel')).toBe(0);
    expect(bench.open.givenUp.at(-1)).toContain('403');
  });

  test('nothing was pushed: nothing is shown', async () => {
    expect(await traffic()).toMatchObject({ ...OK, recorded_calls: [], total_count: 0, since_timestamp: bench.open.clock.now().toISOString() });
  });
});

describe('what is asked for', () => {
  test('a time, inclusive; without one, since the sandbox was opened', async () => {
    const account_id = await account();
    await bench.open.push(bench.principal_id, platform.planConversions(account_id, 'pixel', [event('evt-1')]));
    await traffic();
    const at = bench.open.clock.now().toISOString();
    bench.open.pass(1);
    await bench.open.push(bench.principal_id, platform.planConversions(account_id, 'pixel', [event('evt-2')]));
    expect((await traffic({ since_timestamp: at })).total_count).toBe(2);
    expect((await traffic()).total_count).toBe(1);
    expect(await bench.control('query_upstream_traffic')).toMatchObject({ total_count: 2, since_timestamp: '2026-11-20T12:00:00.000Z' });
  });

  test('an endpoint, and the newest few in the order of time', async () => {
    const account_id = await account();
    await bench.open.push(bench.principal_id, platform.planAudience(account_id, { audience_id: 'loyal', add: [member('user-1')] }));
    for (const id of ['evt-1', 'evt-2', 'evt-3']) await bench.open.push(bench.principal_id, platform.planConversions(account_id, 'pixel', [event(id)]));
    expect((await traffic({ endpoint_pattern: 'POST */audiences/*' })).total_count).toBe(1);
    expect((await traffic({ endpoint_pattern: 'GET *' })).total_count).toBe(0);
    const few = await traffic({ endpoint_pattern: '*/events', limit: 2 });
    expect(few).toMatchObject({ total_count: 3, truncated: true });
    expect(few.recorded_calls.map((call) => (call.payload['events'] as { event_id: string }[])[0]!.event_id)).toEqual(['evt-2', 'evt-3']);
    expect(await traffic({ limit: 4 })).not.toHaveProperty('truncated');
  });

  test('a digest, with proof of what is in it', async () => {
    const account_id = await account();
    await bench.open.push(bench.principal_id, platform.planAudience(account_id, { audience_id: 'loyal', add: [member('user-1')] }));
    const proof = (text: string) => createHash('sha256').update(text).digest('hex');
    const { recorded_calls: [shown] } = await traffic({ attestation_mode: 'digest', identifier_value_digests: [proof('user-1'), proof('user-2'), proof(HASH)] });
    expect(shown).toMatchObject({
      attestation_mode: 'digest', payload_digest_sha256: expect.stringMatching(/^[0-9a-f]{64}$/), payload_length: expect.any(Number),
      identifier_match_proofs: [{ found: true }, { found: false }, { found: true }],
    });
    expect(shown).not.toHaveProperty('payload');
  });

  test('a digest of what has none', async () => {
    const account_id = await account();
    bench.open.recorder.record({
      principal_id: bench.principal_id, method: 'POST', url: platform.planAudience(account_id, { audience_id: 'x' })[0]!.url, content_type: 'application/json', payload: '{"a":1e999}', timestamp: bench.open.clock.now().toISOString(), status: 200,
    });
    expect(await bench.control('query_upstream_traffic', { since_timestamp: bench.open.clock.now().toISOString(), attestation_mode: 'digest' })).toMatchObject(failed('JCS_NON_FINITE_NUMBER'));
  });

  test('something else than it takes', async () => {
    for (const params of [{ limit: 0 }, { limit: 1_001 }, { since_timestamp: 'yesterday' }, { attestation_mode: 'whisper' }, { identifier_value_digests: ['x'] }])
      expect(await bench.control('query_upstream_traffic', params)).toMatchObject(failed('INVALID_PARAMS'));
  });
});

test('nobody sees what another caller caused, not even for an account of the same id', async () => {
  const calls = platform.planConversions('acct_shared', 'pixel', [event('evt-1')]);
  await bench.open.push(bench.principal_id, calls);
  await bench.open.push(`${bench.principal_id}-neighbour`, [...calls, ...calls]);
  expect((await traffic()).total_count).toBe(1);
  expect((await traffic({}, 'demo-nova-motors-v1')).total_count).toBe(0);
});
