/** Where the official runner departs from its contract, `--compat official` does what it does. One case for each departure, both ways. */
import { describe, expect, test } from 'vitest';
import { AUTHORED, OFFICIAL, type Policy } from '../../compliance/policy.ts';
import { judge, type JudgeRun, oneStoryboard, withKit } from '../support/judge-run.ts';
import type { Tool } from '../support/mcp-agent.ts';

type Departure = Exclude<keyof Policy, 'name'>;

interface Case {
  readonly files: Readonly<Record<string, string>>;
  readonly tools?: Readonly<Record<string, Tool>>;
  readonly capabilities?: object;
  readonly look: (run: JudgeRun) => unknown;
  readonly authored: unknown;
  readonly official: unknown;
}

const ok = (payload: object = {}): Tool => () => ({ ...payload });
const products = { products: [{ product_id: 'p', pricing_options: [{ pricing_option_id: 'o', pricing_model: 'cpm', floor_price: 4 }] }] };
const bought = { media_buy_id: 'm', packages: [] };
const state = (...ids: readonly string[]) => (run: JudgeRun): unknown => ids.map(run.state);
const sent = (task: string) => (run: JudgeRun): unknown => run.calls.filter(({ name }) => name === task).at(-1)?.args;
const step = (id: string, task: string, more = ''): string => `      - { id: ${id}, task: ${task}${more === '' ? '' : `, ${more}`} }\n`;
const phases = (text: string, head = ''): Readonly<Record<string, string>> => ({
  'compliance/universal/s.yaml': `id: s\nversion: "1.0.0"\ntitle: S\n${head}phases:\n${text}`,
});
const kit = (steps: string, more = '', head = ''): Readonly<Record<string, string>> => withKit(steps, head, more);
const envelope = { adcp_major_version: 3, adcp_version: '3.1' };
const brand = { domain: 'acme.example' };
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/) as unknown;

