/**
 * Our shapes against AdCP's own schemas, over generated documents: what AdCP accepts, we accept; what AdCP refuses for a
 * member that we check, we refuse. `WIRE_RUNS=5000` looks longer, `WIRE_SEED` elsewhere.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { checkRequest } from '../../src/protocol/request-check.ts';
import { viewsOf, type SchemaNode } from '../../src/protocol/wire/check/violation.ts';
import { SHAPES, type TaskShape, type WireTask } from '../../src/protocol/wire/index.ts';
import { PUBLISHED, publishedCatalogue } from '../../src/protocol/wire/published.ts';
import { sampleOf } from '../support/from-schema.ts';
import { mutantOf, type Choice, type Place } from '../support/mutant.ts';
import { hasOfficial, officialSchemas } from '../support/official-schemas.ts';

const RUNS = Number(process.env['WIRE_RUNS'] ?? 150);
const SEED = Number(process.env['WIRE_SEED'] ?? 31_319);
const LONG = 1000 * Math.max(20, RUNS / 20);

const here = hasOfficial('that our request and response shapes agree with the official schemas');
const tasks = Object.keys(SHAPES) as WireTask[];
const responses = [...tasks.map((task) => SHAPES[task].ref.response), ...Object.keys(PUBLISHED).filter((path) => path.endsWith('-submitted.json'))];

const isOfficial = (ref: string, document: unknown) => officialSchemas().validate(ref, document).length === 0;

/** Runs `check` on generated documents that the official schema accepts; most of the generated ones must be such. */
function forOfficial(ref: string, check: (document: unknown, choice: Choice) => void): void {
  let valid = 0;
  const choices: fc.Arbitrary<Choice> = fc.record({ place: fc.nat(), change: fc.nat(), value: fc.nat() });
  fc.assert(fc.property(fc.gen(), choices, (draw, choice) => {
    const document = sampleOf(officialSchemas(), ref, draw);
    if (!isOfficial(ref, document)) return;
    valid += 1;
    check(document, choice);
  }), { numRuns: RUNS, seed: SEED, endOnFailure: true });
  expect(valid).toBeGreaterThan(RUNS * 0.7);
}

describe.skipIf(!here)('a document that AdCP accepts', () => {
  test.each(responses)('is accepted as %s', { timeout: LONG }, (ref) => {
    forOfficial(ref, (document) => expect(publishedCatalogue().validate(ref, document)).toEqual([]));
  });

  test.each(tasks)('is accepted as a request of %s, and by the published schema of it', { timeout: LONG }, (task) => {
    const ref = SHAPES[task].ref.request;
    forOfficial(ref, (document) => {
      expect(checkRequest(task, document)).toBeUndefined();
      expect(publishedCatalogue().validate(ref, document)).toEqual([]);
    });
  });
});

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
  const byPattern = Object.entries((view['patternProperties'] ?? {}) as Record<string, SchemaNode>).find(([pattern]) => new RegExp(pattern).test(part))?.[1];
  const others = view['additionalProperties'];
  return byName ?? byPattern ?? (typeof others === 'object' ? (others as SchemaNode) : undefined);
}

/** Rows of the table in docs/tolerances.md: the members of a task that may be taken where AdCP's schema refuses. */
const tolerated = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'tolerances.md'), 'utf8').split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap(([, task, member]) => (task !== undefined && tasks.includes(task.replaceAll('`', '') as WireTask)
    ? (member ?? '').split(',').map((name) => `${task} ${name.trim()}`.replaceAll('`', '')) : []));

const memberName = (place: Place) => place.reduce<string>((name, part) => (typeof part === 'number' ? `${name}[]` : name === '' ? part : `${name}.${part}`), '');

describe.skipIf(!here)('a document that AdCP refuses for a member that we check', () => {
  const refused = { byAdcp: 0, byUs: 0 };

  function gapsOf(ref: string, shape: SchemaNode, weRefuse: (document: unknown) => boolean): string[] {
    const gaps = new Set<string>();
    forOfficial(ref, (document, choice) => {
      const mutant = mutantOf(document, choice);
      if (mutant === undefined || isOfficial(ref, mutant.document)) return;
      const weDo = weRefuse(mutant.document);
      refused.byAdcp += 1;
      refused.byUs += weDo ? 1 : 0;
      if (!weDo && isChecked(shape, mutant.place)) gaps.add(`${memberName(mutant.place)} ${mutant.change}`);
    });
    return [...gaps].sort();
  }

  test.each(tasks)('is refused as a response of %s', { timeout: LONG }, (task) => {
    const { ref, response }: TaskShape = SHAPES[task];
    expect(gapsOf(ref.response, response as SchemaNode, (document) => publishedCatalogue().validate(ref.response, document).length > 0)).toEqual([]);
  });

  test('is nearly every refused response, because we check nearly every member', () => {
    console.info(`responses that AdCP refuses: ${refused.byAdcp}; of them we refuse ${(100 * refused.byUs / refused.byAdcp).toFixed(1)} %`);
    expect(refused.byUs / refused.byAdcp).toBeGreaterThan(0.98);
    Object.assign(refused, { byAdcp: 0, byUs: 0 });
  });

  test.each(tasks)('is refused as a request of %s, but for the listed tolerances', { timeout: LONG }, (task) => {
    const { ref, request }: TaskShape = SHAPES[task];
    const gaps = gapsOf(ref.request, request as SchemaNode, (document) => checkRequest(task, document) !== undefined);
    expect(gaps.filter((gap) => !tolerated.includes(`${task} ${gap.split(' ')[0]}`))).toEqual([]);
  });

  afterAll(() => console.info(`requests that AdCP refuses: ${refused.byAdcp}; of them we refuse ${(100 * refused.byUs / refused.byAdcp).toFixed(1)} %`));
});
