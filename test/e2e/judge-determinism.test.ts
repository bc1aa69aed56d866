/** The same seller and the same seed: the same report, but for what two runs have to differ in. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { storyboard } from '../support/judge.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { startSeller } from '../support/seller.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const PUBLIC = 'https://seller.adwright.example';

/** Members that tell when, and how long; a cursor holds the time of its row. */
const PASSING = /(?:_ms|_at|_time|timestamp|^date|^created|^updated|^response_time|^cursor)$/;
/** Names that a seller gives, times that it tells, addresses of this machine. */
const OWN_NAMES = [
  /\b[a-z]{2,6}_[0-9a-f]{8,}\b/g, /\b\d{4}-\d\d-\d\dT[\d:.]+Z?\b/g, /127\.0\.0\.1:\d+/g, /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
];

function stable(value: unknown, key = ''): unknown {
  if (PASSING.test(key)) return '';
  if (typeof value === 'string') return OWN_NAMES.reduce((text, pattern) => text.replace(pattern, '*'), value);
  if (Array.isArray(value)) return value.map((each) => stable(each));
  return value === null || typeof value !== 'object' ? value : Object.fromEntries(Object.entries(value).map(([name, member]) => [name, stable(member, name)]));
}

interface Row { readonly address: string; readonly request?: object; readonly response?: object }
interface Report { readonly run: Record<string, unknown>; readonly step_results: readonly Row[] }

/** What a run on a seller of its own reported, without the words of the seller. */
async function reported(bundle: readonly string[]): Promise<unknown> {
  const seller = await startSeller({ public_url: `${PUBLIC}/mcp` });
  try {
    const { out, err } = await storyboard(
      ['run', `${PUBLIC}/mcp`, '--map', `${PUBLIC}=${new URL(seller.url).origin}`, '--token', seller.token, '--seed', '7', '--no-webhooks', '--json', '-', ...bundle],
      { cwd: ROOT }
    );
    expect(err).toContain('verdict');
    const report = JSON.parse(out) as Report;
    return stable({ ...report, step_results: report.step_results.map(({ response: _answered, ...row }) => row) });
  } finally {
    await seller.close();
  }
}

async function expectSame(bundle: readonly string[]): Promise<void> {
  expect(await reported(bundle)).toEqual(await reported(bundle));
}

describe('two runs with one seed on fresh sellers ask the same and report the same', () => {
  test('with our bundle', () => expectSame([]), 120_000);

  test.runIf(hasOfficial('that runs of the official storyboards repeat themselves'))('with the official one', () =>
    expectSame(['--bundle', join(ROOT, '..', 'shared', 'adcp', '3.1.19')]), 180_000);
});
