/** Every reason and every narrower cause for which a step is skipped: once where it holds, once where it does not. */
import { describe, expect, test } from 'vitest';
import { SKIP_CAUSES, SKIP_REASONS, type SkipCause, type SkipReason } from '../../compliance/step-report.ts';
import { storyboardYaml } from '../support/judge.ts';
import { judge, oneStoryboard } from '../support/judge-run.ts';
import type { AgentManner, Tool } from '../support/mcp-agent.ts';

type Json = Record<string, unknown>;
type Files = Readonly<Record<string, string>>;
type Tools = Readonly<Record<string, Tool>>;

interface Setting {
  readonly files: Files;
  readonly tools?: Tools;
  readonly args?: readonly string[];
  readonly manner?: AgentManner;
}

interface Pair {
  readonly reason: SkipReason;
  readonly cause?: SkipCause;
  /** Begins so, where the contract fixes the words. */
  readonly detail?: RegExp;
  readonly holds: Setting;
  readonly does_not: Setting;
}

const capable = (more: Json): Tools => ({ get_adcp_capabilities: () => ({ status: 'completed', adcp: { major_versions: [3] }, supported_protocols: [], ...more }) });
const x = (rest: string, head = ''): Files => oneStoryboard(`      - { id: x, ${rest} }\n`, head);
const steps = (text: string, head = ''): Files => oneStoryboard(text, head);
const phases = (text: string): Files => ({ 'compliance/universal/s.yaml': `id: s\nversion: "1"\ntitle: s\ntrack: core\nphases:\n${text}` });
const products: Tools = { get_products: () => ({ products: [{ product_id: 'p' }] }) };
const CONTROLLER = (answer: (args: Json) => Json): Tools => ({ comply_test_controller: answer });
const VECTOR_PHASES = '  - { id: positive_vectors, title: p }\n  - { id: negative_vectors, title: n }\n';
const vector = (url: string, code?: string, more: Json = {}): string => JSON.stringify({
  request: { method: 'POST', url, headers: { 'Content-Type': 'application/json' }, body: '{}' }, verifier_capability: { supported: true, required_for: ['create_media_buy'] },
  expected_outcome: code === undefined ? { success: true } : { success: false, error_code: code }, ...more,
});
/** A bundle with one vector, whose step is `x`. */
const signing = (side: 'positive' | 'negative', text: string): Files => ({
  ...phases(VECTOR_PHASES), 'compliance/test-vectors/request-signing/positive/y.json': vector('https://s.example/adcp/get_products'),
  [`compliance/test-vectors/request-signing/${side}/x.json`]: text,
});
const signs = (more: Json = {}): Tools => ({ ...capable({ request_signing: { supported: true, required_for: ['create_media_buy'], ...more } }), ...products, create_media_buy: () => ({}) });
const POST = 'https://s.example/adcp/create_media_buy';
const REQUIRED = 'request_signature_required';

