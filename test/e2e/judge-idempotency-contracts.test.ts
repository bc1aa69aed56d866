import { describe, expect, test } from 'vitest';
import { judge as judged, oneStoryboard } from '../support/judge-run.ts';
import type { Tool } from '../support/mcp-agent.ts';

type Json = Record<string, unknown>;
const keyOf = (args: Json): string => String(args['idempotency_key']);
/** The run, and what the agent was asked beside its capabilities. */
async function judge(...given: Parameters<typeof judged>) {
  const result = await judged(...given);
  return { ...result, calls: result.calls.filter(({ name }) => name === 'create_media_buy') };
}
const failures = ({ rows }: Awaited<ReturnType<typeof judge>>) =>
  (rows.get('x')?.validations ?? []).filter(({ passed }) => !passed).map(({ check }) => check);

describe('copies that are sent at once', () => {
  const steps = (block: string, more = '') => `      - id: x
        task: create_media_buy
        sample_request: { idempotency_key: "$generate:uuid_v4", context: { correlation_id: mine } }
        parallel_dispatch: ${block}
        context_outputs: [{ name: mid, path: media_buy_id }]
        validations:
          - { check: cross_response_count_distinct, path: media_buy_id, allowed_values: [1] }
          - { check: cross_response_field_equal, path: media_buy_id }
          - { check: field_present, path: media_buy_id }
${more}`;
  const one = '{ count: 3 }';
  const bought = (id: string) => ({ media_buy_id: id, packages: [] });

  test('carry one key, each its own correlation id, and pass when one buy comes of them', async () => {
    const { calls, state } = await judge(oneStoryboard(steps(one)), { create_media_buy: (args) => bought(`m-${keyOf(args)}`) });
    expect(new Set(calls.map(({ args }) => keyOf(args))).size).toBe(1);
    expect(calls.map(({ args }) => (args['context'] as Json)['correlation_id']).sort()).toEqual(['x#1', 'x#2', 'x#3']);
    expect(state('x')).toBe('passed');
  });

  test('fail when each makes a buy of its own', async () => {
    let made = 0;
    const result = await judge(oneStoryboard(steps(one)), { create_media_buy: () => bought(`m-${made += 1}`) });
    expect(failures(result)).toEqual(['cross_response_count_distinct', 'cross_response_field_equal']);
    expect(result.rows.get('x')!.validations).toContainEqual(expect.objectContaining({ actual: { observed_cardinality: 3, observed_values: ['m-1', 'm-2', 'm-3'] } }));
  });

  test('carry a key each where the step says so', async () => {
    const { calls } = await judge(oneStoryboard(steps('{ count: 2, same_idempotency_key: false }')), { create_media_buy: () => bought('m') });
    expect(new Set(calls.map(({ args }) => keyOf(args))).size).toBe(2);
  });

  /** Answers one copy, and asks the others to come back `again` times. */
  const busy = (again: number, retryAfter: number | undefined, code = 'IDEMPOTENCY_IN_FLIGHT'): Tool => {
    let seen = 0;
    return () => ((seen += 1) === 1 || seen > 1 + again ? bought('m') : { adcp_error: { code, ...(retryAfter !== undefined && { retry_after: retryAfter }) } });
  };

  test.each(['IDEMPOTENCY_IN_FLIGHT', 'SERVICE_UNAVAILABLE'])('that meet the first one at work (%s) are sent again with the same key', async (code) => {
    const { calls, state } = await judge(oneStoryboard(steps('{ count: 2 }')), { create_media_buy: busy(1, 0.06, code) });
    expect([calls.length, new Set(calls.map(({ args }) => keyOf(args))).size, state('x')]).toEqual([3, 1, 'passed']);
  });

  test('that are always told to come back are sent five times, 50 ms apart at least', async () => {
    const from = performance.now();
    const result = await judge(oneStoryboard(steps('{ count: 2, barrier_timeout_ms: 5000 }')), { create_media_buy: busy(99, 0) });
    expect([result.calls.length, failures(result)]).toEqual([1 + 5, ['step_timeout', 'cross_response_field_equal']]);
    expect(performance.now() - from).toBeGreaterThan(4 * 50);
  });

  test('that are kept waiting longer than the step may last fail it', async () => {
    const result = await judge(oneStoryboard(steps('{ count: 2, barrier_timeout_ms: 3000 }')), { create_media_buy: busy(99, 60) });
    expect(failures(result)).toEqual(['step_timeout', 'cross_response_field_equal']);
  });

  test('that nobody answers in time fail by one name', async () => {
    const silent: Tool = () => new Promise((resolve) => { setTimeout(() => resolve(bought('m')), 600); });
    const result = await judge(oneStoryboard(steps('{ count: 2, barrier_timeout_ms: 100 }')), { create_media_buy: silent });
    expect(failures(result)).toEqual(['parallel_dispatch_barrier_timeout']);
  });

  test.each([1, 11, 2.5])('%f of them cannot be graded', async (count) => {
    const result = await judge(oneStoryboard(steps(`{ count: ${count} }`)), { create_media_buy: () => bought('m') });
    expect([failures(result), result.calls.length]).toEqual([['parallel_dispatch_misconfigured'], 0]);
  });

  test('are each held to the checks of one reply', async () => {
    let seen = 0;
    const result = await judge(oneStoryboard(steps(one, '          - { check: field_value, path: currency, value: USD, description: in dollars }\n')), {
      create_media_buy: () => ({ ...bought('m'), currency: (seen += 1) === 2 ? 'EUR' : 'USD' }),
    });
    const failed = result.rows.get('x')!.validations.filter(({ passed }) => !passed);
    expect(failed).toEqual([expect.objectContaining({ check: 'field_value', description: '[dispatch x#2] in dollars' })]);
  });
});

