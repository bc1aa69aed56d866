/**
 * Requests made from AdCP's own schemas, and copies of them with one fault, against the whole seller: it never breaks, whatever it
 * answers satisfies AdCP, a refusal says where, and what is refused leaves the store as it was. `npm run fuzz` asks longer (`REQUEST_RUNS`,
 * `REQUEST_FAULTS`) and elsewhere (`WIRE_SEED`).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ERRORS } from '../../src/protocol/errors.ts';
import { checkRequest } from '../../src/protocol/request-check.ts';
import { SHAPES, type WireTask } from '../../src/protocol/wire/index.ts';
import { sampleOf } from '../support/from-schema.ts';
import { grounded, type Known } from '../support/grounded.ts';
import { mutantsOf } from '../support/mutant.ts';
import { officialIssues } from '../support/official.ts';
import { hasOfficial, officialSchemas } from '../support/official-schemas.ts';
import { openedSandbox, type OpenedSandbox } from '../support/opened-sandbox.ts';
import { aroundRefusals } from '../support/store-digest.ts';
import { isObject, type Json } from '../support/schema-demands.ts';

const RUNS = Number(process.env['REQUEST_RUNS'] ?? 15);
/** Copies with a fault, of each request. */
const FAULTS = Number(process.env['REQUEST_FAULTS'] ?? 4);
/** Refused requests of each task that are sent again between two looks at the store. */
const MOST_REPEATED = 2_000;
/** So often something is said when it takes long, in requests. */
const SAY = 5_000;
const SEED = Number(process.env['WIRE_SEED'] ?? 31_319);
const here = hasOfficial('that the seller answers any request of the official schemas as AdCP wants');

let folder: string;
let file: string;
let seller: OpenedSandbox;
let known: Known;
/** A fresh one for each task: what one task's requests close or delete would bar the way for the next. */
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adwright-generated-'));
  file = join(folder, 'store.sqlite');
  seller = await openedSandbox(undefined, { file });
  known = await stocked(seller);
});
afterEach(async () => {
  await seller.close();
  rmSync(folder, { recursive: true, force: true });
});

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };

const PACKAGES = [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }];

/** One of everything, and the names under which requests speak of it. */
async function stocked({ call }: OpenedSandbox): Promise<Known> {
  const keyed = (task: string, request: Json) => call(task, { idempotency_key: `stock-${task}-0123456789`, account: ACCOUNT, ...request });
  await keyed('sync_event_sources', { event_sources: [{ event_source_id: 'site', event_types: ['purchase'] }] });
  await keyed('sync_audiences', { audiences: [{ audience_id: 'loyal', add: [{ external_id: 'one', hashed_email: 'a'.repeat(64) }] }] });
  const order = {
    account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-12-31T23:59:59Z',
    packages: PACKAGES,
  };
  const { media_buy_id, packages } = await keyed('create_media_buy', order) as { media_buy_id: string; packages: { package_id: string }[] };
  const { products } = await call('get_products', { buying_mode: 'wholesale', account: ACCOUNT }) as unknown as { products: { product_id: string; format_ids?: object[] }[] };
  const { proposals = [] } = await call('get_products', { buying_mode: 'brief', brief: 'display for campers', account: ACCOUNT }) as unknown as { proposals?: { proposal_id: string }[] };
  await call('comply_test_controller', { scenario: 'force_create_media_buy_arm', params: { arm: 'submitted', task_id: 'task-that-waits' }, account: ACCOUNT });
  await call('create_media_buy', { ...order, idempotency_key: 'stock-submitted-0123456789' });
  return {
    task_id: ['task-that-waits'], account: [ACCOUNT], brand: [ACCOUNT.brand], media_buy_id: [media_buy_id], package_id: [packages[0]!.package_id], event_source_id: ['site'], audience_id: ['loyal'],
    audience_include: ['loyal'], product_id: [...Array.from({ length: 40 }, () => 'test-product'), ...products.map((product) => product.product_id)], pricing_option_id: ['default', 'test-pricing'],
    proposal_id: proposals.map((proposal) => proposal.proposal_id), format_id: products.flatMap((product) => product.format_ids ?? []),
    start_time: ['2098-01-01T00:00:00Z'], end_time: ['2099-06-01T00:00:00Z'], event_type: ['purchase'],
    start_date: ['2026-03-01'], end_date: ['2027-02-01'],
  };
}

/** Requests that AdCP's schema accepts: as many as asked for, none of a version that is not served. */
function requestsFor(task: WireTask): Json[] {
  const { request: ref } = SHAPES[task].ref;
  const found: Json[] = [];
  for (const [at, draw] of fc.sample(fc.gen(), { numRuns: 40 * RUNS, seed: SEED }).entries()) {
    if (found.length === RUNS) break;
    const { adcp_version: _, adcp_major_version: __, ...request } = plausible(grounded(sampleOf(officialSchemas(), ref, draw), known, SEED + at) as Json, at);
    const keyed = Object.hasOwn(request, 'idempotency_key') ? { ...request, idempotency_key: `generated-${task}-${at}-key` } : request;
    if (officialSchemas().validate(ref, keyed).length === 0) found.push(keyed);
  }
  return found;
}

