/** Each gate that a step passes on its way to the seller, and each way in which the answer itself excuses it: open, and shut. */
import { describe, expect, test } from 'vitest';
import { judge, withKit } from '../support/judge-run.ts';
import type { Tool } from '../support/mcp-agent.ts';

type Tools = Readonly<Record<string, Tool>>;

interface Side {
  readonly tools?: Tools;
  readonly capabilities?: object;
  readonly kit?: string;
  readonly args?: readonly string[];
}

const ok = (payload: object = {}): Tool => () => ({ ...payload });
const products = { get_products: ok({ products: [] }) };
const says = (message: string): Tools => ({ get_products: () => ({ $rpcError: { code: -32000, message } }) });
const step = (task: string, more = ''): string => `      - { id: x, task: ${task}${more === '' ? '' : `, ${more}`} }\n`;
const refusing: Tools = { get_products: ok({ adcp_error: { code: 'request_signature_required' } }) };
const forced = step('comply_test_controller', 'sample_request: { scenario: force_creative_status }');
const accounts = step('sync_accounts', 'sample_request: { accounts: [] }');
const operators = { account: { require_operator_auth: true } };
const page = step('list_accounts', `sample_request: { pagination: { max_results: 2 } }, context_outputs: [{ name: c, path: pagination.cursor }],
          validations: [{ check: field_value, path: pagination.has_more, value: true }]`).replace('\n          ', ' ');

test.each<[what: string, steps: string, open: Side, shut: Side, state: string]>([
  ['the tool is listed', step('get_products'), { tools: products }, {}, 'missing_tool'],
  [
    'a tool that it requires is listed', step('get_products', 'requires_tool: get_signals'), { tools: { ...products, get_signals: ok() } },
    { tools: products }, 'missing_tool',
  ],
  [
    'the controller that it requires is listed', step('get_products', 'requires_tool: comply_test_controller'),
    { tools: { ...products, comply_test_controller: ok() } }, { tools: products }, 'missing_test_controller',
  ],
  [
    'accounts are opened by tool', accounts, { tools: { sync_accounts: ok({ accounts: [] }) }, capabilities: operators }, { capabilities: operators },
    'not_applicable:operator_managed_accounts',
  ],
  ['accounts are opened by nobody', accounts, { tools: { sync_accounts: ok({ accounts: [] }) } }, {}, 'missing_tool'],
  ['the seller knows the tool that it lists', step('get_products'), { tools: products }, { tools: says('Unknown tool: get_products') }, 'missing_tool'],
  ['the seller supports the task', step('get_products'), { tools: products }, { tools: says('this server does not support: get_products') }, 'not_applicable'],
  [
    'the controller knows the scenario', forced, { tools: { comply_test_controller: ok({ success: true }) } },
    { tools: { comply_test_controller: ok({ success: false, error: 'UNKNOWN_SCENARIO' }) } }, 'not_applicable:force_scenario_unsupported',
  ],
  [
    'no signature is asked for', step('get_products'), { tools: products, capabilities: { request_signing: { required_for: ['get_products'] } } },
    { tools: refusing, capabilities: { request_signing: { required_for: ['get_products'] } } }, 'not_applicable:signature_required',
  ],
  ['a signature is asked for as announced', step('get_products'), { tools: products }, { tools: refusing }, 'failed'],
  [
    'the kit names the task', step('$test_kit.operations.main'), { tools: products, kit: 'operations: { main: get_products }\n' }, { tools: products },
    'failed',
  ],
  [
    'the kit or the step names the task', step('$test_kit.operations.main', 'task_default: get_products'), { tools: products },
    { tools: products, kit: 'operations: { main: get_signals }\n' }, 'missing_tool',
  ],
  [
    'some task can probe authentication', step('$test_kit.auth.probe_task'), { tools: { get_signals: ok({ signals: [] }) } }, { tools: products },
    'not_applicable:no_probe_task',
  ],
  [
    'its contract is in scope', step('get_products', 'requires_contract: distributed_brand_runner'),
    { tools: products, args: ['--contract', 'distributed_brand_runner'] }, { tools: products }, 'not_applicable:missing_test_kit_contract',
  ],
  [
    'there is a further page', page, { tools: { list_accounts: ok({ accounts: [{}, {}], pagination: { has_more: true, cursor: 'n' } }) } },
    { tools: { list_accounts: ok({ accounts: [{}], pagination: { has_more: false } }) } }, 'not_applicable:terminal_page',
  ],
  [
    'the kit has what the request names', step('get_products', 'sample_request: { brief: $test_kit.account.probe }'),
    { tools: products, kit: 'account: { probe: b }\n' }, { tools: products }, 'failed',
  ],
  [
    'an earlier step was answered with what it quotes',
    `      - { id: w, task: get_adcp_capabilities }\n${step('get_products', 'sample_request: { brief: "{{prior_step.w.hint}}" }')}`,
    { tools: products, capabilities: { hint: 'h' } }, { tools: products }, 'prerequisite_failed',
  ],
  [
    'a flag was contributed',
    `      - { id: w, task: get_products, contributes_to: flag }\n${step('assert_contribution', 'validations: [{ check: any_of, allowed_values: [flag] }]')}`,
    { tools: products }, {}, 'failed',
  ],
  [
    'the step before it passed, as its contribution wants',
    `      - { id: w, task: get_products }\n      - { id: v, task: get_adcp_capabilities, contributes_to: flag, contributes_if: prior_step.w.passed }
${step('assert_contribution', 'validations: [{ check: any_of, allowed_values: [flag] }]')}`,
    { tools: products }, {}, 'failed',
  ],
  [
    'what it needs was made', `      - { id: w, task: get_products, stateful: true }\n${step('get_adcp_capabilities', 'stateful: true')}`,
    { tools: products }, { tools: { get_products: ok({ errors: [{ code: 'X' }] }) } }, 'prerequisite_failed:cascade',
  ],
])('a step runs when %s', async (_what, steps, open, shut, state) => {
  const run = async ({ tools = {}, capabilities = {}, kit = '', args = [] }: Side): Promise<string> => {
    const claimed = { status: 'completed', adcp: { major_versions: [3] }, supported_protocols: [], ...capabilities };
    return (await judge(withKit(steps, '', kit), { get_adcp_capabilities: ok(claimed), ...tools }, args)).state('x');
  };
  expect([await run(open), await run(shut)]).toEqual(['passed', state]);
});

describe('the task that probes authentication', () => {
  const probed = async (kit: string, ...tools: readonly string[]): Promise<string | undefined> => {
    const run = await judge(withKit(step('$test_kit.auth.probe_task'), '', kit), Object.fromEntries(tools.map((name) => [name, ok()])));
    return run.calls.at(-1)?.name;
  };

  test('is the kit\'s own where the seller lists it, else the first that it lists', async () => {
    expect(await probed('', 'get_signals', 'list_creatives')).toBe('list_creatives');
    expect(await probed('', 'get_signals', 'get_media_buy_delivery')).toBe('get_media_buy_delivery');
  });
});
