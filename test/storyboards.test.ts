/** Our storyboards as data: what they refer to exists, and what they send and expect is AdCP. Grading is the judge's. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { openSchemaFolder, type SchemaCatalogue } from '../src/protocol/schema-catalogue.ts';

interface Check { check: string; path?: string; value?: unknown }
interface Step {
  id: string; task: string; schema_ref: string; response_schema_ref: string; sample_request: Record<string, unknown>;
  stateful: boolean; expect_error?: true; negative_path?: string; omit_idempotency_key?: true; auth?: 'none' | { value_strategy?: string }; validations: Check[]; context_outputs?: { name: string }[]; filter?: unknown;
}
interface Phase { id: string; depends_on?: string[]; steps: Step[] }
interface Storyboard {
  id: string; requires_scenarios?: string[]; prerequisites: { test_kit: string }; phases: Phase[]; required_tools: string[];
  /** What every step may use, whatever ran before it. */
  context?: Record<string, string>;
  fixtures?: { products: { product_id: string }[]; pricing_options: ({ product_id: string } & Record<string, unknown>)[] };
}

const ROOT = join(import.meta.dirname, '../storyboards');
const OFFICIAL = join(import.meta.dirname, '../../shared/adcp/3.1.19/schemas');
const read = <T>(path: string): T => parse(readFileSync(join(ROOT, path), 'utf8')) as T;
const storyboards = globSync('{universal,protocols,specialisms}/**/*.yaml', { cwd: ROOT }).sort().map((path) => ({ path, board: read<Storyboard>(path) }));
/** What is sent to the seller; steps that wait for what it posts, or look at what it showed, send nothing. */
const stepsOf = (board: Storyboard): Step[] => board.phases.flatMap((phase) => phase.steps).filter(({ task }) => !task.startsWith('expect_'));
const byId = new Map(storyboards.map(({ board }) => [board.id, board]));

