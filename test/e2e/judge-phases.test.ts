import { describe, expect, test } from 'vitest';
import { judge, oneStoryboard, withKit } from '../support/judge-run.ts';
import type { Tool } from '../support/mcp-agent.ts';

describe('steps that are skipped', () => {
  const boards: readonly (readonly [string, string, Readonly<Record<string, Tool>>, string, (readonly string[])?])[] = [
    ['a tool that the seller lacks', '      - { id: x, task: get_signals }\n', {}, 'missing_tool'],
    ['a required tool that it lacks', '      - { id: x, task: get_adcp_capabilities, requires_tool: preview_creative }\n', {}, 'missing_tool'],
    ['a webhook that a tool which it lacks would cause', '      - { id: x, task: expect_webhook, requires_tool: preview_creative }\n', {}, 'missing_tool'],
    ['the controller that it lacks', '      - { id: x, task: comply_test_controller }\n', {}, 'missing_test_controller'],
    [
      'accounts that operators open', '      - { id: x, task: sync_accounts, sample_request: {} }\n',
      { get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [], account: { require_operator_auth: true } }) },
      'not_applicable:operator_managed_accounts',
    ],
    [
      'a tool that it lists and does not know', '      - { id: x, task: get_products }\n',
      { get_products: () => ({ $rpcError: { code: -32602, message: 'Unknown tool: get_products' } }) }, 'missing_tool',
    ],
    [
      'a scenario that the controller does not offer',
      '      - { id: x, task: comply_test_controller, sample_request: { scenario: force_x } }\n',
      { comply_test_controller: () => ({ success: false, error: 'UNKNOWN_SCENARIO' }) }, 'not_applicable:force_scenario_unsupported',
    ],
    [
      'a signature that it requires', '      - { id: x, task: get_products }\n',
      {
        get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [], request_signing: { required_for: ['get_products'] } }),
        get_products: () => ({ adcp_error: { code: 'request_signature_required' } }),
      },
      'not_applicable:signature_required',
    ],
    [
      'a webhook that nobody receives', '      - { id: x, task: expect_webhook, requires_contract: webhook_receiver_runner }\n', {},
      'unsatisfied_contract:missing_test_kit_contract', ['--no-webhooks'],
    ],
    [
      'a rate limit that nobody trips', '      - { id: x, task: expect_rate_limit_not_replayed, rate_limit_trip: {} }\n', {},
      'unsatisfied_contract:live_side_effect_opt_in_required',
    ],
    [
      'calls that would go out from several processes',
      '      - { id: x, task: get_adcp_capabilities, parallel_dispatch: { count: 2, mode: distributed } }\n', {}, 'not_applicable',
    ],
    [
      'a contract of the kit', '      - { id: x, task: get_adcp_capabilities, requires_contract: distributed_brand_runner }\n', {},
      'not_applicable:missing_test_kit_contract',
    ],
    ['OAuth that is not advertised', '      - { id: x, task: protected_resource_metadata }\n', {}, 'not_applicable:oauth_not_advertised'],
    ['keys that are not probed', '      - { id: x, task: request_signing_probe }\n', {}, 'not_applicable:probe_unsupported'],
    [
      'a value of the judge that it does not provide',
      '      - { id: x, task: get_adcp_capabilities, sample_request: { a: "{{runner.other}}" } }\n', {}, 'not_applicable:probe_unsupported',
    ],
    [
      'a reply that never came', '      - { id: x, task: get_adcp_capabilities, sample_request: { a: "{{prior_step.none.id}}" } }\n', {},
      'prerequisite_failed',
    ],
  ];

  test.each(boards.map((board) => ({ what: board[0], board })))('for $what', async ({ board: [, steps, tools, expected, args] }) => {
    const { state } = await judge(oneStoryboard(steps), tools, args);
    expect(state('x')).toBe(expected);
  });

  test('a scenario other than force_* that the controller does not know fails', async () => {
    const { state } = await judge(
      oneStoryboard('      - { id: x, task: comply_test_controller, sample_request: { scenario: simulate_x } }\n'),
      { comply_test_controller: () => ({ success: false, error: 'UNKNOWN_SCENARIO' }) }
    );
    expect(state('x')).toBe('failed');
  });

  test('a reference into the kit that nothing answers fails', async () => {
    const { state, rows } = await judge(withKit('      - { id: x, task: "$test_kit.operations.none" }\n'), {});
    expect(state('x')).toBe('failed');
    expect(rows.get('x')!.validations).toMatchObject([{ check: 'unresolved_substitution', expected: '$test_kit.operations.none' }]);
  });
});

