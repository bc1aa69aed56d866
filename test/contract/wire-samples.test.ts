import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkRequest } from '../../src/protocol/request-check.ts';
import { SHAPES, type WireTask } from '../../src/protocol/wire/index.ts';
import { valueAt } from '../support/from-schema.ts';
import { hasOfficial, OFFICIAL_STORYBOARDS, officialSchemas } from '../support/official-schemas.ts';

interface Step { id: string; task: string; sample_request?: object; expect_error?: boolean; sample_request_skip_schema?: boolean }
interface Sample { name: string; task: WireTask; request: object }

const here = hasOfficial('that our request shapes accept the sample requests of the official storyboards');
const samples = here ? globSync('**/*.yaml', { cwd: OFFICIAL_STORYBOARDS }).sort().flatMap(samplesOf) : [];

function samplesOf(file: string): Sample[] {
  const storyboard = parse(readFileSync(join(OFFICIAL_STORYBOARDS, file), 'utf8')) as { phases?: { steps?: Step[] }[] } | null;
  return (storyboard?.phases ?? []).flatMap((phase) => phase.steps ?? []).flatMap((step) => {
    const counts = step.sample_request !== undefined && step.task in SHAPES && !step.expect_error && !step.sample_request_skip_schema;
    return counts ? [{ name: `${file} ${step.id}`, task: step.task as WireTask, request: step.sample_request! }] : [];
  });
}

const PLACEHOLDER = /^\$|\{\{/;
const draw = fc.sample(fc.gen(), { seed: 1, numRuns: 1 })[0]!;

/** What a runner would send: placeholders become values of the type that the official schema has at that place. */
function filled(task: WireTask, value: unknown, path: (string | number)[] = []): unknown {
  if (Array.isArray(value)) return value.map((item, at) => filled(task, item, [...path, at]));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, filled(task, member, [...path, name])]));
  if (typeof value !== 'string' || !PLACEHOLDER.test(value)) return value;
  return valueAt(officialSchemas(), SHAPES[task].ref.request, path, draw) ?? 'a text';
}

/** Tasks that no storyboard at hand calls by this name. */
const UNSAMPLED: readonly WireTask[] = ['tasks_get', 'get_account_financials'];

/** A runner makes a key for every call that wants one. */
function withKey(task: WireTask, request: object): object {
  const wantsKey = (SHAPES[task].request.required as readonly string[] | undefined)?.includes('idempotency_key');
  return wantsKey ? { idempotency_key: 'a-key-of-the-runner-1', ...request } : request;
}

describe.skipIf(!here)('sample requests of the official storyboards', () => {
  test('are there for every task that mutates or reads buys', () => {
    expect(samples.length).toBeGreaterThan(300);
    expect(new Set(samples.map((sample) => sample.task)).size).toBe(Object.keys(SHAPES).length - UNSAMPLED.length);
  });

  test.each(Object.keys(SHAPES) as WireTask[])('are accepted: %s', (task) => {
    const refused = samples.filter((sample) => sample.task === task).flatMap(({ name, request }) => {
      const issue = checkRequest(task, withKey(task, filled(task, request) as object));
      return issue === undefined ? [] : [`${name}: ${issue.message}`];
    });
    expect(refused).toEqual([]);
  });
});
