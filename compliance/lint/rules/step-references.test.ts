import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const hooked = (url: string, references: string): string => board(`
- id: buy
  task: create_media_buy
  sample_request_skip_schema: true
  sample_request:
    ext:
      url: "${url}"
- id: hook
  task: expect_webhook
${references}`);

test('steps that are not there, or come later, are found', () => {
  const found = expectFound('unknown_step', hooked('{{runner.webhook_url:buyy}}', '  «triggered_by: bought').replace('url: "', '«url: "'));
  expect(found).toEqual(['error: the storyboard has no step "buyy"', 'error: the storyboard has no step "bought"']);
  expect(expectFound('unknown_step', hooked('{{prior_step.hook.task_id}}', '  triggered_by: buy').replace('url: "', '«url: "')))
    .toEqual(['error: step "hook" has not run by then']);
});

test('a window of upstream traffic begins with a step that has run', () => {
  const since = (step: string): string => board(`
- id: buy
  task: create_media_buy
  sample_request: {}
  sample_request_skip_schema: true
  validations:
    - check: upstream_traffic
      «since: ${step}
- id: show
  task: get_media_buys
  sample_request: {}`);
  expectFound('unknown_step', since('show'));
  expectClean('unknown_step', since('buy').replace('«', ''));
});

test('steps that have run and labels of webhooks are left alone', () => {
  expectClean('unknown_step', hooked('{{runner.webhook_url:lifecycle_events}}', '  triggered_by: buy'));
});

test('a condition of a contribution that cannot be read is found', () => {
  const text = (condition: string): string => board(`
- id: show
  task: get_media_buys
  sample_request: {}
- id: again
  task: get_media_buys
  sample_request: {}
  contributes_to: seen
  «contributes_if: ${condition}
- id: seen
  task: assert_contribution
  validations:
    - { check: any_of, allowed_values: [seen] }`);
  expect(expectFound('invalid_expression', text('show.passed'))).toEqual(['error: contributes_if "show.passed" cannot be read: the step contributes nothing']);
  expectFound('unknown_step', text('prior_step.shown.passed'));
  expectClean('unknown_step', text('prior_step.show.passed').replace('«', ''));
});
