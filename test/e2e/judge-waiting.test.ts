import { describe, expect, test } from 'vitest';
import { storyboardYaml } from '../support/judge.ts';
import { judge, oneStoryboard } from '../support/judge-run.ts';
import { expectation, post, selling } from '../support/webhook-seller.ts';

const lasted = (row: unknown): number => (row as { duration_ms: number }).duration_ms;

describe('steps that wait', () => {
  test('wait beside each other and beside steps that need none of them', async () => {
    const waiting = (id: string) => `      - { id: ${id}, task: expect_no_webhook, triggered_by: buy, stateful: false, timeout_seconds: 0.6 }\n`;
    const steps = `      - id: buy
        task: create_media_buy
        sample_request: { push_notification_config: { url: "{{runner.webhook_url:buy}}" } }
${waiting('a')}${waiting('b')}      - { id: between, task: get_adcp_capabilities, stateful: false }
${waiting('c')}`;
    const { report, state } = await judge(oneStoryboard(steps), selling(async () => undefined));
    const waited = ['a', 'b', 'c'].map((id) => lasted(report.step_results.find(({ address }) => address.endsWith(`/${id}`))));
    expect(waited.every((ms) => ms >= 590)).toBe(true);
    expect(lasted(report.storyboards[0])).toBeLessThan(waited.reduce((sum, ms) => sum + ms, 0));
    expect(['a', 'b', 'between', 'c'].map(state)).toEqual(['passed', 'passed', 'passed', 'passed']);
    expect(report.step_results.map(({ address }) => address.replace(/^.*\//, ''))).toEqual(['buy', 'a', 'b', 'between', 'c']);
  });

  test.each([
    ['what it contributes', 'contributes_to: quiet', 'stateful: false'], ['that it passed', 'stateful: false', 'contributes_to: quiet, contributes_if: prior_step.watch.passed'],
  ])('are settled before a step that asks for %s', async (_what, ofWatch, ofNext) => {
    const steps = (seconds: number) => `      - { id: buy, task: create_media_buy, sample_request: { push_notification_config: { url: "{{runner.webhook_url:buy}}" } } }
      - { id: watch, task: expect_no_webhook, triggered_by: buy, timeout_seconds: ${seconds}, ${ofWatch} }
      - { id: next, task: get_adcp_capabilities, ${ofNext} }
      - { id: x, task: assert_contribution, validations: [{ check: any_of, allowed_values: [quiet] }] }
`;
    expect((await judge(oneStoryboard(steps(0.2)), selling(async () => undefined))).state('x')).toBe('passed');
    expect((await judge(oneStoryboard(steps(20)), selling(async (url) => { await post(url, {}); }))).state('x')).toBe('failed');
  });

  test('are settled before a step that builds on them, which their failure keeps from running', async () => {
    const result = await judge(oneStoryboard(expectation('expect_webhook', 'timeout_seconds: 0.2')), selling(async () => undefined));
    expect(result.state('watch')).toBe('failed');
    const steps = `${expectation('expect_webhook', 'timeout_seconds: 0.2')}      - { id: next, task: create_media_buy, stateful: true, sample_request: {} }
      - { id: other, task: expect_webhook, triggered_by: buy, stateful: true, timeout_seconds: 20 }
`;
    const chain = await judge(oneStoryboard(steps), selling(async () => undefined));
    expect([chain.state('next'), chain.state('other')]).toEqual(['prerequisite_failed:cascade', 'prerequisite_failed:cascade']);
    expect(chain.calls.filter(({ name }) => name === 'create_media_buy')).toHaveLength(1);
  });
});

test('the next storyboard runs while one only waits for what may not come', async () => {
  const waiting = storyboardYaml('a', `${expectation('expect_no_webhook', 'timeout_seconds: 2')}`);
  const files = { 'compliance/universal/a.yaml': waiting, 'compliance/universal/b.yaml': waiting.replace('id: a\n', 'id: b\n') };
  const bought: number[] = [];
  const { report } = await judge(files, selling(async () => { bought.push(performance.now()); }));
  expect(bought[1]! - bought[0]!).toBeLessThan(2000);
  expect(report.storyboards.map(({ storyboard_id: id, verdict }) => [id, verdict])).toEqual([['a', 'passed'], ['b', 'passed']]);
});
