import { describe, expect, test } from 'vitest';
import { judge, oneStoryboard, withKit } from '../support/judge-run.ts';
import type { Tool } from '../support/mcp-agent.ts';

describe('seeding by the test controller', () => {
  const head = `  controller_seeding: true
fixtures:
  products: [{ product_id: p1, name: P }]
  pricing_options: [{ product_id: p1, pricing_option_id: o1 }]
`;
  const steps = '      - id: read\n        task: get_products\n        stateful: true\n        sample_request: { context: { correlation_id: "s--read" } }\n';
  const products: Tool = () => ({ products: [] });
  const controller = (answer: (scenario: string) => object): Tool => (args) => (
    args['scenario'] === 'list_scenarios'
      ? { success: true, scenarios: ['seed_product', 'seed_pricing_option'] }
      : answer(String(args['scenario'])) as Record<string,
    unknown>
  );

  test('seeds every fixture before the first phase, in the sandbox account of the brand', async () => {
    const { state, calls, report } = await judge(
      withKit(steps, head), { get_products: products, comply_test_controller: controller(() => ({ success: true })) }
    );
    expect(state('read')).toBe('passed');
    expect(calls.map(({ name, args }) => args['scenario'] ?? name)).toEqual([
      'get_adcp_capabilities', 'list_scenarios', 'seed_product', 'seed_pricing_option', 'get_products',
    ]);
    expect(calls[2]!.args).toMatchObject({
      account: { brand: { domain: 'acme.example' }, operator: 'acme.example', sandbox: true },
      params: { product_id: 'p1', fixture: { name: 'P' } }, context: { correlation_id: 's--__seeding__' },
    });
    expect(report.run_summary['total_steps']).toBe(1);
  });

  test('a seller without the controller skips every step and stays unproven', async () => {
    const { state, verdict, code } = await judge(withKit(steps, head), { get_products: products });
    expect([state('read'), verdict, code]).toEqual(['missing_test_controller', 'unproven', 1]);
  });

  test('a controller that lacks a scenario makes the storyboard not applicable, listed or answered', async () => {
    const unlisted = await judge(
      withKit(steps, head),
      {
        get_products: products,
        comply_test_controller: (args) => (
          args['scenario'] === 'list_scenarios' ? { success: true, scenarios: { seed_product: {} } } : { success: true }
        ),
      }
    );
    expect([unlisted.state('s'), unlisted.verdict, unlisted.code]).toEqual(['not_applicable:fixture_seed_unsupported', 'not_applicable', 0]);
    const unknown = await judge(
      withKit(steps, head),
      { get_products: products, comply_test_controller: controller(() => ({ success: false, error: 'UNKNOWN_SCENARIO' })) }
    );
    expect(unknown.state('s')).toBe('not_applicable:fixture_seed_unsupported');
    expect(unknown.report.run_summary).toMatchObject({ total_steps: 1, steps_skipped: 1, steps_not_run: 0 });
  });

  test('a seed that fails is a failure that counts, and no step runs', async () => {
    const { state, code, verdict, report } = await judge(
      withKit(steps, head),
      {
        get_products: products,
        comply_test_controller: controller(
          (scenario) => (scenario === 'seed_product' ? { success: false, error: 'INVALID_PARAMS' } : { success: true })
        ),
      }
    );
    expect([state('seed_product.p1'), state('read'), verdict, code]).toEqual([
      'failed', 'prerequisite_failed:controller_seeding_failed', 'failed', 1,
    ]);
    expect(report.step_results[0]).toMatchObject({ phase_id: '__controller_seeding__', task: 'comply_test_controller' });
    expect(report.run_summary).toMatchObject({ total_steps: 2, steps_failed: 1, steps_skipped: 1 });
  });

  test('a fixture without its id fails before anything is called', async () => {
    const { state, calls } = await judge(
      withKit(steps, head.replace('product_id: p1, name: P', 'name: P')),
      { get_products: products, comply_test_controller: controller(() => ({ success: true })) }
    );
    expect(state('seed_product.0')).toBe('failed');
    expect(calls.map(({ name }) => name)).toEqual(['get_adcp_capabilities']);
  });
});

