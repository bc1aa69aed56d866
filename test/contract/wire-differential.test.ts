/**
 * Every published schema against AdCP's own of the same path, over generated documents and copies with one fault: what AdCP accepts,
 * we accept; what AdCP refuses for a member that we check, we refuse, and of a request we name the place that AdCP's schema objects to.
 * `npm run fuzz` looks longer (`WIRE_RUNS`) and elsewhere (`WIRE_SEED`).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRequest } from '../../src/protocol/request-check.ts';
import { viewsOf, type SchemaNode } from '../../src/protocol/wire/check/violation.ts';
import { SHAPES, type WireTask } from '../../src/protocol/wire/index.ts';
import { PUBLISHED, publishedCatalogue } from '../../src/protocol/wire/published.ts';
import { fieldPath } from '../../src/protocol/wire/check/wording.ts';
import { blamed } from '../support/blame.ts';
import { sampleOf } from '../support/from-schema.ts';
import { mutantsOf, type Place } from '../support/mutant.ts';
import { hasOfficial, officialSchemas } from '../support/official-schemas.ts';

const RUNS = Number(process.env['WIRE_RUNS'] ?? 30);
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

interface Comparison {
  valid: number;
  /** What we refuse and AdCP accepts. */
  readonly stricter: Set<string>;
  /** What we check and let pass although AdCP refuses it. */
  readonly blinder: Set<string>;
  refused: number;
  refusedByUs: number;
  /** Faults of requests in what we check, tolerances apart; and those that are answered with another place than AdCP's schema objects to. */
  faults: number;
  readonly misplaced: string[];
}

function compare(ref: string): Comparison {
  const found: Comparison = { valid: 0, stricter: new Set(), blinder: new Set(), refused: 0, refusedByUs: 0, faults: 0, misplaced: [] };
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
      if (!isChecked(PUBLISHED[ref] as SchemaNode, place) || tolerated.includes(`${ref} ${nameOf(place)}`)) continue;
      if (complaints.length === 0) found.blinder.add(`${nameOf(place)} ${change}`);
      locate(ref, document, found);
    }
  }
  return found;
}

/** Whether a request with a fault is answered with a place that AdCP's schema objects to. */
function locate(ref: string, document: unknown, found: Comparison): void {
  const task = taskOf(ref);
  if (task === undefined) return;
  found.faults += 1;
  const field = checkRequest(task, document)?.field ?? '';
  const right = blamed(officialSchemas(), ref, document).map((place) => fieldPath(place.map(String)));
  if (right.length === 0) throw new Error(`AdCP's ${ref} refuses a request, and nobody can say why: ${JSON.stringify(document)}`);
  if (!right.includes(field)) found.misplaced.push(`${task}: ${field}, not ${[...new Set(right)].join(' or ')}`);
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
  const sums = { refused: 0, refusedByUs: 0, faults: 0 };
  const misplaced: string[] = [];

  test.each(Object.keys(PUBLISHED).sort())('%s', { timeout: TIMEOUT }, (ref) => {
    const found = compare(ref);
    expect(found.valid).toBe(RUNS);
    expect([...found.stricter]).toEqual([]);
    expect([...found.blinder]).toEqual([]);
    sums.faults += found.faults;
    misplaced.push(...found.misplaced);
    if (!ref.endsWith('-response.json')) return;
    sums.refused += found.refused;
    sums.refusedByUs += found.refusedByUs;
  });

  test('and names the right place of a fault', () => {
    const share = 1 - misplaced.length / sums.faults;
    console.info([`${sums.faults} requests with a fault in what we check; ${(100 * share).toFixed(2)} % are refused at the right place`, ...new Set(misplaced)].join('\n  '));
    expect(sums.faults).toBeGreaterThan(200 * RUNS);
    expect(share).toBeGreaterThan(0.99);
  });

  test('and checks nearly every member of a response', () => {
    const share = sums.refusedByUs / sums.refused;
    console.info(`${sums.refused} broken responses that AdCP refuses; we refuse ${(100 * share).toFixed(1)} % of them`);
    expect(share).toBeGreaterThan(0.97);
  });
});