describe('a seller that is driven into its rate limit', () => {
  const steps = (more = 'max_attempts: 50') => `      - id: x
        task: expect_rate_limit_not_replayed
        rate_limit_trip:
          trip_target_task: create_media_buy
          trip_target_sample_request: { brand: { domain: a.example }, context: { correlation_id: mine } }
          ${more}
        validations: [{ check: replay_not_cached_rate_limit }]
`;
  const TRIP = ['--trip-rate-limits'];
  const throttled = (more: object = { retry_after: 0.01 }) => ({ adcp_error: { code: 'RATE_LIMITED', ...more } });
  /** Throttles from the third request on; what becomes of a throttled key is the seller's manner. */
  const limiter = (replay: (key: string, throttledKeys: Set<string>) => object, refusal = throttled()): Tool => {
    let seen = 0;
    const keys = new Set<string>();
    return (args) => {
      if (keys.has(keyOf(args))) return replay(keyOf(args), keys) as Json;
      seen += 1;
      if (seen < 3) return { media_buy_id: `m${seen}`, packages: [] };
      keys.add(keyOf(args));
      return refusal;
    };
  };

  test('passes when the throttled key works after the wait', async () => {
    const { state, calls } = await judge(oneStoryboard(steps()), { create_media_buy: limiter(() => ({ media_buy_id: 'm', packages: [] })) }, TRIP);
    expect(state('x')).toBe('passed');
    expect(calls.map(({ args }) => (args['context'] as Json)['correlation_id'])).toEqual(['x#trip-1', 'x#trip-2', 'x#trip-3', 'x#replay']);
    expect(new Set(calls.map(({ args }) => keyOf(args))).size).toBe(3);
    expect(keyOf(calls.at(-1)!.args)).toBe(keyOf(calls.at(-2)!.args));
  });

  test('passes when the repeated request meets another error', async () => {
    const { state } = await judge(oneStoryboard(steps()), { create_media_buy: limiter(() => ({ adcp_error: { code: 'BUDGET_TOO_LOW' } })) }, TRIP);
    expect(state('x')).toBe('passed');
  });

  test('fails when the limit was kept as the answer to the key', async () => {
    expect(failures(await judge(oneStoryboard(steps()), { create_media_buy: limiter(() => throttled()) }, TRIP))).toEqual(['replay_not_cached_rate_limit']);
  });

  test.each<[string, Tool, string?]>([
    ['missing_retry_after', limiter(() => ({}), throttled({}))], ['missing_retry_after', limiter(() => ({}), throttled({ retry_after: 0 }))],
    ['replay_wait_exceeded', limiter(() => ({}), throttled({ retry_after: 31 }))],
    ['rate_limit_trip_request_error', () => ({ adcp_error: { code: 'INVALID_REQUEST' } })],
    ['rate_limit_trip_misconfigured', () => ({}), 'max_attempts: 49'], ['rate_limit_trip_misconfigured', () => ({}), 'max_attempts: 501'],
  ])('fails with %s', async (code, tool, more) => {
    expect(failures(await judge(oneStoryboard(steps(more)), { create_media_buy: tool }, TRIP))).toEqual([code]);
  });

  test('that has no limit within reach is left in peace: skipped, and counted in nothing else', async () => {
    const { rows, calls, report } = await judge(oneStoryboard(steps()), { create_media_buy: () => ({ media_buy_id: 'm', packages: [] }) }, TRIP);
    expect(rows.get('x')).toMatchObject({ outcome: 'skipped', validations: [], skip: { reason: 'not_applicable', detail: 'rate_limit_not_triggered' } });
    expect([calls.length, report.run_summary['steps_failed'], report.run_summary['steps_skipped']]).toEqual([50, 0, 1]);
  });

  test('that falls silent fails by the transport', async () => {
    const { rows } = await judge(oneStoryboard(steps()), { create_media_buy: () => ({ $http: (response) => { response.destroy(); } }) }, TRIP);
    expect(rows.get('x')).toMatchObject({ outcome: 'failed', error_code: 'closed' });
  });

  test('is not driven anywhere without the operator', async () => {
    const { state, calls } = await judge(oneStoryboard(steps()), { create_media_buy: () => ({}) });
    expect([state('x'), calls.length]).toEqual(['unsatisfied_contract:live_side_effect_opt_in_required', 0]);
  });
});