const PAIRS: readonly Pair[] = [
  { reason: 'no_phases', detail: /s version 1/,
    holds: { files: { 'compliance/universal/s.yaml': 'id: s\nversion: "1"\ntitle: s\ntrack: core\nphases: []\n' } },
    does_not: { files: x('task: get_products'), tools: products } },
  { reason: 'missing_tool', detail: /needs get_signals; the seller lists/,
    holds: { files: x('task: get_signals') },
    does_not: { files: x('task: get_signals'), tools: { get_signals: () => ({ signals: [] }) } } },
  { reason: 'missing_test_controller',
    holds: { files: x('task: comply_test_controller') },
    does_not: { files: x('task: comply_test_controller'), tools: CONTROLLER(() => ({ success: true })) } },
  { reason: 'requirement_unmet', detail: /^controller$/,
    holds: { files: x('task: get_products', 'requires: [controller]\n'), tools: products },
    does_not: { files: x('task: get_products', 'requires: [controller]\n'), tools: { ...products, ...CONTROLLER(() => ({ success: true })) } } },
  { reason: 'requirement_unmet', detail: /^webhook_receiver$/,
    holds: { files: x('task: get_products', 'requires: [webhook_receiver]\n'), tools: products, args: ['--no-webhooks'] },
    does_not: { files: x('task: get_products', 'requires: [webhook_receiver]\n'), tools: products } },
  { reason: 'prerequisite_failed', cause: 'cascade', detail: /main\/first/,
    holds: { files: steps('      - { id: first, task: get_products, stateful: true }\n      - { id: x, task: get_products, stateful: true }\n'),
      tools: { get_products: () => ({ adcp_error: { code: 'INTERNAL' } }) } },
    does_not: { files: steps('      - { id: first, task: get_products, stateful: true }\n      - { id: x, task: get_products, stateful: true }\n'), tools: products } },
  { reason: 'prerequisite_failed', cause: 'capture_failed', detail: /first/,
    holds: { files: steps('      - { id: first, task: get_products, context_outputs: [{ name: k, path: gone }] }\n      - { id: x, task: get_products, sample_request: { k: $context.k } }\n'),
      tools: products },
    does_not: { files: steps('      - { id: first, task: get_products, context_outputs: [{ name: k, path: products }] }\n      - { id: x, task: get_products, sample_request: { k: $context.k } }\n'),
      tools: products } },
  { reason: 'prerequisite_failed', cause: 'controller_seeding_failed',
    holds: { files: x('task: get_products', 'prerequisites: { controller_seeding: true }\nfixtures: { products: [{ product_id: p }] }\n'),
      tools: { ...products, ...CONTROLLER(() => ({ success: false, error: 'INVALID_PARAMS' })) } },
    does_not: { files: x('task: get_products', 'prerequisites: { controller_seeding: true }\nfixtures: { products: [{ product_id: p }] }\n'),
      tools: { ...products, ...CONTROLLER(() => ({ success: true })) } } },
  { reason: 'not_applicable', cause: 'fixture_seed_unsupported', detail: /^fixture_seed_unsupported/,
    holds: { files: x('task: get_products', 'prerequisites: { controller_seeding: true }\nfixtures: { products: [{ product_id: p }] }\n'),
      tools: { ...products, ...CONTROLLER(() => ({ success: false, error: 'UNKNOWN_SCENARIO' })) } },
    does_not: { files: x('task: get_products', 'prerequisites: { controller_seeding: true }\nfixtures: { products: [{ product_id: p }] }\n'),
      tools: { ...products, ...CONTROLLER(() => ({ success: true })) } } },
  { reason: 'not_applicable', cause: 'capability_unsupported', detail: /media_buy\.x/,
    holds: { files: x('task: get_products', 'requires_capability: { path: media_buy.x, equals: true }\n'), tools: products },
    does_not: { files: x('task: get_products', 'requires_capability: { path: media_buy.x, equals: true }\n'),
      tools: { ...products, ...capable({ media_buy: { x: true } }) } } },
  { reason: 'not_applicable', cause: 'phase_condition',
    holds: { files: phases('  - { id: main, title: m, skip_if: "!test_kit.none", steps: [{ id: x, task: get_products }] }\n'), tools: products },
    does_not: { files: phases('  - { id: main, title: m, skip_if: "test_kit.none", steps: [{ id: x, task: get_products }] }\n'), tools: products } },
  { reason: 'not_applicable', cause: 'unresolved_scenario_reference', detail: /requires_scenarios reference "other" did not resolve against the source tree/,
    holds: { files: x('task: get_products', 'requires_scenarios: [other]\n'), tools: products },
    does_not: { files: { ...x('task: get_products', 'requires_scenarios: [other]\n'), 'compliance/universal/o.yaml': storyboardYaml('other', '      - { id: o, task: get_products }\n') },
      tools: products } },
  { reason: 'not_applicable', cause: 'force_scenario_unsupported', detail: /^force_scenario_unsupported/,
    holds: { files: x('task: comply_test_controller, sample_request: { scenario: force_x }'), tools: CONTROLLER(() => ({ success: false, error: 'UNKNOWN_SCENARIO' })) },
    does_not: { files: x('task: comply_test_controller, sample_request: { scenario: simulate_x }'),
      tools: CONTROLLER(() => ({ success: false, error: 'UNKNOWN_SCENARIO' })) } },
  { reason: 'not_applicable', cause: 'oauth_not_advertised', detail: /^oauth_not_advertised/,
    holds: { files: x('task: protected_resource_metadata') },
    does_not: { files: x('task: protected_resource_metadata'), tools: capable({ oauth: { supported: true } }), manner: { intercept: (request, response) => {
    if (request.method !== 'GET') return false;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    return true;
  } } } },
  { reason: 'not_applicable', cause: 'probe_unsupported', detail: /--webhook-endpoint/,
    holds: { files: x('task: replay_webhook_vector, vector_ref: "a#positive/b"') },
    does_not: { files: x('task: replay_webhook_vector, vector_ref: "a#positive/b"'), args: ['--webhook-endpoint', 'http://127.0.0.1:9/'] } },
  { reason: 'not_applicable', cause: 'terminal_page',
    holds: { files: x('task: list_accounts, sample_request: { pagination: { max_results: 2 } }, validations: [{ check: field_value, path: pagination.has_more, value: true }, { check: field_present, path: pagination.cursor }]'),
      tools: { list_accounts: () => ({ accounts: [{ account_id: 'a' }], pagination: { has_more: false } }) } },
    does_not: { files: x('task: list_accounts, sample_request: { pagination: { max_results: 1 } }, validations: [{ check: field_value, path: pagination.has_more, value: true }, { check: field_present, path: pagination.cursor }]'),
      tools: { list_accounts: () => ({ accounts: [{ account_id: 'a' }], pagination: { has_more: false } }) } } },
  { reason: 'not_applicable', cause: 'operator_managed_accounts',
    holds: { files: x('task: sync_accounts, sample_request: {}'), tools: capable({ account: { require_operator_auth: true } }) },
    does_not: { files: x('task: sync_accounts, sample_request: {}'),
      tools: { ...capable({ account: { require_operator_auth: true } }), sync_accounts: () => ({ accounts: [] }) } } },
  { reason: 'not_applicable', cause: 'signature_required',
    holds: { files: x('task: get_products'),
      tools: { ...capable({ request_signing: { required_for: ['get_products'] } }), get_products: () => ({ adcp_error: { code: REQUIRED } }) } },
    does_not: { files: x('task: get_products'),
      tools: { ...capable({ request_signing: { required_for: [] } }), get_products: () => ({ adcp_error: { code: REQUIRED } }) } } },
  { reason: 'unsatisfied_contract', cause: 'missing_test_kit_contract', detail: /^missing_test_kit_contract: webhook_receiver_runner/,
    holds: { files: x('task: expect_webhook'), args: ['--no-webhooks'] },
    does_not: { files: steps('      - { id: first, task: create_media_buy, sample_request: { url: "{{runner.webhook_url:first}}" } }\n      - { id: x, task: expect_no_webhook, timeout_seconds: 0.05 }\n'),
      tools: { create_media_buy: () => ({ media_buy_id: 'm', packages: [] }) } } },
  { reason: 'unsatisfied_contract', cause: 'live_side_effect_opt_in_required', detail: /^live_side_effect_opt_in_required/,
    holds: { files: x('task: expect_rate_limit_not_replayed, rate_limit_trip: { trip_target_task: get_products, max_attempts: 50 }'), tools: products },
    does_not: { files: x('task: expect_rate_limit_not_replayed, rate_limit_trip: { trip_target_task: get_products, max_attempts: 1 }'),
      tools: products, args: ['--trip-rate-limits'] } },
  { reason: 'not_applicable', cause: 'rate_limit_not_triggered', detail: /^rate_limit_not_triggered$/,
    holds: { files: x('task: expect_rate_limit_not_replayed, rate_limit_trip: { trip_target_task: get_products, max_attempts: 50 }'),
      tools: products, args: ['--trip-rate-limits'] },
    does_not: { files: x('task: expect_rate_limit_not_replayed, rate_limit_trip: { trip_target_task: get_products, max_attempts: 50 }'),
      tools: { get_products: () => ({ adcp_error: { code: 'RATE_LIMITED' } }) }, args: ['--trip-rate-limits'] } },
  { reason: 'unsatisfied_contract', cause: 'kit_token_missing',
    holds: { files: { ...x('task: get_products', 'prerequisites: { test_kit: test-kits/k.yaml }\n'), 'compliance/test-kits/k.yaml': 'id: k\nsandbox: false\nauth: { api_key: a, probe_task: list_creatives }\n' },
      tools: products, args: ['--token', 't'] },
    does_not: { files: { ...x('task: get_products', 'prerequisites: { test_kit: test-kits/k.yaml }\n'), 'compliance/test-kits/k.yaml': 'id: k\nsandbox: false\nauth: { api_key: a, probe_task: list_creatives }\n' },
      tools: products, args: ['--token', 't', '--kit-token', 'k=u'] } },
  { reason: 'not_applicable', cause: 'no_probe_task',
    holds: { files: x('task: $test_kit.auth.probe_task'), tools: products },
    does_not: { files: x('task: $test_kit.auth.probe_task'), tools: { list_creatives: () => ({ creatives: [] }) } } },
  { reason: 'not_applicable', cause: 'transport_ungradable', detail: /^transport_ungradable/,
    holds: { files: signing('positive', vector('https://b\u00fccher.example/adcp/create_media_buy')), tools: signs() },
    does_not: { files: signing('positive', vector(POST)), tools: signs() } },
  { reason: 'not_applicable', cause: 'mcp_mode_flattens_url_edges', detail: /^mcp_mode_flattens_url_edges/,
    holds: { files: signing('positive', vector(`${POST}?b=2`)), tools: signs() },
    does_not: { files: signing('positive', vector(POST)), tools: signs() } },
  { reason: 'not_applicable', cause: 'capability_profile_mismatch', detail: /^capability_profile_mismatch/,
    holds: { files: signing('negative', vector(POST, REQUIRED)), tools: signs({ required_for: [] }) },
    does_not: { files: signing('negative', vector(POST, REQUIRED)), tools: signs() } },
  { reason: 'unsatisfied_contract', cause: 'rate_abuse_opt_out', detail: /^rate_abuse_opt_out/,
    holds: { files: signing('negative', vector(POST, 'request_signature_rate_abuse', { requires_contract: 'rate_abuse' })), tools: signs() },
    does_not: { files: signing('negative', vector(POST, 'request_signature_rate_abuse', { requires_contract: 'rate_abuse' })),
      tools: signs(), args: ['--trip-rate-limits'] } },
  { reason: 'prerequisite_failed', cause: 'unresolved_context',
    holds: { files: x('task: get_products, sample_request: { k: $context.none }'), tools: products, args: ['--compat', 'official'] },
    does_not: { files: x('task: get_products, sample_request: { k: $context.none }'), tools: products } },
  { reason: 'not_applicable', cause: 'fixture_unavailable',
    holds: { files: x('task: build_creative, sample_request: { idempotency_key: k, assets: { $build_assets_from_format: { slots: [{ asset_id: i, asset_type: image, required: true }] } } }'),
      tools: { build_creative: () => ({}) }, args: ['--compat', 'official'] },
    does_not: { files: x('task: build_creative, sample_request: { idempotency_key: k, assets: { $build_assets_from_format: { slots: [{ asset_id: i, asset_type: image, required: true }] } } }'),
      tools: { build_creative: () => ({}) } } },
  { reason: 'peer_branch_taken', detail: /^flag contributed by a\.won — b is moot$/,
    holds: { files: phases('  - { id: a, title: a, optional: true, branch_set: { id: flag, semantics: any_of }, steps: [{ id: won, task: get_products, contributes: true }] }\n  - { id: b, title: b, optional: true, branch_set: { id: flag, semantics: any_of }, steps: [{ id: x, task: get_products, expect_error: true }] }\n'),
      tools: products },
    does_not: { files: phases('  - { id: a, title: a, optional: true, branch_set: { id: flag, semantics: any_of }, steps: [{ id: won, task: get_products }] }\n  - { id: b, title: b, optional: true, branch_set: { id: flag, semantics: any_of }, steps: [{ id: x, task: get_products, expect_error: true }] }\n'),
      tools: products } },
  { reason: 'peer_substituted', detail: /^x state provided by main\.instead$/,
    holds: { files: steps('      - { id: x, task: get_signals, stateful: true }\n      - { id: instead, task: get_products, stateful: true, provides_state_for: x }\n'),
      tools: products },
    does_not: { files: steps('      - { id: x, task: get_signals, stateful: true }\n      - { id: instead, task: get_products, stateful: true, provides_state_for: x }\n'),
      tools: { get_products: () => ({ adcp_error: { code: 'INTERNAL' } }) } } },
];

async function skipsOf({ files, tools = {}, args = [], manner }: Setting) {
  const { report } = await judge(files, tools, args, manner);
  return report.step_results.flatMap(({ skip }) => (skip === undefined ? [] : [skip]));
}

describe('skips', () => {
  const named = PAIRS.map((pair) => ({ name: `${pair.reason}${pair.cause === undefined ? '' : ` (${pair.cause})`} ${pair.detail?.source ?? ''}`, pair }));
  const matches = ({ reason, cause, detail }: Pair) => (skip: Awaited<ReturnType<typeof skipsOf>>[number]) =>
    skip.reason === reason && skip.cause === cause && (detail === undefined || detail.test(skip.detail));

  test.each(named)('$name', async ({ pair }) => {
    expect((await skipsOf(pair.holds)).some(matches(pair))).toBe(true);
    expect((await skipsOf(pair.does_not)).some(matches(pair))).toBe(false);
  });

  test('every reason and every cause is in this table', () => {
    expect(SKIP_REASONS.filter((each) => !PAIRS.some(({ reason }) => reason === each))).toEqual([]);
    expect(SKIP_CAUSES.filter((each) => !PAIRS.some(({ cause }) => cause === each))).toEqual([]);
  });
});