const CASES: Partial<Record<Departure, Case>> = {
  requests: {
    files: kit(
      step('find', 'get_products', 'sample_request: { buying_mode: brief, brief: b }')
        + step('buy', 'create_media_buy', 'sample_request: { account: { account_id: a }, packages: [{ product_id: test-product, budget: 5 }] }')
    ),
    tools: { get_products: ok(products), create_media_buy: ok(bought) }, look: sent('create_media_buy'),
    authored: { ...envelope, idempotency_key: uuid, account: { account_id: 'a' }, packages: [{ product_id: 'test-product', budget: 5 }] },
    official: {
      ...envelope, idempotency_key: uuid, brand, account: { brand, operator: 'acme.example' }, ext: { adcp: { creative_wire: 'legacy' } },
      start_time: expect.any(String), end_time: expect.any(String),
      packages: [{ product_id: 'p', pricing_option_id: 'o', budget: 5, bid_price: 6 }],
    },
  },
  replies: {
    files: oneStoryboard(step('x', 'get_products', 'validations: [{ check: field_value, path: "products[0].channels", value: [olv, ctv] }]')),
    tools: { get_products: ok({ products: [{ channels: ['video'] }] }) },
    look: (run) => [
      run.state('x'), ((run.rows.get('x') as { notices?: readonly { code: string }[] }).notices ?? []).map(({ code }) => code),
      (run.rows.get('x') as { response?: { payload?: { structuredContent?: unknown } } }).response?.payload?.structuredContent,
    ],
    authored: ['failed', [], { products: [{ channels: ['video'] }] }],
    official: ['passed', ['response_rewritten_channels'], { products: [{ channels: ['video'] }] }],
  },
  unresolvedContext: {
    files: oneStoryboard(step('a', 'get_products') + step('b', 'get_media_buys', 'sample_request: { x: $context.nobody }')),
    tools: { get_products: ok({ products: [] }), get_media_buys: ok({ media_buys: [] }) },
    look: (run) => [run.state('b'), run.verdict, run.calls.some(({ name }) => name === 'get_media_buys')],
    authored: ['failed', 'failed', false], official: ['prerequisite_failed:unresolved_context', 'passed', false],
  },
  unresolvedInErrorSteps: {
    files: oneStoryboard(step('x', 'get_media_buys', 'expect_error: true, sample_request: { y: $context.nobody }')),
    tools: { get_media_buys: ok({ errors: [{ code: 'INVALID_REQUEST' }] }) },
    look: (run) => [run.state('x'), (sent('get_media_buys')(run) as { y?: string } | undefined)?.y],
    authored: ['failed', undefined], official: ['passed', '$context.nobody'],
  },
  kitAndStepPlaceholders: {
    files: kit(
      step('a', 'get_products')
        + step('b', 'validate_input', 'sample_request: { of_kit: $test_kit.auth.probe_task }')
        + step('c', 'validate_input', 'sample_request: { of_step: "{{prior_step.a.name}}" }')
    ),
    tools: { get_products: ok({ products: [], name: 'n' }), validate_input: ok() },
    look: (run) => [(sent('validate_input')(run) as { of_kit?: string; of_step?: string }), ...(state('b', 'c')(run) as string[])],
    authored: [{ ...envelope, of_step: 'n' }, 'passed', 'passed'],
    official: [{ ...envelope, of_kit: '$test_kit.auth.probe_task', brand, account: { brand, operator: 'acme.example' } }, 'passed', 'prerequisite_failed'],
  },
  aliases: {
    files: phases(['one', 'two'].map((id) =>
      `  - id: ${id}\n    steps:\n${step(id, 'validate_input', 'sample_request: { k: "$generate:uuid_v4#same" }')}`).join('')),
    tools: { validate_input: ok() },
    look: ({ calls }) => new Set(calls.filter(({ name }) => name === 'validate_input').map(({ args }) => args['k'])).size,
    authored: 1, official: 2,
  },
  skipConditions: {
    files: phases(`  - { id: one, skip_if: "context.absent != true", steps: [{ id: x, task: get_products }] }\n`),
    tools: { get_products: ok({ products: [] }) }, look: state('x'), authored: ['not_applicable:phase_condition'], official: ['passed'],
  },
  missingController: {
    files: oneStoryboard(step('x', 'get_products'), 'requires: [controller]\n'),
    look: ({ report }) => report.step_results[0]!.skip!.reason, authored: 'requirement_unmet', official: 'missing_test_controller',
  },
  contractsOfTasks: {
    files: oneStoryboard(step('x', 'get_products', 'requires_contract: single_side_trust_runner')),
    tools: { get_products: ok({ products: [] }) }, look: state('x'),
    authored: ['not_applicable:missing_test_kit_contract'], official: ['passed'],
  },
  kits: {
    files: {
      ...kit('', 'operations: { emitter: list_accounts }\n'),
      ...phases(
        `  - { id: one, skip_if: "!test_kit.operations", steps: [{ id: x, task: $test_kit.operations.emitter, task_default: get_products }] }\n`,
        'prerequisites: { test_kit: test-kits/k.yaml }\n'
      ),
    },
    tools: { list_accounts: ok({ accounts: [] }), get_products: ok({ products: [] }) }, look: state('x'),
    authored: ['passed'], official: ['not_applicable:phase_condition'],
  },
  skippedState: {
    files: phases(
      `  - { id: zero, steps: [{ id: z, task: get_products, stateful: true, validations: [{ check: field_present, path: no }] }] }\n`
        + '  - { id: one, steps: [{ id: y, task: get_products, stateful: true }, { id: w, task: get_products, stateful: true }] }\n'
        + '  - { id: two, depends_on: [one], steps: [{ id: x, task: get_products, stateful: true }] }\n'
    ),
    tools: { get_products: ok({ products: [] }) }, look: state('y', 'x'),
    authored: ['prerequisite_failed:cascade', 'prerequisite_failed:cascade'], official: ['prerequisite_failed:cascade', 'passed'],
  },
  expectedErrors: {
    files: oneStoryboard(step('x', 'get_products', 'expect_error: true')),
    tools: { get_products: () => ({ $http: (response) => { response.writeHead(500).end('<html>'); } }) }, look: state('x'),
    authored: ['failed'], official: ['passed'],
  },
  malformedRequests: {
    files: oneStoryboard(step('x', 'get_products', 'sample_request_skip_schema: true, sample_request: { brief: 7 }')),
    tools: { get_products: ok({ errors: [{ code: 'INVALID_REQUEST' }] }) }, look: state('x'), authored: ['passed'], official: ['failed'],
  },
  unlistedSeeds: {
    files: oneStoryboard(
      step('x', 'get_products'), 'prerequisites: { controller_seeding: true }\nfixtures: { products: [{ product_id: p }] }\n'
    ),
    tools: {
      get_products: ok({ products: [] }),
      comply_test_controller: ({ scenario }) => ({ success: true, ...(scenario === 'list_scenarios' && { scenarios: ['force_x'] }) }),
    },
    look: ({ verdict }) => verdict, authored: 'passed', official: 'not_applicable',
  },
  completionFailures: {
    files: oneStoryboard(['ended', 'late'].map((id) =>
      step(id, 'create_media_buy', `sample_request: { brief: ${id} }, context_outputs: [{ name: ${id}, path: task_completion.media_buy_id }]`)).join('')),
    tools: {
      create_media_buy: (_args, { calls }) => ({ status: 'submitted', task_id: `t${calls.filter(({ name }) => name === 'create_media_buy').length}` }),
      tasks_get: ({ task_id: id }) => ({ task_id: id, status: id === 't0' ? 'failed' : 'working' }),
    },
    look: (run) => ['ended', 'late'].map((id) => run.rows.get(id)!.validations[0]!.check),
    authored: ['capture_path_not_resolvable', 'capture_path_not_resolvable'], official: ['capture_task_failed', 'capture_poll_timeout'],
  },
  upstreamTraffic: {
    files: oneStoryboard(step('x', 'get_products', 'validations: [{ check: upstream_traffic, min_count: 1 }]')),
    tools: {
      get_products: ok({ products: [] }),
      comply_test_controller: ({ scenario }) => (scenario === 'list_scenarios'
        ? { success: true, scenarios: ['query_upstream_traffic'] } : { success: true, recorded_calls: [], total_count: 0 }),
    },
    look: state('x'), authored: ['failed'], official: ['passed'],
  },
  containment: {
    files: oneStoryboard(step('x', 'get_products', 'validations: [{ check: field_contains, path: tags, value: a }]')),
    tools: { get_products: ok({ products: [], tags: ['a', 'b'] }) }, look: state('x'), authored: ['passed'], official: ['failed'],
  },
  formatProducts: {
    files: oneStoryboard(
      step('a', 'get_products', 'sample_request: { brief: first }') + step('b', 'get_products', 'sample_request: { brief: second }')
        + step('x', 'create_media_buy', 'sample_request: { packages: [{ product_id: p }] }, validations: [{ check: canonical_format_satisfaction, value: true }]')
    ),
    tools: {
      get_products: ({ brief }) => ({ products: brief === 'first' ? [{ product_id: 'p', format_options: [] }] : [] }), create_media_buy: ok(bought),
    },
    look: state('x'), authored: ['passed'], official: ['failed'],
  },
  builtAssets: {
    files: oneStoryboard(step('x', 'sync_creatives', 'sample_request: { creatives: [{ assets: { $build_assets_from_format: { slots: [] }, own: 1 } }] }')),
    tools: { sync_creatives: ok({ creatives: [] }) },
    look: (run) => (sent('sync_creatives')(run) as { creatives: readonly { assets: unknown }[] }).creatives[0]!.assets,
    authored: {}, official: { own: 1 },
  },
  unfillableSlots: {
    files: oneStoryboard(
      step('x', 'sync_creatives', 'sample_request: { assets: { $build_assets_from_format: { slots: [{ asset_id: logo, asset_type: image }] } } }')
    ),
    tools: { sync_creatives: ok({ creatives: [] }) }, look: state('x'),
    authored: ['failed'], official: ['not_applicable:fixture_unavailable'],
  },
  sessions: {
    files: oneStoryboard(step('one', 'si_send_message', 'sample_request: { session_id: a }') + step('two', 'si_send_message', 'sample_request: { session_id: b }')),
    tools: { si_send_message: ({ session_id: id }) => ({ session_id: id, session_status: id === 'a' ? 'terminated' : 'active' }) },
    look: state('one', 'two'), authored: ['passed', 'passed'], official: ['passed', 'failed'],
  },
  substitutionObserver: {
    files: oneStoryboard(step('x', 'expect_substitution_safe', 'source_path: x, macro_template: m, requires_contract: other_runner')),
    look: (run) => (run.state('x') as string).split(':')[0], authored: 'unsatisfied_contract', official: 'missing_tool',
  },
  noticeCodes: {
    files: oneStoryboard(step('x', 'get_adcp_capabilities')), capabilities: { webhook_signing: { legacy_hmac_fallback: true } },
    look: ({ report }) => (report.run_summary['notices'] as readonly { code: string }[]).map(({ code }) => code).sort(),
    authored: ['legacy_hmac_fallback_removed_in_4_0', 'request_signing_required_in_4_0'],
    official: ['request_signing.required', 'webhook_signing.legacy_hmac_fallback.removed'],
  },
};

