import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Jwk } from '../../compliance/contracts/signatures/jwk.ts';
import { storyboard } from '../support/judge.ts';
import type { Report } from '../support/judge-run.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { vectorFile } from '../support/official-vectors.ts';
import { type SigningManner, startSigningSeller } from '../support/signing-seller.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const official = hasOfficial('that request-signing vectors are sent to a seller and graded');

async function graded(manner: Partial<SigningManner> = {}, args: readonly string[] = []) {
  const { keys } = vectorFile<{ keys: readonly Jwk[] }>('request-signing/keys.json');
  const seller = await startSigningSeller({ keys, ...manner });
  try {
    const { out, err } = await storyboard(
      ['run', seller.url, '--bundle', '../shared/adcp/3.1.19', '--json', '-', '--seed', '3', ...(args.includes('--select') ? args : ['--select', 'signed_requests', ...args])], { cwd: ROOT }
    );
    if (out === '') throw new Error(err);
    const rows = (JSON.parse(out) as Report).step_results.filter(({ address }) => address.includes('_vectors/'));
    const state = ({ outcome, skip }: (typeof rows)[number]) => (outcome === 'skipped' ? skip!.cause ?? skip!.reason : outcome);
    return { rows, states: new Map(rows.map((row) => [row.address.replace(/^.*\//, '').slice(0, 12), state(row)])), decisions: seller.decisions };
  } finally {
    await seller.close();
  }
}

const withState = (states: ReadonlyMap<string, string>, wanted: string) => [...states].filter(([, state]) => state === wanted).map(([id]) => id);

describe.runIf(official)('signed requests', () => {
  test('as calls of tools: a sound verifier passes all but what an endpoint cannot show, and what it does not declare', async () => {
    const { states } = await graded();
    expect(states.size).toBe(40);
    expect(withState(states, 'failed')).toEqual([]);
    expect(withState(states, 'mcp_mode_flattens_url_edges')).toEqual(['positive-005', 'positive-006', 'positive-007', 'positive-008', 'positive-009', 'positive-010', 'positive-011', 'positive-012']);
    expect(withState(states, 'transport_ungradable')).toEqual(['negative-025', 'negative-026']);
    expect(withState(states, 'capability_profile_mismatch')).toEqual(['negative-007', 'negative-018']);
    expect(withState(states, 'rate_abuse_opt_out')).toEqual(['negative-020']);
    expect(withState(states, 'passed')).toHaveLength(27);
  }, 20_000);

  test('at the paths that they are written for: the addresses are shown too', async () => {
    const { states } = await graded({}, ['--signing-transport', 'raw']);
    expect(withState(states, 'failed')).toEqual([]);
    expect(withState(states, 'passed').filter((id) => id.startsWith('positive'))).toHaveLength(12);
  }, 20_000);

  test.each([
    ['required', 'negative-007', 'negative-018'], ['forbidden', 'negative-018', 'negative-007'],
  ] as const)('a seller that wants the digest %s is asked for what it declares', async (digest, graded_, left) => {
    const { states } = await graded({ digest });
    expect(withState(states, 'failed')).toEqual([]);
    expect([states.get(graded_), states.get(left)]).toEqual(['passed', 'capability_profile_mismatch']);
  }, 20_000);

  test('the cap of nonces is filled where the operator lets it', async () => {
    const { states, decisions } = await graded({ cap: 100 }, ['--trip-rate-limits']);
    expect(states.get('negative-020')).toBe('passed');
    expect(decisions.at(decisions.lastIndexOf('request_signature_rate_abuse'))).toBe('request_signature_rate_abuse');
  }, 20_000);

  test('a verifier that takes everything fails every negative vector that is sent, and no positive one', async () => {
    const { states } = await graded({ twist: () => undefined });
    expect(withState(states, 'failed')).toHaveLength(23);
    expect(withState(states, 'passed').every((id) => id.startsWith('positive'))).toBe(true);
  }, 20_000);

  test('a refusal with another code fails, byte for byte; a seller that refuses everything fails the positive ones', async () => {
    const { states, rows } = await graded({ twist: () => 'request_signature_INVALID' });
    expect(withState(states, 'passed')).toEqual([]);
    const row = rows.find(({ address }) => address.includes('negative-015'))!;
    expect(row.validations).toContainEqual(expect.objectContaining({
      check: 'request_signing_probe', passed: false, expected: 'request_signature_invalid', actual: 'request_signature_INVALID',
    }));
  }, 20_000);

  test('a verifier that forgets nonces is caught by the second of two', async () => {
    const { states } = await graded({ twist: (code) => (code === 'request_signature_replayed' ? undefined : code) });
    expect(withState(states, 'failed')).toEqual(['negative-016']);
  }, 20_000);

  test('a single vector can be named, as the rerun of its failure does', async () => {
    const address = 'signed_requests#negative_vectors/negative-002-wrong-tag';
    const { states } = await graded({}, ['--select', address]);
    expect(states.get('negative-002')).toBe('passed');
  }, 20_000);

  test('a task that the seller does not list is not called', async () => {
    const { states } = await graded({ tools: ['create_media_buy'] });
    expect(withState(states, 'missing_tool')).toEqual(['negative-011', 'negative-027']);
  }, 20_000);
});
