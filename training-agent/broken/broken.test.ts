import { globSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import { failed, succeeded, type Answer, type JsonObject } from '../../src/protocol/envelope.ts';
import { invalid, refuse, type Refused } from '../../src/protocol/errors.ts';
import { trainingPlatform } from '../platform/platform.ts';
import { openedSetting } from '../../test/support/opened-sandbox.ts';
import * as phantomAudience from './targeting/accepts-phantom-audience.ts';
import * as phantomSource from './goals/accepts-phantom-event-source.ts';
import * as reachUnit from './goals/accepts-unsupported-reach-unit.ts';
import * as duplicates from './conversions/counts-duplicates.ts';
import * as firstCreative from './delivery/credits-first-creative-only.ts';
import * as dropsContext from './envelope/drops-context-on-errors.ts';
import * as frequencyCap from './delivery/exceeds-frequency-cap.ts';
import * as noEvents from './conversions/forwards-no-events.ts';
import { LIES } from './index.ts';
import * as leaksPayload from './idempotency/leaks-payload-on-conflict.ts';
import * as backwards from './states/moves-status-backwards.ts';
import * as omitsCpa from './delivery/omits-cpa.ts';
import * as roasWithoutValue from './delivery/roas-without-value.ts';

interface Asked {
  readonly task: string;
  readonly request: JsonObject;
}

/** An honest seller that answers as a test wants, and the lie in front of it. */
function seller(lie: { readonly facade: (honest: Pipeline) => Pipeline }, honest: (asked: Asked) => JsonObject | Refused) {
  const asked: Asked[] = [];
  const pipeline: Pipeline = {
    tasks: [], serves: () => true,
    async dispatch(call) {
      asked.push(call);
      const outcome = honest(call);
      return 'kind' in outcome ? failed(outcome as Refused, call.request['context']) : succeeded(outcome, call.request['context']);
    },
  };
  const lying = lie.facade(pipeline);
  const call = (task: string, request: JsonObject = {}): Promise<Answer> => lying.dispatch({ task, request, principal: { principal_id: 'p', mode: 'sandbox' } });
  return { asked, call, read: async (task: string, request: JsonObject = {}) => (await call(task, request)).document };
}

const SOURCE = 'packages[0].optimization_goals[0].event_sources[0].event_source_id';
const delivery = (row: JsonObject, by_package: readonly JsonObject[] = []): JsonObject => ({ media_buy_deliveries: [{ media_buy_id: 'mb', totals: row, by_package }] });
const reported = (document: JsonObject) => (document['media_buy_deliveries'] as { totals: JsonObject; by_package: JsonObject[] }[])[0]!;
const goal = (...sources: string[]): JsonObject => ({ packages: [{ optimization_goals: [{ kind: 'event', event_sources: sources.map((event_source_id) => ({ event_source_id })) }] }] });

describe('the list', () => {
  test('names every module in the folders of the kinds, each with its promise', () => {
    const modules = globSync('*/*.ts', { cwd: import.meta.dirname });
    expect(LIES.map(({ kind, name }) => `${kind}/${name}.ts`).sort()).toEqual(modules.sort());
    for (const { promise } of LIES) expect(promise).toMatch(/^[A-Z].+\.$/);
    expect(new Set(LIES.map(({ promise }) => promise)).size).toBe(LIES.length);
  });

  test.each(LIES)('$kind/$name leaves the test controller honest', async ({ facade }) => {
    const { asked, read } = seller({ facade }, () => ({ success: true }));
    expect(await read('comply_test_controller', { context: { a: 1 } })).toMatchObject({ status: 'completed', success: true, context: { a: 1 } });
    expect(asked).toHaveLength(1);
  });

  test('a lie opens as a training agent', async () => {
    const sandbox = await omitsCpa.openSandbox(openedSetting());
    const { read } = seller({ facade: sandbox.facade! }, () => delivery({ conversions: 2, cost_per_acquisition: 5 }));
    expect(reported(await read('get_media_buy_delivery')).totals).toEqual({ conversions: 2 });
    expect(sandbox.scenarios).toEqual(expect.arrayContaining(['simulate_delivery']));
    await sandbox.close();
  });
});

describe('accepts what it should refuse', () => {
  test('a phantom event source, by registering it in silence', async () => {
    const known = new Set(['real']);
    const { asked, read } = seller(phantomSource, ({ task, request }) => {
      if (task === 'sync_event_sources') { known.add((request['event_sources'] as { event_source_id: string }[])[0]!.event_source_id); return {}; }
      const missing = ['real', 'ghost_1', 'ghost_2'].findIndex((id) => JSON.stringify(request).includes(id) && !known.has(id));
      return missing < 0 ? { media_buy_id: 'mb' } : invalid(SOURCE.replace('sources[0]', `sources[${missing}]`), 'not registered');
    });
    expect(await read('create_media_buy', { ...goal('real', 'ghost_1', 'ghost_2'), account: { account_id: 'a' }, idempotency_key: 'k' })).toMatchObject({ status: 'completed', media_buy_id: 'mb' });
    expect(asked.map(({ task }) => task)).toEqual(['create_media_buy', 'sync_event_sources', 'create_media_buy', 'sync_event_sources', 'create_media_buy']);
    expect(asked[1]!.request).toMatchObject({ account: { account_id: 'a' }, event_sources: [{ event_source_id: 'ghost_1' }], idempotency_key: expect.stringMatching(/^[A-Za-z0-9_.:-]{16,255}$/) });
  });

  test('a phantom audience, likewise', async () => {
    let known = false;
    const { read, asked } = seller(phantomAudience, ({ task }) => {
      if (task === 'sync_audiences') { known = true; return {}; }
      return known ? { media_buy_id: 'mb' } : invalid('packages[0].targeting_overlay.audience_include[0]', 'not synced');
    });
    expect(await read('create_media_buy', { packages: [{ targeting_overlay: { audience_include: ['ghost'] } }] })).toMatchObject({ media_buy_id: 'mb' });
    expect(asked[1]).toMatchObject({ task: 'sync_audiences', request: { audiences: [{ audience_id: 'ghost' }] } });
  });

  test('a reach unit that is not measured, by booking another', async () => {
    const { read } = seller(reachUnit, ({ request }) => {
      const { reach_unit } = (request as { packages: { optimization_goals: { reach_unit: string }[] }[] }).packages[0]!.optimization_goals[0]!;
      return reach_unit === 'households' ? { media_buy_id: 'mb', packages: request['packages'] } : invalid('packages[0].optimization_goals[0].reach_unit', 'not measured');
    });
    const packages = [{ optimization_goals: [{ metric: 'reach', reach_unit: 'devices' }] }];
    expect(await read('create_media_buy', { packages })).toMatchObject({ media_buy_id: 'mb', packages });
  });

  test.each([
    ['phantom source', phantomSource], ['phantom audience', phantomAudience], ['reach unit', reachUnit],
  ])('%s: other refusals stand, and a remedy that does not help is not tried for ever', async (_name, lie) => {
    const other = seller(lie, () => invalid('packages[0].budget', 'too low'));
    expect(await other.call('create_media_buy', { packages: [{ budget: 1 }] })).toMatchObject({ isError: true });
    expect(other.asked).toHaveLength(1);
    const stubborn = seller(lie, ({ task }) => (task === 'create_media_buy' ? invalid(SOURCE, 'never') : {}));
    expect(await stubborn.call('create_media_buy', goal('ghost'))).toMatchObject({ isError: true });
    expect(stubborn.asked.length).toBeLessThan(50);
    const refusing = seller(lie, () => invalid(SOURCE, 'never'));
    expect(await refusing.call('create_media_buy', goal('ghost'))).toMatchObject({ isError: true });
  });
});

test('forwards no events, but everything else', async () => {
  const { platform, close } = await noEvents.openSandbox(openedSetting());
  const event = { event_id: 'e', event_type: 'purchase', event_time: '2027-01-01T00:00:00Z' } as const;
  expect(platform.planConversions('a', 's', [event])).toEqual([]);
  expect(platform.planAudience('a', { audience_id: 'x' })).toEqual(trainingPlatform.planAudience('a', { audience_id: 'x' }));
  await close();
});

describe('reports what did not happen', () => {
  test('an event through two sources of the goal counts twice, at its price', async () => {
    const { read } = seller(duplicates, ({ task }) => (task === 'create_media_buy' ? { media_buy_id: 'mb' }
      : task === 'get_media_buy_delivery' ? delivery({ conversions: 1, spend: 40, cost_per_acquisition: 40 }, [{ package_id: 'x', conversions: 1, spend: 30 }, { package_id: 'y', spend: 10 }]) : {}));
    await read('create_media_buy', goal('pixel', 'server'));
    const log = (event_source_id: string, ...ids: string[]) => read('log_event', { event_source_id, events: ids.map((event_id) => ({ event_id })) });
    await log('pixel', 'e1', 'e2');
    await log('elsewhere', 'e2');
    expect(reported(await read('get_media_buy_delivery')).totals['conversions']).toBe(1);
    await log('server', 'e1');
    await log('server', 'e1');
    const { totals, by_package } = reported(await read('get_media_buy_delivery'));
    expect(totals).toEqual({ conversions: 2, spend: 40, cost_per_acquisition: 20 });
    expect(by_package).toEqual([{ package_id: 'x', conversions: 2, spend: 30 }, { package_id: 'y', spend: 10 }]);
  });

  test('no cost of a conversion, anywhere', async () => {
    const row = { conversions: 1, spend: 40, cost_per_acquisition: 40 };
    const { read } = seller(omitsCpa, () => delivery(row, [{ ...row, by_creative: [row] }]));
    expect(JSON.stringify(await read('get_media_buy_delivery'))).not.toContain('cost_per_acquisition');
    expect(JSON.stringify(await read('get_media_buys'))).toContain('cost_per_acquisition');
  });

  test('a return without the value', async () => {
    const { read } = seller(roasWithoutValue, () => delivery({ conversion_value: 80, spend: 40, roas: 2 }));
    expect(reported(await read('get_media_buy_delivery')).totals).toEqual({ spend: 40, roas: 2 });
  });

  test('all conversions on the first creative', async () => {
    const { read } = seller(firstCreative, () => delivery({ conversions: 90 }, [
      { conversions: 90, by_creative: [{ creative_id: 'a', conversions: 40, spend: 180, cost_per_acquisition: 4.5 }, { creative_id: 'b', conversions: 50, impressions: 7, conversion_value: 3, roas: 1 }] },
      { conversions: 0, by_creative: [{ creative_id: 'c', conversions: 5 }] },
    ]));
    const { totals, by_package } = reported(await read('get_media_buy_delivery'));
    expect(totals).toEqual({ conversions: 90 });
    expect(by_package[0]!['by_creative']).toEqual([{ creative_id: 'a', conversions: 90, spend: 180, cost_per_acquisition: 2 }, { creative_id: 'b', impressions: 7 }]);
    expect(by_package[1]!['by_creative']).toEqual([{ creative_id: 'c', conversions: 5 }]);
  });

  test('one impression a person more than the cap, of a buy that has one', async () => {
    const { read } = seller(frequencyCap, ({ task, request }) => (task === 'create_media_buy' ? { media_buy_id: request['id'] }
      : { media_buy_deliveries: ['capped', 'free'].map((media_buy_id) => ({ media_buy_id, totals: { impressions: 8550, frequency: 3, reach: 2850 } })) }));
    await read('create_media_buy', { id: 'capped', packages: [{ targeting_overlay: { frequency_cap: { max_impressions: 3 } } }] });
    await read('create_media_buy', { id: 'free', packages: [{}] });
    expect((await read('get_media_buy_delivery'))['media_buy_deliveries']).toEqual([
      { media_buy_id: 'capped', totals: { impressions: 8550, frequency: 4, reach: 2137 } }, { media_buy_id: 'free', totals: { impressions: 8550, frequency: 3, reach: 2850 } },
    ]);
  });
});

describe('forgets and tells', () => {
  test('the context is gone from errors, and only from errors', async () => {
    const { read } = seller(dropsContext, ({ task }) => (task === 'get_media_buys' ? {} : refuse('CONFLICT', 'no')));
    expect(await read('create_media_buy', { context: { a: 1 } })).not.toHaveProperty('context');
    expect(await read('get_media_buys', { context: { a: 1 } })).toMatchObject({ context: { a: 1 } });
  });

  test('a conflict over a key tells what was answered under it', async () => {
    let first = true;
    const { read } = seller(leaksPayload, () => { const fresh = first; first = false; return fresh ? { media_buy_id: 'mb_secret', packages: [1] } : refuse('IDEMPOTENCY_CONFLICT', 'used'); });
    await read('create_media_buy', { idempotency_key: 'key', context: { a: 1 } });
    const { adcp_error, errors } = await read('create_media_buy', { idempotency_key: 'key', context: { a: 2 } });
    expect(adcp_error).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT', details: { cached_response: { media_buy_id: 'mb_secret', packages: [1] } } });
    expect(errors).toEqual([adcp_error]);
    expect(JSON.stringify(adcp_error)).not.toContain('context');
  });

  test.each([
    ['what moved on is shown as it began', ['pending_creatives', 'active'], 'active', 'pending_creatives'],
    ['what has ended is shown as it began', ['active', 'canceled'], 'canceled', 'active'],
    ['what was always active has not begun', ['active'], 'active', 'pending_start'],
    ['what waits for its start waits for creatives', ['pending_start'], 'pending_start', 'pending_creatives'],
    ['what waits for creatives cannot be earlier', ['pending_creatives'], 'pending_creatives', 'pending_creatives'],
    ['what was never seen is shown as it is', [], 'active', 'active'],
  ])('status: %s', async (_name, before, now, shown) => {
    const { read } = seller(backwards, ({ task, request }) => (task === 'get_media_buys' ? { media_buys: [{ media_buy_id: 'mb', status: now }] } : { media_buy_id: 'mb', media_buy_status: request['s'] }));
    for (const s of before) await read('update_media_buy', { s });
    expect((await read('get_media_buys'))['media_buys']).toEqual([{ media_buy_id: 'mb', status: shown }]);
  });
});
