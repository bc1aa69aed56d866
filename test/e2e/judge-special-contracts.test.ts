import { describe, expect, test } from 'vitest';
import { judge, oneStoryboard } from '../support/judge-run.ts';
import { listening } from '../support/listening.ts';

type Run = Awaited<ReturnType<typeof judge>>;
const failures = ({ rows }: Run) => (rows.get('x')?.validations ?? []).filter(({ passed }) => !passed).map(({ check }) => check);

describe('a preview whose URLs hold values of a catalogue', () => {
  const VECTORS = { 'compliance/test-vectors/catalog-macro-substitution.json': JSON.stringify({ vectors: [{ name: 'breakout', value: '13&cmd=drop' }] }) };
  const steps = (more = '', binding = 'vector_name: breakout') => `      - id: build
        task: build_creative
        sample_request: { idempotency_key: "$generate:uuid_v4" }
        stateful: true
      - id: x
        task: expect_substitution_safe
        requires_contract: substitution_observer_runner
        stateful: false
        source_path: /creative_manifest/preview_html
        macro_template: "https://t.example/imp?sku={SKU}"
        catalog_bindings: [{ macro: "{SKU}", catalog_item_id: one, ${binding} }]
${more === '' ? '' : `        ${more}\n`}`;
  const building = (preview: unknown) => ({ build_creative: () => ({ creative_manifest: { preview_html: preview } }) });
  const html = (value: string) => `<img src="https://t.example/imp?sku=${value}">`;
  const run = (preview: unknown, ...args: Parameters<typeof steps>) => judge({ ...oneStoryboard(steps(...args)), ...VECTORS }, building(preview));

  test('passes when they are encoded', async () => {
    expect((await run(html('13%26cmd%3Ddrop'))).state('x')).toBe('passed');
    expect((await run(html('a%28b'), '', 'raw_value: "a(b"')).state('x')).toBe('passed');
  });

  test.each<[code: string, preview: unknown, ...args: Parameters<typeof steps>]>([
    ['substitution_encoding_violation', html('13&amp;cmd=drop')], ['substitution_binding_missing', html('')], ['preview_source_unavailable', ''],
    ['preview_source_unavailable', null], ['substitution_misconfigured', html(''), '', 'vector_name: unknown'],
  ])('fails with %s', async (code, preview, ...args) => {
    expect(failures(await run(preview, ...args))).toEqual([code]);
  });

  test('is not looked for when no preview was made', async () => {
    const result = await judge({ ...oneStoryboard(steps()), ...VECTORS }, { build_creative: () => ({ adcp_error: { code: 'INVALID_REQUEST' } }) });
    expect(result.state('x')).toBe('prerequisite_failed');
  });

  test('does not apply to a seller that makes none', async () => {
    const files = { ...oneStoryboard(`      - { id: before, task: get_adcp_capabilities }\n${steps()}`), ...VECTORS };
    expect((await judge(files, {})).state('x')).toBe('not_applicable');
  });

  describe('behind a URL', () => {
    const fetched = async (status: number, type: string, body: string, args: readonly string[] = ['map'], headers: Record<string, string> = {}) => {
      const host = await listening((_request, response) => { response.writeHead(status, { 'content-type': type, ...headers }).end(body); });
      const mapped = args.includes('map') ? ['--map', `https://preview.example=${host.origin}`] : [];
      try {
        return await judge({ ...oneStoryboard(steps('source: url_fetch')), ...VECTORS }, building('https://preview.example/p'), mapped);
      } finally {
        await host.close();
      }
    };
    const reason = (result: Run) => (result.rows.get('x')!.validations[0] as { actual?: { sub_reason?: string } }).actual?.sub_reason;

    test('is fetched', async () => {
      expect((await fetched(200, 'text/html; charset=utf-8', html('13%26cmd%3Ddrop'))).state('x')).toBe('passed');
    });

    test.each<[string, number, string, string, Record<string, string>?]>([
      ['http_status', 404, 'text/html', ''], ['content_type', 200, 'text/plain', html('')], ['size_exceeded', 200, 'text/html', 'x'.repeat(257 * 1024)],
      ['redirect_returned', 302, 'text/html', '', { location: 'https://preview.example/q' }], ['redirect_returned', 304, 'text/html', ''],
    ])('is unusable: %s (%i %s)', async (sub, status, type, body, headers) => {
      const result = await fetched(status, type, body, ['map'], headers);
      expect([failures(result), reason(result)]).toEqual([['preview_url_unusable'], sub]);
    });

    test.each(['https://127.0.0.1/p', 'http://preview.example/p', 'https://169.254.169.254/latest', 'https://[::1]/p', 'file:///etc/passwd'])('is not fetched from %s', async (url) => {
      const result = await judge({ ...oneStoryboard(steps('source: url_fetch')), ...VECTORS }, building(url));
      expect([failures(result), reason(result)]).toEqual([['preview_url_unusable'], 'ssrf_blocked']);
    });
  });
});

