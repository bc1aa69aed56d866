/** What a seller, a storyboard or a machine may do to the judge: it stays within its bounds and says what happened. */
import { expect, test } from 'vitest';
import { runStoryboardCli } from '../../compliance/cli.ts';
import { judge, oneStoryboard } from '../support/judge-run.ts';
import { writeBundle } from '../support/judge.ts';

test('replies of megabytes are graded whole, and a report tells their size', async () => {
  const products = Array.from({ length: 40_000 }, (_, i) => ({ product_id: `product-${i}` }));
  const checks = '[{ check: field_contains, path: "products[*].product_id", value: product-9999 }, { check: field_absent, path: products }]';
  const { report, text, code } = await judge(
    oneStoryboard(`      - { id: a, task: get_products, validations: ${checks} }\n`), { get_products: () => ({ products }) }, ['-v']
  );
  expect(code).toBe(1);
  const [row] = report.step_results as unknown as readonly { response: { payload: unknown }; validations: readonly Record<string, unknown>[] }[];
  expect(row!.response.payload).toMatch(/^\[omitted: \d{7} characters of JSON\]$/);
  expect(row!.validations).toMatchObject([{ passed: true }, { passed: false, actual: expect.stringMatching(/^\[omitted: \d{7} /) }]);
  expect(JSON.stringify(report).length + text.length).toBeLessThan(50_000);
});

test('what every failed check repeats of its step is bounded', async () => {
  const checks = Array.from({ length: 20 }, (_, i) => `{ check: field_present, path: none${i} }`).join(', ');
  const { report } = await judge(
    oneStoryboard(`      - { id: a, task: get_products, validations: [${checks}] }\n`), { get_products: () => ({ products: [], note: 'x'.repeat(90_000) }) }
  );
  const [row] = report.step_results as unknown as readonly { response: { payload: object }; validations: readonly { response: { payload: unknown } }[] }[];
  expect(row!.response.payload).toMatchObject({ structuredContent: { note: expect.stringMatching(/^x+$/) } });
  expect(row!.validations[0]!.response.payload).toMatch(/^\[as in the step: \d+ characters of JSON\]$/);
});

test('a later request still quotes an earlier reply', async () => {
  const { calls } = await judge(oneStoryboard(`      - { id: a, task: get_products }
      - { id: b, task: get_products, sample_request: { brief: "like {{prior_step.a.products[0].product_id}}" } }
`), { get_products: () => ({ products: [{ product_id: 'p1' }] }) });
  expect(calls.at(-1)!.args['brief']).toBe('like p1');
});

test('a judge that breaks says so, and says nothing about the seller', async () => {
  const bundle = writeBundle(oneStoryboard('      - { id: a, task: get_products }\n'));
  let complaint = '';
  const code = await runStoryboardCli(['list', '--bundle', bundle.folder], {
    stdout: { write: () => { throw new TypeError('no such luck'); } }, stderr: { write: (text) => { complaint += text; } }, env: {},
    cwd: bundle.folder, isTTY: false, width: 80, signal: new AbortController().signal,
  });
  bundle.remove();
  expect([code, complaint]).toEqual([3, expect.stringContaining('the judge broke, which is a bug of its own: TypeError: no such luck')]);
});
