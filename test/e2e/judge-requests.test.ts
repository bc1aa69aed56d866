import { describe, expect, test } from 'vitest';
import { judge, oneStoryboard, withKit } from '../support/judge-run.ts';
import type { Tool } from '../support/mcp-agent.ts';

describe('captures and placeholders', () => {
  const chain = `      - id: first
        task: get_products
        stateful: true
        context_outputs: [{ name: pid, path: "products[0].product_id" }]
      - id: second
        task: get_media_buys
        stateful: false
        sample_request: { id: "$context.pid" }
      - id: third
        task: get_media_buys
        stateful: false
        sample_request: { id: "$context.nobody" }
`;

  test('a captured value travels to the next request; one that nobody captures fails the step unsent', async () => {
    const { calls, state, rows, report } = await judge(
      oneStoryboard(chain), { get_products: () => ({ products: [{ product_id: 'p7' }] }), get_media_buys: () => ({ media_buys: [] }) }
    );
    expect(calls.find(({ name }) => name === 'get_media_buys')!.args).toMatchObject({ id: 'p7' });
    expect([state('first'), state('second'), state('third')]).toEqual(['passed', 'passed', 'failed']);
    expect(rows.get('third')!.validations).toMatchObject([{ check: 'unresolved_substitution', expected: '$context.nobody', actual: null }]);
    expect(calls.filter(({ name }) => name === 'get_media_buys')).toHaveLength(1);
    expect(report.run_summary).toMatchObject({ total_steps: 3, steps_passed: 2, steps_failed: 1 });
  });

  test('a capture that fails makes the step fail and its consumer skip', async () => {
    const { state, rows } = await judge(
      oneStoryboard(chain), { get_products: () => ({ products: [] }), get_media_buys: () => ({ media_buys: [] }) }
    );
    expect([state('first'), state('second')]).toEqual(['failed', 'prerequisite_failed:capture_failed']);
    expect(rows.get('first')!.validations).toMatchObject([
      { check: 'capture_path_not_resolvable', expected: 'products[0].product_id', actual: null, json_pointer: '/products/0/product_id' },
    ]);
    expect(rows.get('second')!.skip!.detail).toContain('first');
  });

  test('a step that failed leaves nothing behind, but for what needs no answer', async () => {
    const steps = `      - id: first
        task: get_products
        stateful: false
        context_outputs: [{ name: pid, path: "products[0].product_id" }, { name: key, generate: uuid_v4 }]
        validations: [{ check: field_present, path: none }]
      - id: second
        task: get_media_buys
        sample_request: { id: "$context.pid" }
      - id: third
        task: get_media_buys
        sample_request: { key: "$context.key", again: "$generate:uuid_v4#key" }
`;
    const { state, calls } = await judge(
      oneStoryboard(steps), { get_products: () => ({ products: [{ product_id: 'p' }] }), get_media_buys: () => ({ media_buys: [] }) }
    );
    expect([state('first'), state('second'), state('third')]).toEqual(['failed', 'failed', 'passed']);
    const sent = calls.at(-1)!.args;
    expect(sent['key']).toMatch(/^[0-9a-f-]{36}$/);
    expect(sent['again']).toBe(sent['key']);
  });

  test('a submitted task is asked about until it ends, and its completion captured', async () => {
    const steps = `      - id: buy
        task: create_media_buy
        sample_request: {}
        context_outputs: [{ name: mid, path: task_completion.media_buy_id }]
`;
    let polls = 0;
    const tools = (end: object): Readonly<Record<string, Tool>> => ({
      create_media_buy: () => ({ status: 'submitted', task_id: 't1' }),
      tasks_get: () => ((polls += 1) < 3 ? { task_id: 't1', status: 'working' } : { task_id: 't1', ...end }),
    });
    const done = await judge(oneStoryboard(steps), tools({ status: 'completed', result: { media_buy_id: 'm' } }));
    expect([done.state('buy'), done.calls.filter(({ name }) => name === 'tasks_get').length]).toEqual(['passed', 3]);
    polls = 0;
    expect((await judge(oneStoryboard(steps), tools({ status: 'input-required' }))).state('buy')).toBe('failed');
    polls = -1000;
    expect(
      (await judge(oneStoryboard(steps), tools({ status: 'failed' }))).rows.get('buy')!.validations
    ).toMatchObject([{ check: 'capture_path_not_resolvable' }]);
  });
});