describe('published webhooks that are replayed to a seller', () => {
  const FILE = 'test-vectors/webhook-receiver-envelope.json';
  const VECTORS = { [`compliance/${FILE}`]: JSON.stringify({
    positive: [{ id: 'one', payload: { idempotency_key: 'a' } }, { id: 'again', payload: { idempotency_key: 'a' } }, { id: 'other', payload: { idempotency_key: 'b' } }],
    negative: [{ id: 'bare', payload: { bare: true } }],
  }) };
  const steps = (ref: string, more = '') => `      - { id: first, task: replay_webhook_vector, vector_ref: "${FILE}#positive/one" }
      - { id: x, task: replay_webhook_vector, vector_ref: "${ref}"${more} }
`;
  /** An endpoint that takes what has an idempotency key. */
  async function replay(ref: string, more = '', manner: 'sound' | 'takes_all' | 'refuses_all' = 'sound', files: Readonly<Record<string, string>> = {}) {
    const seen: string[] = [];
    const endpoint = await listening((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => { body += chunk.toString(); });
      request.on('end', () => {
        seen.push(body);
        const sound = (JSON.parse(body) as { idempotency_key?: string }).idempotency_key !== undefined;
        response.writeHead(manner === 'takes_all' || (manner === 'sound' && sound) ? 202 : 400).end();
      });
    });
    try {
      return { ...await judge({ ...oneStoryboard(steps(ref, more)), ...VECTORS, ...files }, {}, ['--webhook-endpoint', `${endpoint.origin}/hooks`]), seen };
    } finally {
      await endpoint.close();
    }
  }

  test('pass when it takes the good ones and refuses the broken', async () => {
    const { state, seen } = await replay(`${FILE}#negative/bare`);
    expect([state('first'), state('x'), seen]).toEqual(['passed', 'passed', ['{"idempotency_key":"a"}', '{"bare":true}']]);
    expect((await replay(`${FILE}#positive/again`, ', same_event_as: first')).state('x')).toBe('passed');
  });

  test('have to satisfy the schema that they name, but for those that are there to be refused', async () => {
    const SCHEMA = { 'schemas/core/hook.json': JSON.stringify({ type: 'object', required: ['event_id'] }) };
    const named = ', webhook_payload_schema_ref: "core/hook.json"';
    expect(failures(await replay(`${FILE}#positive/other`, named, 'sound', SCHEMA))).toEqual(['replay_vector_misconfigured']);
    expect((await replay(`${FILE}#negative/bare`, named, 'sound', SCHEMA)).state('x')).toBe('passed');
  });

  test('fail when it takes a broken one, or refuses a good one', async () => {
    expect(failures(await replay(`${FILE}#negative/bare`, '', 'takes_all'))).toEqual(['http_status']);
    expect(failures(await replay(`${FILE}#positive/other`, '', 'refuses_all'))).toEqual(['http_status']);
  });

  test('fail unsent when the reference is broken, leads out of the bundle, or repeats no event', async () => {
    expect(failures(await replay(`${FILE}#positive/none`))).toEqual(['replay_vector_misconfigured']);
    expect(failures(await replay('../universal/s.yaml#positive/one'))).toEqual(['replay_vector_misconfigured']);
    expect(failures(await replay(`${FILE}#positive/other`, ', same_event_as: first'))).toEqual(['replay_vector_misconfigured']);
  });

  test('do not apply without an endpoint', async () => {
    const { report } = await judge({ ...oneStoryboard(steps(`${FILE}#positive/one`)), ...VECTORS }, {});
    expect(report.step_results).toMatchObject([{ outcome: 'skipped', skip: { reason: 'not_applicable', detail: expect.stringContaining('--webhook-endpoint') as string } }]);
  });
});

