import { describe, expect, test } from 'vitest';
import { bundleFile, phase, step, storyboard } from '../../test/support/storyboards.ts';
import { schemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { contractScope, NO_SETTINGS } from '../contracts/contract-scope.ts';
import type { JsonObject } from '../json/object.ts';
import type { BundleIndex } from '../load/bundle-index.ts';
import type { Bundle } from '../load/bundle.ts';
import type { SellerProfile } from '../seller.ts';
import type { CapabilityGate, Storyboard } from '../storyboard.ts';
import { parseAddress } from './address.ts';
import { planRun, type PlanOptions } from './plan.ts';
import { type Scope, WHOLE_SCOPE } from './scope.ts';
import { storyboardSkip } from './storyboard-gates.ts';

const tools = (...names: string[]) => new Set(['get_adcp_capabilities', ...names]);
const profile = (capabilities: JsonObject | undefined = { supported_protocols: ['media_buy'] }, names = tools('get_products')): SellerProfile =>
  ({ url: 'u', tools: names, mcp_version: '2025-11-25', ...(capabilities !== undefined && { capabilities }) });
const one = (id: string, more: Partial<Storyboard> = {}) => storyboard([phase('p', [step('a'), step('b')])], { id, ...more });
const gate = (g: CapabilityGate) => ({ requires_capability: g });

function bundleOf(files: Readonly<Record<string, Storyboard>>, index: BundleIndex = {}): Bundle {
  return {
    source: '/b', version: '3.1.19', adcp_version: '3.1', digest: 'd', vectors: { names: [], document: () => undefined }, index, kits: new Map(), schemas: schemaCatalogue('none', new Map()),
    files: Object.entries(files).map(([path, board]) => bundleFile(path, { kind: 'storyboard', storyboard: board, warnings: [] })),
  };
}

type Wish = Partial<Omit<PlanOptions, 'scope'> & Scope> & { readonly named?: readonly string[] };

function plan(bundle: Bundle, seller = profile(), { named = [], credentialGap, unauthenticated, shuffledBy, missingController = 'requirement_unmet', ...scope }: Wish = {}) {
  return planRun(bundle, seller, {
    scope: { ...WHOLE_SCOPE, select: named.map((id) => parseAddress(id)!), ...scope },
    missingController, agents: new Set(), credentialGap: credentialGap ?? (() => undefined), unauthenticated: unauthenticated ?? false,
    contracts: contractScope(NO_SETTINGS), ...(shuffledBy !== undefined && { shuffledBy }),
  });
}
function ids(planned: ReturnType<typeof plan>): readonly string[] {
  return planned.kind === 'plan'
    ? planned.plan.entries.map(
      (entry) => (entry.kind === 'run' ? entry.storyboard.id : entry.kind === 'skip' ? `-${entry.storyboard_id}` : `!${entry.id}`)
    )
    : [planned.code];
}
const left = (planned: ReturnType<typeof plan>) => (
  planned.kind === 'plan' ? planned.plan.not_selected.map(({ storyboard_id, reason }) => `${storyboard_id} ${reason}`) : []
);

describe('selection from what the seller claims', () => {
  const bundle = bundleOf({
    'universal/a.yaml': one('a'), 'universal/b.yaml': one('b'), 'protocols/media-buy/index.yaml': one('mb'),
    'protocols/media-buy/scenarios/x.yaml': one('mb/x'),
    'protocols/signals/index.yaml': one('sig'), 'specialisms/sales/index.yaml': one('sales', { protocol: 'media-buy' }),
  }, { universal: ['a', 'vocabulary', 'b'] });

  test('shuffled, they come in an order that follows from the seed, and leaving one out keeps that of the others', () => {
    const many = bundleOf(Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`universal/u${at}.yaml`, one(`u${at}`)])));
    const order = ids(plan(many, profile(), { shuffledBy: 'seed' }));
    expect(order).toEqual(ids(plan(many, profile(), { shuffledBy: 'seed' })));
    expect(order).not.toEqual(ids(plan(many, profile(), { shuffledBy: 'another' })));
    expect([...order].sort()).toEqual([...ids(plan(many))].sort());
    expect(order).not.toEqual(ids(plan(many)));
    expect(ids(plan(many, profile(), { shuffledBy: 'seed', exclude: [parseAddress('u3')!] }))).toEqual(order.filter((id) => id !== 'u3'));
  });

  test('takes universal storyboards, then those of claimed protocols and specialisms, and says why the rest is left out', () => {
    const planned = plan(bundle, profile({ supported_protocols: ['media_buy', 'compliance_testing'], specialisms: ['sales'] }));
    expect(ids(planned)).toEqual(['a', 'b', 'mb', 'mb/x', 'sales', '-universal/vocabulary']);
    expect(left(planned)).toEqual(['sig profile_excluded']);
  });

  test('without capabilities only universal storyboards are selected', () => {
    expect(ids(plan(bundle, { url: 'u', tools: tools(), mcp_version: '' }))).toEqual(['a', 'b', '-universal/vocabulary']);
  });

  test('remarks claims for which the bundle has nothing', () => {
    const planned = plan(bundle, profile({ supported_protocols: ['holograms'] }));
    expect(planned).toMatchObject({ plan: { remarks: [expect.stringContaining('holograms')] } });
  });

  test('remarks that a bundle brings no schemas', () => {
    const { schemas: _, ...bare } = bundle;
    expect(plan(bare)).toMatchObject({ plan: { remarks: [expect.stringContaining('no schemas')] } });
  });

  test('refuses a release that the seller does not support, an unknown specialism, and one without its protocol', () => {
    expect(ids(plan(bundle, profile({ adcp: { supported_versions: ['2.5', '3.0'] } })))).toEqual(['unsupported_adcp_version']);
    expect(ids(plan(bundle, profile({ adcp: { supported_versions: ['3.1.4'] } })))).not.toEqual(['unsupported_adcp_version']);
    const indexed = {
      ...bundle,
      index: {
        published_version: '3.1.19', adcp_version: '3.1.19', specialisms: [{ id: 'sales', protocol: 'media-buy', status: 'stable' }],
      },
    };
    expect(ids(plan(indexed, profile({ supported_protocols: ['media_buy'], specialisms: ['juggling'] })))).toEqual(['unknown_specialism']);
    expect(
      ids(plan(bundle, profile({ supported_protocols: ['signals'], specialisms: ['sales'] })))
    ).toEqual(['specialism_parent_protocol_missing']);
    expect(ids(plan(indexed, profile({ supported_protocols: [], specialisms: ['signed-requests'] })))).toContain('a');
  });

  test('a bundle that is no release only remarks specialisms that it does not know', () => {
    const own = { ...bundle, index: { published_version: '0.1.0', adcp_version: '3.1.19', specialisms: [] } };
    const planned = plan(own, profile({ supported_protocols: ['media_buy'], specialisms: ['juggling'] }));
    expect(planned).toMatchObject({ plan: { remarks: [expect.stringContaining('specialism juggling')] } });
  });

  test('leaves out what a later major version introduced', () => {
    const newer = bundleOf({ 'universal/a.yaml': one('a', { introduced_in: '4.0' }), 'universal/b.yaml': one('b', { introduced_in: '3.1' }) });
    const planned = plan(newer, profile({ adcp: { major_versions: [3] } }));
    expect(ids(planned)).toEqual(['b']);
    expect(left(planned)).toEqual(['a version_excluded']);
  });

  test('puts required scenarios before their parent, and reports those that the bundle lacks', () => {
    const requires = (...names: string[]) => ({ requires_scenarios: names.map((id) => ({ id, location: step('x').location })) });
    const nested = bundleOf({
      'universal/a.yaml': one('a', requires('sig/deep', 'gone')), 'protocols/signals/deep.yaml': one('sig/deep', requires('sig/deeper')),
      'protocols/signals/deeper.yaml': one('sig/deeper'),
    });
    const planned = plan(nested, profile({ supported_protocols: [] }));
    expect(ids(planned)).toEqual(['sig/deeper', 'sig/deep', 'a', '-gone']);
    expect(planned).toMatchObject({ plan: { unresolved: [{ id: 'gone', named_by: 'a' }] } });
    const [skipped] = planned.kind === 'plan' ? planned.plan.entries.filter((entry) => entry.kind === 'skip') : [];
    expect(skipped?.skip).toMatchObject({
      reason: 'not_applicable', cause: 'unresolved_scenario_reference', detail: expect.stringContaining('"gone"'),
    });
  });

  test('requires the first of two storyboards that share an id', () => {
    const repeated = bundleOf({
      'universal/a.yaml': one('a', { requires_scenarios: [{ id: 'x', location: step('x').location }] }), 'protocols/signals/x.yaml': one('x'),
    });
    const again = bundleFile('protocols/signals/y.yaml', { kind: 'broken', id: 'x', file: 'y', problems: [] });
    expect(ids(plan({ ...repeated, files: [...repeated.files, again] }, profile({ supported_protocols: [] })))).toEqual(['x', 'a']);
  });

  test('takes each required scenario once, however many ways lead to it', () => {
    const LAYERS = 30;
    const requires = (layer: number) => (
      layer === LAYERS ? {} : { requires_scenarios: ['l', 'r'].map((side) => ({ id: `${side}${layer}`, location: step('x').location })) }
    );
    const layers = Array.from({ length: LAYERS }, (_, i) => ['l', 'r'].map(
      (side) => [`protocols/signals/${side}${i}.yaml`, one(`${side}${i}`, requires(i + 1))] as const
    )).flat();
    const woven = bundleOf({ 'universal/a.yaml': one('a', requires(0)), ...Object.fromEntries(layers) });
    const found = ids(plan(woven, profile({ supported_protocols: [] })));
    expect([found.length, found[0], found.at(-1)]).toEqual([2 * LAYERS + 1, `l${LAYERS - 1}`, 'a']);
  });
});