/** Proven where the agents for it are: judge-probes, judge-a2a, judge-routing, judge-webhooks. */
const ELSEWHERE: readonly Departure[] = ['brandAgent', 'a2aPayload', 'defaultAgent', 'retriedSignatures'];

describe.each(Object.entries(CASES))('%s', (_member, one) => {
  const run = (...args: readonly string[]): Promise<JudgeRun> => {
    const { capabilities } = one;
    const claimed = { status: 'completed', adcp: { major_versions: [3] }, supported_protocols: [], ...capabilities };
    return judge(one.files, { get_adcp_capabilities: ok(claimed), ...one.tools }, args);
  };

  test('follows the contract by default', async () => expect(one.look(await run())).toEqual(one.authored));
  test('does as the official runner with --compat official', async () =>
    expect(one.look(await run('--compat', 'official'))).toEqual(one.official));
});

test('every departure is decided differently by the two policies, and has a case', () => {
  const members = (Object.keys(AUTHORED) as (keyof Policy)[]).filter((member) => member !== 'name');
  expect([...Object.keys(CASES), ...ELSEWHERE].sort()).toEqual([...members].sort());
  expect(members.filter((member) => AUTHORED[member] === OFFICIAL[member])).toEqual([]);
});

test('the report names the policy, and another one is refused', async () => {
  const files = oneStoryboard(step('x', 'get_adcp_capabilities'));
  expect((await judge(files, {})).report.run).toMatchObject({ request_policy: 'authored' });
  expect((await judge(files, {}, ['--compat', 'official'])).report.run).toMatchObject({ request_policy: 'official' });
  await expect(judge(files, {}, ['--compat', 'offical'])).rejects.toThrow(/--compat "offical" is unknown: write official/);
});