describe('what is sent', () => {
  test('only the version envelope, a missing idempotency key and the brand of controller calls are added', async () => {
    const steps = `      - id: buy
        task: create_media_buy
        sample_request: { packages: [] }
      - id: keyless
        task: create_media_buy
        omit_idempotency_key: true
        sample_request: { packages: [] }
      - id: force
        task: comply_test_controller
        sample_request: { scenario: list_scenarios, account: { sandbox: true } }
`;
    const { calls } = await judge(
      withKit(steps), { create_media_buy: () => ({ media_buy_id: 'm', packages: [] }), comply_test_controller: () => ({ success: true }) }
    );
    const [, buy, keyless, force] = calls.map(({ args }) => args);
    expect(buy).toEqual({
      adcp_major_version: 3, adcp_version: '3.1', idempotency_key: expect.stringMatching(/^[0-9a-f-]{36}$/), packages: [],
    });
    expect(keyless).toEqual({ adcp_major_version: 3, adcp_version: '3.1', packages: [] });
    expect(force).toEqual({
      adcp_major_version: 3, adcp_version: '3.1', brand: { domain: 'acme.example' }, scenario: 'list_scenarios', account: { sandbox: true },
    });
  });

  test('the same seed sends the same ids', async () => {
    const steps = '      - id: buy\n        task: create_media_buy\n        sample_request: { a: "$generate:uuid_v4#a" }\n';
    const tools = { create_media_buy: () => ({ media_buy_id: 'm', packages: [] }) };
    const [a, b, c] = [
      await judge(oneStoryboard(steps), tools), await judge(oneStoryboard(steps), tools),
      await judge(oneStoryboard(steps), tools, ['--seed', '8']),
    ].map(({ calls }) => calls.at(-1)!.args);
    expect(a).toEqual(b);
    expect(a).not.toEqual(c);
  });
});

describe('credentials', () => {
  const steps = `      - id: plain
        task: list_creatives
      - id: anonymous
        task: "$test_kit.auth.probe_task"
        auth: none
        expect_error: true
        sample_request: { context: { a: 1 } }
        validations: [{ check: http_status_in, allowed_values: [401, 403] }, { check: on_401_require_header, value: www-authenticate }]
      - id: invalid
        task: "$test_kit.auth.probe_task"
        auth: { type: api_key, value_strategy: random_invalid }
        expect_error: true
        validations: [{ check: http_status, value: 401 }]
      - id: kit
        task: list_creatives
        auth: { type: api_key, from_test_kit: true }
        sample_request: { context: { a: 1 } }
`;
  const tools = { list_creatives: () => ({ creatives: [], query_summary: {}, pagination: {} }) };

  test('without a token the kit\'s key is used, and steps that ask for another credential get it in a session of their own', async () => {
    const { state, calls } = await judge(withKit(steps), tools, [], { token: 'kit-key-of-the-brand', stateful: true });
    expect(['plain', 'anonymous', 'invalid', 'kit'].map(state)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(calls.at(-1)!.args).toEqual({ context: { a: 1 } });
  });

  test('a seller that ignores credentials is caught', async () => {
    const { state, rows } = await judge(withKit(steps), tools);
    expect(['plain', 'anonymous', 'invalid'].map(state)).toEqual(['passed', 'failed', 'failed']);
    expect(rows.get('anonymous')!.validations.map(({ check, passed }) => [check, passed])).toEqual([
      ['status_code', false], ['http_status_in', false], ['on_401_require_header', true],
    ]);
  });

  test('a token replaces the kit\'s key; a live kit then needs a token of its own', async () => {
    const live = withKit(steps, '', 'sandbox: false\n');
    expect((await judge(withKit(steps), tools, ['--token', 'operator-token'], { token: 'operator-token' })).state('plain')).toBe('passed');
    const gap = await judge(live, tools, ['--token', 'operator-token'], { token: 'operator-token' });
    expect([gap.state('s'), gap.verdict, gap.code]).toEqual(['unsatisfied_contract:kit_token_missing', 'not_applicable', 0]);
    expect(
      (
        await judge(live, tools, ['--token', 'operator-token', '--kit-token', 'k=operator-token'], { token: 'operator-token' })
      ).state('plain')
    ).toBe('passed');
  });

  test('a kit without a task that can probe leaves those steps out', async () => {
    const { state } = await judge(withKit('      - id: probe\n        task: "$test_kit.auth.probe_task"\n        auth: none\n'), {});
    expect(state('probe')).toBe('not_applicable:no_probe_task');
  });
});