describe('ordinary tasks of a contract whose surroundings are the operator\'s', () => {
  const steps = '      - { id: x, task: get_adcp_capabilities, requires_contract: distributed_brand_runner }\n';

  test('run when the operator says that they are set up, and do not apply otherwise', async () => {
    expect((await judge(oneStoryboard(steps), {}, ['--contract', 'distributed_brand_runner'])).state('x')).toBe('passed');
    expect((await judge(oneStoryboard(steps), {})).state('x')).toBe('not_applicable:missing_test_kit_contract');
  });
});

describe('billing gates', () => {
  const KIT = (more: string) => `id: billing_gate_runner\napplies_to: { universal_storyboard: s }\nauth: { api_key: demo-passthrough-key, probe_task: list_creatives }\n${more}`;
  const files = (kit: string) => ({
    'compliance/universal/s.yaml': `id: s
version: "1"
title: s
track: core
prerequisites: { test_kit: test-kits/billing-gate-runner.yaml }
phases:
  - id: capability
    title: c
    optional: true
    skip_if: "!test_kit.account.unsupported_billing_probe"
    steps:
      - id: probe
        task: sync_accounts
        expect_error: true
        sample_request: { billing: "$test_kit.account.unsupported_billing_probe", idempotency_key: "$generate:uuid_v4" }
        validations: [{ check: error_code, value: BILLING_NOT_SUPPORTED }]
  - id: agent
    title: a
    skip_if: "test_kit.commercial_relationship != 'passthrough_only'"
    requires_capability: { path: account.supported_billing, contains: agent }
    steps:
      - id: x
        task: sync_accounts
        expect_error: true
        sample_request: { billing: agent, idempotency_key: "$generate:uuid_v4" }
        validations: [{ check: error_code, value: BILLING_NOT_PERMITTED_FOR_AGENT }]
`, 'compliance/test-kits/billing-gate-runner.yaml': KIT(kit) });
  const seller = (supported: readonly string[], code = 'BILLING_NOT_PERMITTED_FOR_AGENT') => ({
    get_adcp_capabilities: () => ({ adcp: { major_versions: [3] }, supported_protocols: [], account: { supported_billing: supported } }),
    sync_accounts: ({ billing }: Record<string, unknown>) => ({ adcp_error: { code: billing === 'agent' ? code : 'BILLING_NOT_SUPPORTED' } }),
  });
  const passthrough = 'commercial_relationship: passthrough_only\naccount: { unsupported_billing_probe: advertiser }\n';

  test('are asked for as the kit\'s buyer, with the kit\'s own value', async () => {
    const { state, calls } = await judge(files(passthrough), seller(['agent', 'operator']));
    expect([state('probe'), state('x')]).toEqual(['passed', 'passed']);
    expect(calls.at(-1)!.headers.authorization).toBe('Bearer demo-passthrough-key');
  });

  test('fail for another refusal', async () => {
    expect(failures(await judge(files(passthrough), seller(['agent'], 'PERMISSION_DENIED')))).toEqual(['error_code']);
  });

  test.each([
    ['no value to probe with, another relationship', '', ['agent'], ['not_applicable:phase_condition', 'not_applicable:phase_condition']],
    ['a seller that does not bill agents', passthrough, ['operator'], ['passed', 'not_applicable:capability_unsupported']],
  ])('do not apply: %s', async (_what, kit, supported, states) => {
    const { state } = await judge(files(kit), seller(supported));
    expect([state('probe'), state('x')]).toEqual(states);
  });

  test('need the buyer\'s own token once the operator gives one', async () => {
    const { report } = await judge(files(passthrough), seller(['agent']), ['--token', 'mine']);
    expect(report.step_results).toMatchObject([{ skip: { reason: 'unsatisfied_contract', cause: 'kit_token_missing' } }]);
    const given = await judge(files(passthrough), seller(['agent']), ['--token', 'mine', '--kit-token', 'billing_gate_runner=theirs']);
    expect([given.state('x'), given.calls.at(-1)!.headers.authorization]).toEqual(['passed', 'Bearer theirs']);
  });
});
