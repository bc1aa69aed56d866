import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { purchase } from '../../test/support/library-records.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { EventGoal, GoalEventSource } from '../protocol/wire/core/optimization-goal.ts';
import { attribute, goalEntries, type Recording } from './attribution.ts';
import type { PackageRecord } from './media-buy.ts';
import { withinWindow } from './ports/attribution-policy.ts';

const POLICY = withinWindow(true);
const site = (more: Partial<GoalEventSource> = {}): GoalEventSource => ({ event_source_id: 'site', event_type: 'purchase', ...more });
const goal = (event_sources: GoalEventSource[], more: Partial<EventGoal> = {}): EventGoal => ({ kind: 'event', event_sources, ...more });
const aiming = (package_id: string, goals: EventGoal[], creatives: { creative_id: string; weight?: number }[] = []): PackageRecord =>
  testPackage(package_id, { optimization_goals: goals, creative_assignments: creatives });
const through = (source: string, ...[id, more]: Parameters<typeof purchase>): Recording => ({
  ...purchase(id, more),
  event_source_id: source,
});
const entries = (...packages: PackageRecord[]) => goalEntries(testBuy(packages), POLICY);
const value = (source: GoalEventSource, event: Parameters<typeof purchase>[1]) =>
  attribute([through('site', 'a', event)], entries(aiming('p', [goal([source])])), POLICY)?.value_micros;

describe('the goals of a buy', () => {
  test('end with the flight, or with what was canceled before', () => {
    const ends = (bought: object, buy: object = {}) =>
      goalEntries(testBuy([testPackage('p', { optimization_goals: [goal([site()])], ...bought })], buy), POLICY)[0]?.end_time;
    const canceled = (canceled_at: string) => ({ cancellation: { canceled_at, canceled_by: 'buyer' } });
    expect(ends({})).toBe('2026-12-01T00:00:00.000Z');
    expect(ends({ end_time: '2026-11-15T00:00:00Z' })).toBe('2026-11-15T00:00:00Z');
    expect(ends({ canceled: true, ...canceled('2026-11-10T00:00:00Z') }, canceled('2026-11-12T00:00:00Z'))).toBe('2026-11-10T00:00:00Z');
    expect(ends({}, { status: 'rejected' })).toBeUndefined();
  });

  test.each([
    [undefined, 7 * 86_400],
    [{ interval: 30, unit: 'minutes' }, 1800],
    [{ interval: 2, unit: 'days' }, 172_800],
    [{ interval: 1, unit: 'campaign' }, 30 * 86_400],
  ] as const)('look back over %j', (post_click, seconds) => {
    const [entry] = entries(aiming('p', [goal([site()], post_click ? { attribution_window: { post_click } } : {})]));
    expect(JSON.parse(JSON.stringify(entry))).toMatchObject({ window_seconds: seconds });
  });

  test('count only their first source when events of several sources are not matched', () => {
    const two = aiming('p', [goal([site(), site({ event_source_id: 'app' })])]);
    expect(goalEntries(testBuy([two]), withinWindow(false)).map((entry) => entry.event_source_id)).toEqual(['site']);
  });
});

describe('the value of an event', () => {
  test('is the named member times the factor', () => {
    expect(value(site({ value_field: 'value' }), {})).toBe(10_000_000);
    expect(value(site({ value_field: 'order_total', value_factor: -0.5 }), { custom_data: { order_total: 149.99 } as object })).toBe(
      -74_995_000,
    );
    expect(value(site({ value_field: 'value' }), { custom_data: {}, value: 3 } as object)).toBe(3_000_000);
  });

  test.each([
    ['it lies beyond all reckoning', site({ value_field: 'value' }), { custom_data: { value: 1e308 } }],
    ['its factor takes it beyond', site({ value_field: 'value', value_factor: -1e308 }), {}],
    ['no member is named', site(), {}],
    ['the member is missing', site({ value_field: 'total' }), {}],
    ['the member is no number', site({ value_field: 'total' }), { custom_data: { total: '12' } as object }],
    ['it stands in another currency', site({ value_field: 'value' }), { custom_data: { value: 5, currency: 'EUR' } }],
  ])('is 0 when %s', (_name, source, event) => expect(value(source, event)).toBe(0));

  test('comes from the first source that tells one', () => {
    const two = entries(aiming('p', [goal([site({ value_field: 'value' }), site({ event_source_id: 'app', value_field: 'value' })])]));
    expect(
      attribute([through('app', 'a', { custom_data: { value: 4 } }), through('site', 'a', { custom_data: {} })], two, POLICY)?.value_micros,
    ).toBe(4_000_000);
  });
});