describe('upstream traffic', () => {
  const steps = `      - id: log
        task: log_event
        sample_request: { account: { brand: { domain: b.example }, operator: o.example }, events: [{ event_id: e1 }] }
        validations:
          - { check: upstream_traffic, min_count: 1, endpoint_pattern: "POST *", identifier_paths: ["events[*].event_id"] }
          - { check: upstream_traffic, min_count: 1, payload_must_contain: [{ path: kind, match: equals, value: event }] }
`;
  const log: Tool = () => ({ events_received: 1, events_processed: 1 });
  const traffic = (calls: readonly object[], scenarios = ['query_upstream_traffic']): Tool => (args) => (
    args['scenario'] === 'list_scenarios' ? { success: true, scenarios } : { success: true, recorded_calls: calls }
  );
  const call = {
    method: 'POST', endpoint: 'POST https://x.example/e', content_type: 'application/json', attestation_mode: 'raw',
    payload: { kind: 'event', id: 'e1' },
  };

  test('asks the controller once after the step, in the account of the step, for raw calls from just before the step on', async () => {
    const { state, calls } = await judge(oneStoryboard(steps), { log_event: log, comply_test_controller: traffic([call]) });
    expect(state('log')).toBe('passed');
    const asked = calls.filter(({ args }) => args['scenario'] === 'query_upstream_traffic').map(({ args }) => args);
    expect(asked).toMatchObject([{
      account: { brand: { domain: 'b.example' }, operator: 'o.example', sandbox: true },
      params: { attestation_mode: 'raw', limit: 100, identifier_value_digests: [expect.stringMatching(/^[0-9a-f]{64}$/)] },
    }]);
    expect(Math.abs(Date.parse(String((asked[0]!['params'] as Record<string, unknown>)['since_timestamp'])) - Date.now())).toBeLessThan(5000);
  });

  test.each(['INVALID_PARAMS', 'FORBIDDEN'])('a controller that keeps payloads to itself (%s) is asked for digests, and graded by them', async (error) => {
    const params = (args: Record<string, unknown>) => args['params'] as { attestation_mode: string; identifier_value_digests: readonly string[] };
    const closed = (found: boolean): Tool => (args) => {
      if (args['scenario'] === 'list_scenarios') return { success: true, scenarios: ['query_upstream_traffic'] };
      if (params(args).attestation_mode === 'raw') return { success: false, error };
      const proofs = params(args).identifier_value_digests.map((digest) => ({ identifier_value_sha256: digest, found }));
      return { success: true, recorded_calls: [{ ...call, payload: undefined, attestation_mode: 'digest', identifier_match_proofs: proofs }] };
    };
    const sound = await judge(oneStoryboard(steps), { log_event: log, comply_test_controller: closed(true) });
    expect(sound.state('log')).toBe('passed');
    expect((await judge(oneStoryboard(steps), { log_event: log, comply_test_controller: closed(false) })).state('log')).toBe('failed');
  });

  test('where no identifier is looked for, none is asked about', async () => {
    const plain = steps.replace(', identifier_paths: ["events[*].event_id"]', '');
    const { calls } = await judge(oneStoryboard(plain), { log_event: log, comply_test_controller: traffic([call]) });
    const asked = calls.filter(({ args }) => args['scenario'] === 'query_upstream_traffic').map(({ args }) => Object.keys(args['params'] as object));
    expect(asked).toEqual([['since_timestamp', 'limit', 'attestation_mode']]);
  });

  test('a seller that forwards nothing is caught', async () => {
    const { state, rows } = await judge(oneStoryboard(steps), { log_event: log, comply_test_controller: traffic([]) });
    expect(state('log')).toBe('failed');
    expect(rows.get('log')!.validations.map(({ passed }) => passed)).toEqual([false, false]);
  });

  test('is not graded, and says so, where the controller does not offer it', async () => {
    for (const more of [{}, { comply_test_controller: traffic([], ['force_x']) }] as readonly Readonly<Record<string, Tool>>[]) {
      const { state, report } = await judge(oneStoryboard(steps), { log_event: log, ...more });
      expect(state('log')).toBe('passed');
      expect(report.run_summary).toMatchObject({ validations_not_applicable: 2, validations_failed: 0 });
    }
  });
});