describe('phases', () => {
  const board = (phases: string) => ({ 'compliance/universal/s.yaml': `id: s\ncontext: { flag: true }\nphases:\n${phases}` });
  const products: Tool = (args) => (args['fail'] === true ? { errors: [{ code: 'X' }] } : { products: [] });

  test('a stateful failure keeps dependent stateful steps from running; others run', async () => {
    const { state, rows, code, verdict } = await judge(board(`  - id: one
    steps:
      - { id: a, task: get_products, stateful: true, sample_request: { fail: true } }
      - { id: b, task: get_products, stateful: true }
      - { id: c, task: get_products, stateful: false }
  - id: two
    steps: [{ id: d, task: get_products, stateful: true }, { id: e, task: get_signals, stateful: true }]
  - id: free
    depends_on: []
    steps: [{ id: f, task: get_products, stateful: true }]
`), { get_products: products });
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map(state)).toEqual([
      'failed', 'prerequisite_failed:cascade', 'passed', 'prerequisite_failed:cascade', 'missing_tool', 'passed',
    ]);
    expect(rows.get('d')!.skip!.detail).toBe('needs the state of one/a, and it failed');
    expect([verdict, code]).toEqual(['failed', 1]);
  });

  test('a phase is left out by its condition or by a capability, step by step', async () => {
    const { state, verdict } = await judge(board(`  - id: one
    skip_if: "context.flag == true"
    steps: [{ id: a, task: get_products }]
  - id: two
    requires_capability: { path: x, present: true }
    steps: [{ id: b, task: get_products }]
  - id: three
    skip_if: "!context.flag"
    steps: [{ id: c, task: get_products }]
`), { get_products: products });
    expect(['a', 'b', 'c'].map(state)).toEqual(['not_applicable:phase_condition', 'not_applicable:capability_unsupported', 'passed']);
    expect(verdict).toBe('passed');
  });

  const ways = (left: string, right: string) => board(`  - id: left
    optional: true
    branch_set: { id: way, semantics: any_of }
    steps: [{ id: a, task: get_products, contributes: true, sample_request: ${left} }]
  - id: right
    optional: true
    branch_set: { id: way, semantics: any_of }
    steps: [{ id: b, task: get_products, contributes: true, sample_request: ${right} }]
  - id: end
    steps: [{ id: c, task: assert_contribution, validations: [{ check: any_of, allowed_values: [way] }] }]
`);

  test('one of several ways is enough; the failures of the others are moot', async () => {
    const { state, rows, code } = await judge(ways('{ fail: true }', '{}'), { get_products: products });
    expect([...['a', 'b', 'c'].map(state), code]).toEqual(['peer_branch_taken', 'passed', 'passed', 0]);
    expect(rows.get('a')!.skip!.detail).toBe('way contributed by right.b — left is moot');
  });

  test('when no way works, the failures stay uncounted and the demand fails', async () => {
    const { state, report, code } = await judge(ways('{ fail: true }', '{ fail: true }'), { get_products: products });
    expect([...['a', 'b', 'c'].map(state), code]).toEqual(['failed', 'failed', 'failed', 1]);
    expect(report.run_summary).toMatchObject({ total_steps: 3, steps_failed: 3, steps_failed_optional: 2 });
  });

  test('a substitute that passes stands in for a tool that is missing', async () => {
    const { state, rows, code } = await judge(board(`  - id: one
    steps:
      - { id: a, task: sync_catalogs, stateful: true, sample_request: {} }
      - { id: b, task: get_products, stateful: true, provides_state_for: a }
  - id: two
    steps: [{ id: c, task: get_products, stateful: true }]
`), { get_products: products });
    expect([...['a', 'b', 'c'].map(state), code]).toEqual(['peer_substituted', 'passed', 'passed', 0]);
    expect(rows.get('a')!.skip!.detail).toBe('a state provided by one.b');
  });

  test('an invariant sees what a seller says in the data of a JSON-RPC error', async () => {
    const adcp_error = { code: 'IDEMPOTENCY_CONFLICT', message: 'used', details: { cached_response: { media_buy_id: 'm' } } };
    const { state, rows } = await judge(board(`  - id: one
    steps: [{ id: a, task: get_products, expect_error: true, validations: [{ check: error_code, value: IDEMPOTENCY_CONFLICT }] }]
`), { get_products: () => ({ $rpcError: { code: -32000, message: 'conflict', data: { adcp_error } } }) });
    expect(state('a')).toBe('failed');
    expect(rows.get('a')!.validations).toMatchObject([
      { check: 'error_code', passed: true }, { check: 'assertion', passed: false, json_pointer: '/adcp_error/details' },
    ]);
  });

  test('an invariant fails the step that breaks it, and cascades', async () => {
    let calls = 0;
    const buys: Tool = () => ({ media_buys: [{ media_buy_id: 'm', status: (calls += 1) === 1 ? 'completed' : 'active' }] });
    const { state, rows } = await judge(board(`  - id: one
    steps: [{ id: a, task: get_media_buys, stateful: true }, { id: b, task: get_media_buys, stateful: true }, { id: c, task: get_media_buys, stateful: true }]
`), { get_media_buys: buys });
    expect(['a', 'b', 'c'].map(state)).toEqual(['passed', 'failed', 'prerequisite_failed:cascade']);
    expect(rows.get('b')!.validations).toMatchObject([
      { check: 'assertion', passed: false, description: expect.stringContaining('status.monotonic') },
    ]);
  });
});