/** Without what ends a story before it begins: cancelling, a brief in the wrong mode, two kinds of order, no order at all, a cursor that nobody gave out. */
function plausible(request: Json, at: number): Json {
  if (at % 40 === 39) return request;
  const { packages, pagination, brief, ...others } = without(request, ['canceled', ...request['buying_mode'] === 'refine' ? [] : ['refine']]);
  const ordered = Array.isArray(packages) ? { ...without(others, ['proposal_id', 'total_budget']), packages: packages.map((line: Json) => without(line, ['canceled'])) } : others;
  return {
    ...ordered,
    ...(request['end_time'] !== undefined && request['start_time'] !== undefined && ordered['proposal_id'] === undefined && packages === undefined ? { packages: PACKAGES } : {}),
    ...(isObject(pagination) ? { pagination: { max_results: 1 } } : {}),
    ...(request['buying_mode'] === 'brief' ? { brief: brief ?? 'video for hikers' } : {}),
  };
}

const without = (object: Json, names: readonly string[]): Json => Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));

interface Answered { readonly document: Json; readonly refusal: { code: string; field?: string; issues?: { keyword: string }[] } | undefined }

async function ask(task: WireTask, request: Json): Promise<Answered> {
  const document = await seller.call(task, request);
  const refusal = document['adcp_error'] as Answered['refusal'];
  const isError = document['status'] === 'failed';
  const asked = JSON.stringify(request).slice(0, 1200);
  expect([asked, officialIssues(task, { document, isError })]).toEqual([asked, []]);
  expect([asked, document['context']]).toEqual([asked, isObject(request['context']) ? request['context'] : undefined]);
  if (refusal === undefined) return { document, refusal };
  expect(Object.keys(ERRORS)).toContain(refusal.code);
  expect((document['errors'] as unknown[])[0]).toEqual(refusal);
  expect([asked, refusal, hasPlaceFor(request, refusal.field)]).toEqual([asked, refusal, true]);
  return { document, refusal };
}

/** Whether a field path leads to something in the request, or to a member that an object in it lacks. */
function hasPlaceFor(request: Json, field: string | undefined): boolean {
  if (field === undefined) return true;
  const parts = field.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  let node: unknown = request;
  for (const [at, part] of parts.entries()) {
    if (Array.isArray(node) ? !(Number(part) < node.length) : !isObject(node)) return false;
    if (!Object.hasOwn(node as Json, part)) return at === parts.length - 1;
    node = (node as Json)[part];
  }
  return true;
}

describe.skipIf(!here)('whatever AdCP allows to be asked', () => {
  test.each(Object.keys(SHAPES) as WireTask[])('%s answers it', { timeout: 400 * Math.max(150, RUNS * (FAULTS + 1)) }, async (task) => {
    const requests = requestsFor(task);
    expect(requests.length).toBe(RUNS);
    let [accepted, asked] = [0, 0];
    const refused: Json[] = [];
    for (const [at, request] of requests.entries()) {
      const { refusal: obstacle } = await ask(task, request);
      if (obstacle === undefined) accepted += 1;
      else refused.push(request);
      for (const { document } of mutantsOf(request, FAULTS, at)) {
        if ((asked += 1) % SAY === 0) process.stderr.write(`${task}: ${asked} requests with a fault\n`);
        const faulty = underAnotherKey(document as Json, request);
        const { refusal } = await ask(task, faulty);
        if (refusal !== undefined && refused.length < MOST_REPEATED) refused.push(faulty);
        const malformed = task !== 'comply_test_controller' && checkRequest(task, faulty) !== undefined;
        expect(malformed && !['INVALID_REQUEST', 'VERSION_UNSUPPORTED'].includes(refusal?.code ?? '') ? { faulty, refusal } : undefined).toBeUndefined();
      }
    }
    expect(accepted).toBeGreaterThan(0);
    const refuses = async (again: Json) => (await seller.call(task, again))['status'] === 'failed';
    const { refusals, before, after } = await aroundRefusals(refused, refuses, idle, file);
    // What the controller refuses, it answers in a form of its own.
    expect([refusals > 0 || task === 'comply_test_controller', after]).toEqual([true, before]);
  });
});

/** Nothing is left that could be done now. */
async function idle(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    seller.worker.wake();
    await setTimeout(5);
    const due = (await seller.store.queue()).filter(({ oldest_run_at }) => oldest_run_at <= seller.clock.now().toISOString());
    if (due.length === 0) return;
  }
}

/** A faulty copy is another request than the original; where its key is the fault, that stays. */
function underAnotherKey(copy: Json, { idempotency_key: key }: Json): Json {
  return key !== undefined && copy['idempotency_key'] === key ? { ...copy, idempotency_key: `${String(key)}-${JSON.stringify(copy).length}` } : copy;
}
