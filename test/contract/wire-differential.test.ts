/**
 * Every published schema against AdCP's own of the same path, over generated documents: what AdCP accepts, we accept; what
 * AdCP refuses for a member that we check, we refuse. `WIRE_RUNS=600` looks longer, `WIRE_SEED` elsewhere.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRequest } from '../../src/protocol/request-check.ts';
import { viewsOf, type SchemaNode } from '../../src/protocol/wire/check/violation.ts';
import { SHAPES, type WireTask } from '../../src/protocol/wire/index.ts';
import { PUBLISHED, publishedCatalogue } from '../../src/protocol/wire/published.ts';
import { sampleOf } from '../support/from-schema.ts';
import { mutantsOf, type Place } from '../support/mutant.ts';
import { hasOfficial, officialSchemas } from '../support/official-schemas.ts';

const RUNS = Number(process.env['WIRE_RUNS'] ?? 40);
const MUTANTS = 25;
const SEED = Number(process.env['WIRE_SEED'] ?? 31_319);
const TIMEOUT = 500 * Math.max(40, RUNS);

const here = hasOfficial('that our request and response shapes agree with the official schemas');
const tasks = Object.keys(SHAPES) as WireTask[];
const taskOf = (ref: string): WireTask | undefined => tasks.find((task) => SHAPES[task].ref.request === ref);

/** Rows of docs/tolerances.md: `<path of the request> <member>` that may be taken where AdCP's schema refuses. */
const tolerated = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'tolerances.md'), 'utf8').split('\n')
  .map((line) => line.replaceAll('`', '').split('|').map((cell) => cell.trim()))
  .flatMap(([, task, members = '']) => (tasks.includes(task as WireTask)
    ? members.split(',').map((member) => `${SHAPES[task as WireTask].ref.request} ${member.trim()}`) : []));

interface Comparison { valid: number; stricter: Set<string>; blinder: Set<string>; refused: number; refusedByUs: number }

function compare(ref: string): Comparison {
  const found: Comparison = { valid: 0, stricter: new Set(), blinder: new Set(), refused: 0, refusedByUs: 0 };
  const isOfficial = (document: unknown) => officialSchemas().validate(ref, document).length === 0;
  for (const [run, draw] of fc.sample(fc.gen(), { numRuns: 3 * RUNS, seed: SEED }).entries()) {
    if (found.valid === RUNS) break;
    const original = sampleOf(officialSchemas(), ref, draw);
    if (!isOfficial(original)) continue;
    found.valid += 1;
    for (const complaint of ours(ref, original)) found.stricter.add(complaint);
    for (const { document, place, change } of mutantsOf(original, MUTANTS, run)) {
      const complaints = ours(ref, document);
      if (isOfficial(document)) {
        for (const complaint of complaints) found.stricter.add(complaint);
        continue;
      }
      found.refused += 1;
      if (complaints.length > 0) found.refusedByUs += 1;
      else if (isChecked(PUBLISHED[ref] as SchemaNode, place) && !tolerated.includes(`${ref} ${nameOf(place)}`))
        found.blinder.add(`${nameOf(place)} ${change}`);
    }
  }
  return found;
}

/** What we have against a document. A request is also shown to the check that the seller runs; the two must agree. */
function ours(ref: string, document: unknown): string[] {
  const issues = publishedCatalogue().validate(ref, document)
    .map((issue) => `${issue.instance_path.replaceAll(/\/\d+/g, '/#')} ${issue.message}`);
  const task = taskOf(ref);
  if (task !== undefined && (checkRequest(task, document) === undefined) !== (issues.length === 0))
    throw new Error(`checkRequest and ${ref} disagree about ${JSON.stringify(document)}`);
  return issues;
}

const nameOf = (place: Place) => place.map((part) => (typeof part === 'number' ? '[]' : `.${part}`)).join('').replace(/^\./, '');

/** Whether the shape says anything of a place. */
function isChecked(shape: SchemaNode, place: Place): boolean {
  let views = viewsOf(shape);
  for (const part of place) {
    views = views.flatMap((view) => viewsOf(partOf(view, part)));
    if (views.every((view) => Object.keys(view).length === 0)) return false;
  }
  return true;
}

function partOf(view: SchemaNode, part: string | number): SchemaNode | undefined {
  if (typeof part === 'number') return view['items'] as SchemaNode | undefined;
  const byName = (view['properties'] as Record<string, SchemaNode> | undefined)?.[part];
  const patterns = Object.entries((view['patternProperties'] ?? {}) as Record<string, SchemaNode>);
  const byPattern = patterns.find(([pattern]) => new RegExp(pattern).test(part))?.[1];
  const others = view['additionalProperties'];
  return byName ?? byPattern ?? (typeof others === 'object' ? (others as SchemaNode) : undefined);
}

describe.skipIf(!here)('our schema is neither stricter than the official one nor blinder for what it checks', () => {
  const sums = { refused: 0, refusedByUs: 0 };

  test.each(Object.keys(PUBLISHED).sort())('%s', { timeout: TIMEOUT }, (ref) => {
    const { valid, stricter, blinder, refused, refusedByUs } = compare(ref);
    expect(valid).toBe(RUNS);
    expect([...stricter]).toEqual([]);
    expect([...blinder]).toEqual([]);
    if (!ref.endsWith('-response.json')) return;
    sums.refused += refused;
    sums.refusedByUs += refusedByUs;
  });

  test('and checks nearly every member of a response', () => {
    const share = sums.refusedByUs / sums.refused;
    console.info(`${sums.refused} broken responses that AdCP refuses; we refuse ${(100 * share).toFixed(1)} % of them`);
    expect(share).toBeGreaterThan(0.97);
  });
});
