/** Our seller held to AdCP's request-signing vectors: over the wire, by the judge. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RequestSigningSettings } from '../../src/config/shape.ts';
import { toolCaller } from '../support/mcp-call.ts';
import { storyboard } from '../support/judge.ts';
import type { Report } from '../support/judge-run.ts';
import { hasOfficial, OFFICIAL_STORYBOARDS } from '../support/official-schemas.ts';
import { startSeller } from '../support/seller.ts';
import { SIGNING_KEYS } from '../../training-agent/signers.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PUBLIC = 'https://seller.adwright.example';
const official = hasOfficial('that our seller decides signed requests as AdCP\'s vectors say');

const settings = (more: Partial<RequestSigningSettings> = {}): RequestSigningSettings => ({
  required_for: ['create_media_buy'], protocol_methods_required_for: ['tasks/cancel'],
  signers: [{
    principal_id: 'acme-outdoor', signs_in: true, revoked_kids: ['test-revoked-2026'],
    jwks_file: join(OFFICIAL_STORYBOARDS, 'test-vectors', 'request-signing', 'keys.json'),
  }],
  ...more,
});

/** Grades a seller with these settings, and tells what came of each vector. */
async function graded(more: Partial<RequestSigningSettings> = {}, args: readonly string[] = [], suite: readonly string[] = ['--bundle', '../shared/adcp/3.1.19', '--select', 'signed_requests']) {
  const seller = await startSeller({ public_url: `${PUBLIC}/mcp`, config: { request_signing: settings(more) } });
  try {
    const { origin } = new URL(seller.url);
    const { out, err } = await storyboard([
      'run', `${PUBLIC}/mcp`, '--map', `${PUBLIC}=${origin}`, '--token', seller.token, ...suite, '--json', '-', '--seed', '5', ...args,
    ], { cwd: ROOT });
    if (out === '') throw new Error(err);
    const rows = (JSON.parse(out) as Report).step_results;
    const named = (outcome: string) => rows.filter((row) => row.outcome === outcome).map(({ address }) => address.replace(/^.*[/#]/, '').slice(0, 12));
    return { passed: named('passed'), failed: named('failed'), skipped: named('skipped') };
  } finally {
    await seller.close();
  }
}

/** What a single endpoint cannot show, or nobody can send: the unit tests of the verifier decide these. */
const UNSHOWN = ['positive-005', 'positive-006', 'positive-007', 'positive-008', 'positive-009', 'positive-010', 'positive-011', 'positive-012', 'negative-025', 'negative-026'];

describe.runIf(official)('AdCP\'s vectors of signed requests', () => {
  test('are taken and refused as published', async () => {
    const { passed, failed, skipped } = await graded();
    expect(failed).toEqual([]);
    expect(skipped.toSorted()).toEqual([...UNSHOWN, 'negative-007', 'negative-018', 'negative-020'].toSorted());
    expect(passed).toHaveLength(28);
  }, 60_000);

  test.each([['required', 'negative-007', 'negative-018'], ['forbidden', 'negative-018', 'negative-007']] as const)(
    'are taken and refused by a seller to whom the digest of the body is %s', async (covers_content_digest, shown, left) => {
      const { passed, failed, skipped } = await graded({ covers_content_digest });
      expect(failed).toEqual([]);
      expect([passed.includes(shown), skipped.includes(left)]).toEqual([true, true]);
    }, 60_000);

  test('fill the room that a key has, and are refused from then on', async () => {
    const { passed, failed } = await graded({ nonces_per_key: 100 }, ['--trip-rate-limits']);
    expect(failed).toEqual([]);
    expect(passed).toContain('negative-020');
  }, 60_000);
});

describe('request signing', () => {
  test.runIf(official)('is declared as it is configured, with where the seller is looked up', async () => {
    const seller = await startSeller({ public_url: `${PUBLIC}/mcp`, config: { request_signing: settings({ warn_for: ['update_media_buy'], supported_for: ['create_media_buy', 'update_media_buy'] }) } });
    const { document } = await toolCaller(seller.url, seller.token)('get_adcp_capabilities', {});
    await seller.close();
    expect(document).toMatchObject({
      request_signing: {
        supported: true, covers_content_digest: 'either', required_for: ['create_media_buy'], warn_for: ['update_media_buy'], supported_for: ['create_media_buy', 'update_media_buy'],
        protocol_methods_supported_for: ['tasks/get', 'tasks/list', 'tasks/cancel'], protocol_methods_required_for: ['tasks/cancel'],
      },
      identity: { brand_json_url: `${PUBLIC}/.well-known/brand.json` },
    });
    expect(seller.violations).toEqual([]);
  });

  test('is not declared where it is not configured', async () => {
    const seller = await startSeller({ public_url: `${PUBLIC}/mcp` });
    const { document } = await toolCaller(seller.url, seller.token)('get_adcp_capabilities', {});
    await seller.close();
    expect(document['request_signing']).toEqual({ supported: false });
  });
});

describe('our own vectors', () => {
  const KEYS = join(ROOT, 'storyboards', 'test-vectors', 'request-signing', 'keys.json');

  test('are signed with the keys that lying sellers of the sandbox know', () => {
    const { keys } = JSON.parse(readFileSync(KEYS, 'utf8')) as { keys: ({ _private_d_for_test_only: string } & (typeof SIGNING_KEYS)[number])[] };
    expect(SIGNING_KEYS).toEqual(keys.map(({ _private_d_for_test_only: _private, ...key }) => key));
  });

  test('are taken and refused as they say', async () => {
    const signers = [{ principal_id: 'acme-outdoor', signs_in: true, revoked_kids: ['larkspur-revoked'], jwks_file: KEYS }];
    const { passed, failed, skipped } = await graded({ signers }, ['--select', 'signed_calls'], []);
    expect([failed, skipped, passed.length]).toEqual([[], [], 22]);
  }, 60_000);
});
