import { describe, expect, test } from 'vitest';
import { FAILED, PASSED, report, skip, UNCOUNTED } from '../../test/support/storyboards.ts';
import type { StoryboardVerdict } from '../judge/verdict.ts';
import type { StepOutcome } from '../step-report.ts';
import { countSteps, tally } from './counts.ts';
import { escapeControls, quote, showId } from './quote.ts';
import { redactor, shownHeaders } from './redact.ts';
import { rerunLine } from './rerun.ts';
import type { StoryboardRecord } from './run-record.ts';
import { overallStatus, trackStatuses } from './tracks.ts';

describe('redaction', () => {
  const { payload, text } = redactor(['sekrit-token', 'abc']);

  test('takes values out under secret keys at any depth, whatever their type', () => {
    expect(payload({ a: [{ API_Key: 'x', 'api-key': { deep: 1 }, session_token: 3 }], note: 'kept', token: null })).toEqual({
      a: [{ API_Key: '[redacted]', 'api-key': '[redacted]', session_token: '[redacted]' }], note: 'kept', token: null,
    });
  });

  test('takes the run\'s own secrets out wherever they stand, keys included; texts too short to be told from words are left', () => {
    expect(
      payload({ 'is sekrit-token': ['Bearer sekrit-token!'], b: 'abcdef' })
    ).toEqual({ 'is [redacted]': ['Bearer [redacted]!'], b: 'abcdef' });
    expect(text('sekrit-tokensekrit-token')).toBe('[redacted][redacted]');
  });

  test.each([
    'authorization', 'credential', 'credentials', 'token', 'api_key', 'api-key', 'apikey', 'password', 'secret', 'client_secret', 'client-secret',
    'refresh_token', 'access_token', 'bearer', 'session_token', 'offering_token', 'cookie', 'set_cookie', 'set-cookie', 'X-Api-Key',
  ])('takes out what stands under %s', (name) => {
    expect(payload({ [name]: 'x', [`${name}_x`]: 'y' })).toEqual({ [name]: '[redacted]', [`${name}_x`]: 'y' });
  });

  test('shows only headers that are known to be harmless', () => {
    const harmless = ['content-type', 'content-length', 'content-encoding', 'www-authenticate', 'location', 'retry-after', 'x-request-id', 'x-correlation-id'];
    expect(Object.keys(shownHeaders(Object.fromEntries([...harmless, 'server', 'date'].map((name) => [name, 'x'])), { payload, text }))).toEqual(harmless);
    expect(
      shownHeaders({ 'content-type': 'a', 'set-cookie': 'b', location: '/?t=sekrit-token', 'x-custom': 'c' }, { payload, text })
    ).toEqual({ 'content-type': 'a', location: '/?t=[redacted]' });
  });
});

describe('foreign text', () => {
  test('is shown with every control character escaped, on one line', () => {
    expect(escapeControls('a\u001b[31mb\nc\u202ed\u0085')).toBe('a\\u001b[31mb\\u000ac\\u202ed\\u0085');
    expect(quote('x"\u001b')).toBe('"x\\"\\u001b"');
    expect(quote('x'.repeat(300), 10)).toBe('"xxxxxxxxx… (302 characters)');
    expect([showId('media_buy_seller/x#p/s'), showId('evil id\n')]).toEqual(['media_buy_seller/x#p/s', '"evil id\\n"']);
  });
});

describe('the command that runs a part again', () => {
  test('is safe to paste and shows no credential', () => {
    const flags = [
      { flag: '--bundle', values: ['my bundle'] }, { flag: '--token', values: ['t0ken'] }, { flag: '--kit-token', values: ['live=t0ken', 'it$=t0ken'] },
      { flag: '--map', values: ['https://a=http://127.0.0.1:1', 'https://b=http://127.0.0.1:2'] }, { flag: '--allow-private', values: [] },
    ];
    expect(rerunLine({ url: 'http://x/mcp?a=1&b=2', flags }, "s#p/it's")).toBe([
      `adwright storyboard run 'http://x/mcp?a=1&b=2' --bundle 'my bundle' --token "$TOKEN" --kit-token live="$TOKEN" --kit-token 'it$'="$TOKEN"`,
      `--map https://a=http://127.0.0.1:1 --map https://b=http://127.0.0.1:2 --allow-private --select 's#p/it'\\''s'`,
    ].join(' '));
  });

  test('leaves out what chose and told this run, and its seed: a seller remembers the keys that came of it', () => {
    const flags = ['--select', '--exclude', '--report', '--baseline', '--seed'].map((flag) => ({ flag, values: ['x'] }));
    expect(rerunLine({ url: 'http://x', flags: [...flags, { flag: '--verbose', values: [] }] }, 's')).toBe('adwright storyboard run http://x --select s');
  });
});

describe('counting', () => {
  test('planned is passed + failed + skipped + not run, failures in optional phases among the failed', () => {
    expect(countSteps(6, [PASSED, FAILED, UNCOUNTED, skip('missing_tool')].map((outcome, i) => report('p', `s${i}`, outcome))))
      .toEqual({ planned: 6, passed: 1, failed: 2, failed_optional: 1, skipped: 1, not_run: 2 });
    expect(tally(['b', 'a', 'b'])).toEqual({ b: 2, a: 1 });
  });

  const board = (track: string, outcomes: readonly StepOutcome[], verdict?: StoryboardVerdict, observed = 1): StoryboardRecord => ({
    id: track, title: '', track, because: '', order: outcomes.map((_, i) => `s${i}`), planned: new Set(), duration_ms: 0, warnings: [], invariants: [{ id: 'i', observation_count: observed }],
    reports: new Map(outcomes.map((outcome, i) => [`s${i}`, report('p', `s${i}`, outcome)])), ...(verdict !== undefined && { verdict }),
  });

  test.each<[string, readonly StoryboardRecord[], string]>([
    ['passes', [board('t', [PASSED], 'passed')], 'pass'], ['fails in all', [board('t', [FAILED], 'failed')], 'fail'],
    ['fails in part', [board('t', [PASSED, FAILED], 'failed')], 'partial'],
    ['is skipped', [board('t', [skip('missing_tool')], 'not_applicable')], 'skip'],
    ['has no steps', [board('t', [], 'not_applicable')], 'skip'],
    ['has a storyboard that is unproven', [board('t', [PASSED], 'passed'), board('t', [skip('missing_tool')], 'unproven')], 'partial'],
    ['is silent', [board('t', [PASSED], 'passed', 0)], 'silent'], ['was not finished', [board('t', [PASSED])], 'incomplete'],
  ])('a track that %s', (_what, records, status) => {
    expect(trackStatuses(records)).toEqual({ t: status });
  });

  test('the run is passing, failing or partial by its tracks', () => {
    expect(overallStatus({ a: 'pass', b: 'skip' })).toBe('passing');
    expect(overallStatus({ a: 'fail', b: 'skip' })).toBe('failing');
    expect(overallStatus({ a: 'fail', b: 'pass' })).toBe('partial');
    expect(overallStatus({ a: 'skip' })).toBe('partial');
    expect(overallStatus({ a: 'pass', b: 'incomplete' })).toBe('partial');
  });
});