describe('the bundle', () => {
  it('gives every storyboard an id of its own', () => {
    expect(storyboards.length).toBeGreaterThan(0);
    expect(byId.size).toBe(storyboards.length);
  });

  it('lists specialisms whose folder is there and asks for the same tools', () => {
    const index = JSON.parse(readFileSync(join(ROOT, 'index.json'), 'utf8')) as { specialisms: { path: string; required_tools: string[] }[] };
    for (const { path, required_tools } of index.specialisms) expect(read<Storyboard>(`${path}index.yaml`).required_tools).toEqual(required_tools);
  });

  it('seeds each product in one storyboard only, so that no two fixtures disagree', () => {
    const ids = storyboards.flatMap(({ board }) => (board.fixtures?.products ?? []).map((product) => product.product_id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('names each person in one storyboard only, so that what one storyboard sends upstream never vouches for another', () => {
    const people = storyboards.map(({ board }) => [...new Set(JSON.stringify(board).match(/[0-9a-f]{64}/g) ?? [])]);
    expect(new Set(people.flat()).size).toBe(people.flat().length);
  });

  it('asks every task for the echo of its context somewhere, but the controller', () => {
    const steps = storyboards.flatMap(({ board }) => stepsOf(board)).filter(({ task }) => task !== 'comply_test_controller');
    const [asked, all] = [steps.filter(echoes), steps].map((some) => [...new Set(some.map(({ task }) => task))].sort());
    expect(asked).toEqual(all);
  });

  it('grades per-flow reach reports at their published address', () => {
    const phase = byId.get('media_buy_seller/reach_buy_flow')?.phases.find(({ id }) => id === 'reach_delivery');
    expect(phase?.steps.map((step) => step.id)).toContain('get_reach_delivery');
  });
});

describe.each(storyboards)('$path', ({ board }) => {
  it('refers to storyboards, a test kit and phases that exist', () => {
    for (const id of board.requires_scenarios ?? []) expect([...byId.keys()]).toContain(id);
    expect(existsSync(join(ROOT, board.prerequisites.test_kit))).toBe(true);
    board.phases.forEach((phase, i) => {
      for (const id of phase.depends_on ?? []) expect(board.phases.slice(0, i).map((each) => each.id)).toContain(id);
    });
  });

  it('has step ids of its own, and a context for each step that names it', () => {
    const ids = stepsOf(board).map((step) => step.id);
    expect(new Set(ids).size).toBe(ids.length);
    const prefix = board.id.split('/').at(-1);
    for (const step of stepsOf(board)) expect(step.sample_request['context']).toMatchObject({ correlation_id: `${prefix}--${step.id}` });
  });

  it('uses only context that the phases it depends on leave behind, so that each step can be run by its address', () => {
    board.phases.forEach((phase, at) => {
      const left = new Set([...Object.keys(board.context ?? {}), ...needed(board, at).flatMap((earlier) => board.phases[earlier]!.steps).flatMap(outputs)]);
      for (const step of phase.steps) {
        for (const [, key] of JSON.stringify([step.sample_request, step.validations, step.filter]).matchAll(/"\$context\.(\w+)"/g)) expect([...left]).toContain(key);
        for (const key of outputs(step)) left.add(key);
      }
    });
  });

  it('holds successes to the schema, and context to its echo on a success and on every refusal', () => {
    // Whoever has no credential is sent away by HTTP, where there is no AdCP yet.
    const heard = stepsOf(board).filter(({ auth }) => auth === undefined || (auth !== 'none' && auth.value_strategy === undefined));
    const [refused, accepted] = [true, undefined].map((kind) => heard.filter((step) => step.expect_error === kind)) as [Step[], Step[]];
    for (const step of accepted) expect(step.validations.map(({ check }) => check)).toContain('response_schema');
    expect(accepted.some(echoes)).toBe(true);
    for (const step of refused) expect([step.id, echoes(step), step.validations[0]?.check]).toEqual([step.id, true, 'error_code']);
  });
});

const official = existsSync(OFFICIAL);
if (!official && process.env['CI'] === undefined) console.warn(`storyboards: ${OFFICIAL} is absent: requests, fixtures and paths are NOT held to the official schemas`);

describe.skipIf(!official && process.env['CI'] === undefined)('held to the official schemas', () => {
  let schemas: SchemaCatalogue;
  beforeAll(() => { schemas = openSchemaFolder(OFFICIAL); });
  const steps = storyboards.flatMap(({ board }) => stepsOf(board).map((step) => ({ address: `${board.id}#${step.id}`, step, given: board.context ?? {} })));

  it.each(steps)('$address sends what it says it sends', ({ step, given }) => {
    const issues = schemas.validate(step.schema_ref, replaced(step.sample_request, given));
    expect({ valid: issues.length === 0, issues }).toEqual({ valid: step.negative_path !== 'schema_invalid', issues });
    const mutating = (schemas.schema(step.schema_ref)?.['required'] as string[] | undefined)?.includes('idempotency_key') === true;
    // Questions may have a key too; one storyboard is about nothing else.
    const keyed = 'idempotency_key' in step.sample_request;
    expect(mutating && keyed === (step.omit_idempotency_key === true)).toBe(false);
    expect([schemas.refOf(step.task, 'request'), schemas.refOf(step.task, 'response')]).toEqual([step.schema_ref, step.response_schema_ref]);
  });

  it.each(steps)('$address looks at places that the answer can have', ({ step }) => {
    for (const place of step.validations.flatMap(placesOf)) expect([place, isKnown(schemas, step.response_schema_ref, place) || isOfError(schemas, step, place)]).toEqual([place, true]);
  });

  it.each(storyboards)('$path seeds products that are complete on their own', ({ board }) => {
    for (const product of board.fixtures?.products ?? []) {
      const pricing_options = board.fixtures!.pricing_options.filter((option) => option.product_id === product.product_id);
      expect(schemas.validate('core/product.json', { ...product, pricing_options })).toEqual([]);
    }
  });
});

/** Whether a step wants the whole of its context back, and nothing else. */
const echoes = ({ validations, sample_request }: Step): boolean =>
  validations.some(({ path, value }) => path === 'context' && isDeepStrictEqual(value, sample_request['context']));

/** What a step adds to the context; the id of a confirmed buy goes there unasked, and the status of one that is shown. */
function outputs(step: Step): string[] {
  const unasked = step.expect_error !== undefined ? [] : step.task === 'create_media_buy' ? ['media_buy_id'] : step.task === 'get_media_buys' ? ['media_buy_status'] : [];
  return [...(step.context_outputs ?? []).map(({ name }) => name), ...unasked];
}

/** Positions of the phases that must have run before the one at `at`. */
function needed(board: Storyboard, at: number): number[] {
  const direct = board.phases[at]!.depends_on?.map((id) => board.phases.findIndex((phase) => phase.id === id)) ?? [...board.phases.keys()].slice(0, at);
  return [...new Set(direct.flatMap((earlier) => [earlier, ...needed(board, earlier)]))];
}

/** What stands where a whole reference is taken from an answer. */
const isTaken = (value: unknown): boolean => typeof value === 'string' && value.startsWith('$context.');
const REFERENCES: Readonly<Record<string, object>> = { signal_ref: { scope: 'product', signal_id: 'a_signal' } };

/** Placeholders as the judge would fill them: what is given from the start, revisions as numbers, everything else as an id. */
function replaced(node: unknown, given: Readonly<Record<string, string>>): unknown {
  if (typeof node === 'string' && node.startsWith('{{runner.webhook_')) return node.replace(/\{\{runner\.webhook_[^}]*\}\}/, 'https://judge.example/step');
  const start = typeof node === 'string' ? given[node.replace(/^\$context\./, '')] : undefined;
  if (start !== undefined) return start;
  if (typeof node === 'string' && /^\$context\.\w*revision$/.test(node)) return 1;
  if (typeof node === 'string') return /^\$(context|generate)[.:]/.test(node) ? '0b9f6a53-94b1-4f5e-9d7e-2f3f1f3a7c11' : node;
  if (Array.isArray(node)) return node.map((each) => replaced(each, given));
  return typeof node === 'object' && node !== null ? Object.fromEntries(Object.entries(node).map(([key, value]) => [key, (isTaken(value) ? REFERENCES[key] : undefined) ?? replaced(value, given)])) : node;
}

/** The places that a check looks at. What must not be there has none in the schema; the document that it must not be in does. */
function placesOf({ check, path, value }: Check): string[] {
  if (path === undefined) return [];
  if (check === 'field_absent') return path.includes('.') ? [path.split('.')[0]!] : [];
  return typeof value === 'object' && value !== null ? memberPaths(value).map((tail) => path + tail) : [path];
}

/** `{a: {b: 1}, c: [{d: 2}]}` -> `.a.b`, `.c[0].d`. */
function memberPaths(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [''];
  return Object.entries(node).flatMap(([key, value]) => memberPaths(value).map((tail) => (Array.isArray(node) ? `[${key}]` : `.${key}`) + tail));
}

type Node = Record<string, unknown>;

/** Whether some arm of the schema names the place; members of an object that lists none are all allowed. */
function isKnown(schemas: SchemaCatalogue, ref: string, path: string): boolean {
  let nodes = arms(schemas, schemas.schema(ref));
  for (const segment of path.replaceAll(/\[(\d+|\*)\]/g, '.[]').split('.')) {
    if (nodes.every((node) => node['properties'] === undefined && node['items'] === undefined)) return nodes.some((node) => node['type'] === 'object');
    nodes = nodes.flatMap((node) => arms(schemas, segment === '[]' ? node['items'] : (node['properties'] as Node | undefined)?.[segment]));
    if (nodes.length === 0) return false;
  }
  return true;
}

/** Some tasks have no shape for refusals; AdCP's error stands in their envelope all the same. */
function isOfError(schemas: SchemaCatalogue, { expect_error }: Step, path: string): boolean {
  const [, member] = /^(?:errors\[0\]|adcp_error)\.(.+)$/.exec(path) ?? [];
  return expect_error === true && member !== undefined && isKnown(schemas, 'core/error.json', member);
}

function arms(schemas: SchemaCatalogue, node: unknown): Node[] {
  if (typeof node !== 'object' || node === null) return [];
  const { $ref, allOf, anyOf, oneOf } = node as Record<'$ref' | 'allOf' | 'anyOf' | 'oneOf', unknown>;
  const target = typeof $ref === 'string' ? schemas.schema($ref.replace(/^\/schemas\/[^/]+\//, '')) : undefined;
  return [node as Node, ...[target, ...[allOf, anyOf, oneOf].flat()].flatMap((each) => arms(schemas, each))];
}
