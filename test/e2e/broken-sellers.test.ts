/** Every lie against the storyboards of ours that are known to catch it; `adwright prove` holds each against all of them. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { crewOf, type Crew } from '../../src/main/prove/crew.ts';
import type { Grading } from '../../src/main/prove/grading.ts';
import { LIES, type ListedLie } from '../../training-agent/broken/index.ts';

/** By lie: the steps that it fails, in the storyboards that they belong to. Steps that build on a failed one are skipped, not failed. */
const CAUGHT_BY = parse(readFileSync(join(import.meta.dirname, 'caught-by.yaml'), 'utf8')) as Readonly<Record<string, readonly string[]>>;
const storyboardOf = (step: string): string => step.slice(0, step.indexOf('#'));
const titleOf = ({ kind, name }: ListedLie): string => `${kind}/${name}`;
/** A lie that official storyboards alone can catch has no steps here; `npm run prove` shows that they do. */
const OURS_CATCH = LIES.filter((lie) => CAUGHT_BY[titleOf(lie)]?.length !== 0);

let crew: Crew;
let gradings: ReadonlyMap<string, Promise<Grading>>;
beforeAll(() => {
  crew = crewOf(2 * availableParallelism());
  gradings = new Map(OURS_CATCH.map((lie) => [titleOf(lie), graded(lie)]));
  for (const each of gradings.values()) each.catch(() => {});
});
afterAll(() => crew.dismiss());

function graded(lie: ListedLie): Promise<Grading> {
  const storyboards = [...new Set((CAUGHT_BY[titleOf(lie)] ?? []).map(storyboardOf))];
  return crew.grade({ suite: 'ours', flags: storyboards.flatMap((id) => ['--select', id]), lie: { name: lie.name, module: lie.module } });
}

test('every lie is in the list of what catches it, and nothing else is', () => {
  expect(Object.keys(CAUGHT_BY).sort()).toEqual(LIES.map(titleOf).sort());
});

describe('a seller that tells one lie fails exactly the steps that ask for that promise:', () => {
  test.each(OURS_CATCH.map((lie) => [titleOf(lie), lie.promise] as const))('%s (%s)', async (title) => {
    const { failed, code, detail } = await gradings.get(title)!;
    expect([Object.values(failed).flat().sort(), code, detail]).toEqual([[...CAUGHT_BY[title]!].sort(), 1, expect.any(String)]);
  }, 240_000);
});
