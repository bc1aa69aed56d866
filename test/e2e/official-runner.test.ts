/** The judge beside the official runner at hand: every difference is known by its cause, and a new one shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { besideTheOfficialRunner } from '../support/official-runner.ts';

type Line = readonly [official: string, ours: string, step: string];
const KNOWN = parse(readFileSync(join(import.meta.dirname, 'official-runner.yaml'), 'utf8')) as Readonly<Record<string, readonly Line[]>>;

test('--compat official comes to the official results, but for what is listed with its cause', async () => {
  const { graded, differences } = await besideTheOfficialRunner();
  expect(graded).toBeGreaterThan(150);
  expect(differences).toEqual(Object.fromEntries(Object.values(KNOWN).flat().map(([official, ours, step]) => [step, [official, ours]])));
}, 300_000);