describe('an event', () => {
  test('counts only for goals of its source, and by its own name when it is custom', () => {
    const custom = entries(aiming('p', [goal([site({ event_type: 'custom', custom_event_name: 'quiz' })])]));
    const named = (custom_event_name: string, source = 'site') =>
      attribute([through(source, 'a', { event_type: 'custom', custom_event_name })], custom, POLICY);
    expect(named('quiz')).toMatchObject({ package_id: 'p', day: '2026-11-20' });
    expect([named('poll'), named('quiz', 'app')]).toEqual([undefined, undefined]);
  });

  test('counts from the start of the flight to the end of the window behind it', () => {
    const at = (event_time: string) =>
      attribute([through('site', 'a', { event_time })], entries(aiming('p', [goal([site()])])), POLICY) !== undefined;
    expect(['2026-10-31T23:59:59Z', '2026-11-01T00:00:00Z', '2026-12-08T00:00:00Z', '2026-12-08T00:00:01Z'].map(at)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('falls on the day that it has in UTC', () => {
    expect(
      attribute([through('site', 'a', { event_time: '2026-11-20T23:30:00-02:00' })], entries(aiming('p', [goal([site()])])), POLICY)?.day,
    ).toBe('2026-11-21');
  });

  test('goes to one package and one creative, the same whatever the order of goals and recordings', () => {
    const packages = [
      aiming('p', [goal([site({ value_field: 'value' }), site({ event_source_id: 'app' })])], [{ creative_id: 'x' }, { creative_id: 'y' }]),
      aiming('q', [goal([site({ event_source_id: 'app', value_field: 'value' })]), goal([site()])]),
    ];
    const recordings = [
      through('site', 'a', { event_time: '2026-11-02T00:00:00Z' }),
      through('app', 'a', { event_time: '2026-11-03T00:00:00Z', custom_data: { value: 2 } }),
    ];
    const expected = attribute(recordings, entries(...packages), POLICY);
    fc.assert(
      fc.property(
        fc.shuffledSubarray(recordings, { minLength: 2 }),
        fc.shuffledSubarray(entries(...packages), { minLength: 4 }),
        (some, aims) => {
          expect(attribute(some, aims, POLICY)).toEqual(expected);
        },
      ),
    );
  });

  test('goes to packages evenly and to creatives by weight, over many events', () => {
    const aims = entries(
      aiming(
        'p',
        [goal([site()])],
        [
          { creative_id: 'x', weight: 75 },
          { creative_id: 'y', weight: 25 },
          { creative_id: 'paused', weight: 0 },
        ],
      ),
      aiming('q', [goal([site()])]),
    );
    const counted = Map.groupBy(
      Array.from({ length: 4000 }, (_, at) => attribute([through('site', `event-${at}`)], aims, POLICY)!),
      (each) => `${each.package_id} ${each.creative_id}`,
    );
    const share = (key: string) => (counted.get(key)?.length ?? 0) / 4000;
    expect(share('p x')).toBeCloseTo(0.375, 1);
    expect(share('p y')).toBeCloseTo(0.125, 1);
    expect(share('q undefined')).toBeCloseTo(0.5, 1);
    expect(share('p paused')).toBe(0);
  });
});