describe('selection by the operator', () => {
  const bundle = bundleOf({
    'universal/a.yaml': one('a'), 'protocols/media-buy/x.yaml': one('mb/x'), 'protocols/media-buy/y.yaml': one('mb/y'),
  });

  test('a storyboard of many phases is planned as quickly as its size allows', () => {
    const phases = Array.from({ length: 200 }, (_, i) => phase(`p${i}`, [step('a')]));
    const planned = plan(bundleOf({ 'universal/a.yaml': storyboard(phases, { id: 'a' }) }), profile(), { named: ['a#p150/a'] });
    const [entry] = planned.kind === 'plan' ? planned.plan.entries : [];
    expect(entry?.kind === 'run' && entry.phases.length).toBe(151);
  });

  test('takes exactly what is named, stars included, and nothing that is excluded', () => {
    expect(ids(plan(bundle, profile(), { named: ['mb/*'] }))).toEqual(['mb/x', 'mb/y']);
    const planned = plan(bundle, profile(), { named: ['mb/x', 'a'], exclude: [parseAddress('a')!] });
    expect(ids(planned)).toEqual(['mb/x']);
    expect(left(planned)).toEqual(['a explicit_scope_excluded', 'mb/y explicit_scope_excluded']);
  });

  test('runs what is named although the seller does not claim the release, and says so', () => {
    const planned = plan(bundle, profile({ adcp: { supported_versions: ['3.0'] } }), { named: ['a'] });
    expect(ids(planned)).toEqual(['a']);
    expect(planned).toMatchObject({ plan: { remarks: [expect.stringContaining('supports 3.0')] } });
  });

  test('takes a single step with all that it may depend on', () => {
    const board = storyboard([
      phase('first', [step('a')]), phase('aside', [step('b')], { depends_on: [] }),
      phase('second', [step('c'), step('d'), step('e')], { depends_on: ['first'] }), phase('third', [step('f')]),
    ], { id: 's' });
    const chosen = (address: string) => {
      const planned = plan(bundleOf({ 'universal/s.yaml': board }), profile(), { named: [address] });
      const [entry] = planned.kind === 'plan' ? planned.plan.entries : [];
      return entry?.kind === 'run'
        ? entry.phases.flatMap(({ steps }) => steps.map(({ step: each, role }) => `${each.id}${role === 'target' ? '!' : ''}`))
        : [];
    };
    expect(chosen('s#second/d')).toEqual(['a', 'c', 'd!']);
    expect(chosen('s#third')).toEqual(['a', 'b', 'c', 'd', 'e', 'f!']);
    expect(chosen('s#first/a')).toEqual(['a!']);
    expect(chosen('s')).toEqual(['a!', 'b!', 'c!', 'd!', 'e!', 'f!']);
  });

  test.each(['#p', 'a#', 'a#p/', 'a#p/s/t', 'a#b#c', ''])('%j is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});

describe('gates of a whole storyboard, the first that is unmet settles it', () => {
  const skip = (more: Partial<Storyboard>, seller = profile(), gap?: string) =>
    storyboardSkip(one('s', more), {
      profile: seller, agents: new Set(), missingController: 'requirement_unmet', contracts: contractScope(NO_SETTINGS), holdsVectors: false,
      ...(gap !== undefined && { credentialGap: gap }),
    });

  test.each<[string, Partial<Storyboard>]>([
    ['nothing', {}], ['the real wire', { requires: ['real_wire'] }], ['one of several tools', { required_tools: ['y', 'get_products'] }],
  ])('a storyboard that asks for %s runs', (_what, more) => {
    expect(skip(more)).toBeUndefined();
  });

  test.each<[string, Partial<Storyboard>, object]>([
    [
      'a capability', gate({ path: 'x.y', matcher: 'equals', value: true }),
      { reason: 'not_applicable', detail: 'capability x.y: wanted equals true, declared nothing' },
    ],
    ['the controller', { requires: ['controller'] }, { reason: 'requirement_unmet', detail: 'controller' }],
    ['a receiver', { requires: ['webhook_receiver'] }, { reason: 'requirement_unmet', detail: 'webhook_receiver' }],
    ['more agents', { requires: ['multi_agent'] }, { reason: 'requirement_unmet', detail: 'multi_agent' }],
    ['something unknown', { requires: ['telepathy'] }, { reason: 'requirement_unmet', detail: 'telepathy' }],
    [
      'a receiver that a request names', { phases: [phase('p', [step('a', { sample_request: { url: 'x {{runner.webhook_url:a}}' } })])] },
      { reason: 'requirement_unmet', detail: 'webhook_receiver' },
    ],
    [
      'a family of tools', { required_any_of_tools: [{ tools: ['get_products', 'x'] }, { tools: ['y', 'z'], rationale: 'why' }] },
      { reason: 'requirement_unmet', detail: 'missing_required_tool_family: needs y or z (why)' },
    ],
    [
      'a tool', { required_tools: ['y', 'z'] },
      { reason: 'missing_tool', detail: 'needs y or z; the seller lists get_adcp_capabilities, get_products' },
    ],
    ['no phases', { phases: [] }, { reason: 'no_phases', detail: expect.stringContaining('s version 1.0.0') }],
    [
      'vectors to replay', { phases: [phase('p', [step('a', { task: 'replay_webhook_vector' })])] },
      { reason: 'not_applicable', cause: 'probe_unsupported' },
    ],
    [
      'signing vectors for a seller that does not sign', { phases: [phase('positive_vectors', [])] },
      { reason: 'not_applicable', cause: 'capability_unsupported' },
    ],
  ])('a storyboard that asks for %s is skipped', (_what, more, expected) => {
    expect(skip(more)).toMatchObject(expected);
  });

  test('asks for a kit\'s token last', () => {
    expect(skip({}, profile(), 'needs one')).toMatchObject({ reason: 'unsatisfied_contract', detail: 'needs one' });
    expect(skip({ required_tools: ['z'] }, profile(), 'needs one')).toMatchObject({ reason: 'missing_tool' });
  });
});

describe('phases', () => {
  test('a phase that is gated out is planned with its reason, and seeding is left out when all are', () => {
    const gated = phase('p', [step('a')], { requires_capability: { path: 'x', matcher: 'present', value: true } });
    const entry = (phases: Storyboard['phases']) => {
      const planned = plan(
        bundleOf({ 'universal/s.yaml': storyboard(phases, { controller_seeding: true, fixtures: { products: [{ product_id: 'p' }] } }) })
      );
      return planned.kind === 'plan' ? planned.plan.entries[0] : undefined;
    };
    expect(entry([gated])).toMatchObject({
      kind: 'run', seeding: false, phases: [{ gated: 'capability x: wanted to be present, declared nothing' }],
    });
    expect(entry([gated, phase('q', [step('b')])])).toMatchObject({ seeding: true });
  });
});
