import { afterAll, beforeAll, expect, test } from 'vitest';
import { golden } from '../support/golden.ts';
import { storyboard, storyboardYaml, type TestBundle, writeBundle } from '../support/judge.ts';
import { startAgent, type TestAgent } from '../support/mcp-agent.ts';

const BUNDLE = {
  'compliance/universal/why.yaml': storyboardYaml('why', `      - id: object
        task: get_products
        validations:
          - check: field_value
            path: "summary"
            value: { total: { amount: 100, currency: EUR }, items: [a, b, c], note: "kept" }
            description: "The summary is what was bought"
      - id: malformed
        task: create_media_buy
        sample_request: { start: "tomorrow" }
      - id: idempotency
        task: sync_creatives
        sample_request: {}
      - id: uncheckable
        task: get_products
        validations:
          - { check: field_value, path: "products[*].id", value: x, description: "One of many" }
      - id: lenient
        task: list_creatives
        expect_error: true
      - id: gateway
        task: get_signals
`),
  'schemas/media-buy/create-media-buy-request.json': JSON.stringify({ type: 'object', properties: { start: { type: 'integer' } } }),
};

let agent: TestAgent;
let bundle: TestBundle;
beforeAll(async () => {
  bundle = writeBundle(BUNDLE);
  agent = await startAgent({
    get_adcp_capabilities: () => ({ status: 'completed', adcp: { major_versions: [3] }, supported_protocols: [] }),
    get_products: () => ({
      products: [], summary: { total: { amount: 90, currency: 'EUR' }, items: ['a', 'c'], 'ex/tra': '\u001b[31mred' },
    }),
    create_media_buy: () => ({ errors: [{ code: 'VALIDATION_ERROR', message: 'start is no time' }] }),
    sync_creatives: () => ({ errors: [{ code: 'IDEMPOTENCY_CONFLICT', message: 'seen before' }] }),
    list_creatives: () => ({ status: 'completed', creatives: [] }),
    get_signals: () => ({ $http: (response) => { response.writeHead(503, { 'content-type': 'text/plain' }).end('upstream is away'); } }),
  });
});
afterAll(async () => {
  bundle.remove();
  await agent.close();
});

test('a failure says what differs, whose fault it likely is, and how to run it again', async () => {
  const { code, out } = await storyboard(['run', agent.url, '--bundle', '.', '--max-body', '1', '--seed', '1'], { cwd: bundle.folder });
  const failures = out.slice(out.indexOf('error['), out.indexOf('\nsteps ')).replaceAll(agent.url, '$URL');
  expect(code).toBe(1);
  expect(failures).toBe(golden('judge/explanations.txt', failures));
});

test('a seller that is not there, or does not take the credential, is told in red, whatever is asked of it', async () => {
  const guarded = await startAgent({}, { token: 'the-right-token' });
  const refused = await storyboard(['run', guarded.url, '--bundle', '.', '--token', 'a-wrong-token'], { cwd: bundle.folder, isTTY: true });
  await guarded.close();
  const gone = await storyboard(['run', guarded.url, '--bundle', '.'], { cwd: bundle.folder, isTTY: true });
  expect([refused.code, gone.code]).toEqual([3, 3]);
  expect(refused.out).toContain('\u001b[31merror[http_status]\u001b[39m: the seller refused the credential');
  expect(refused.out).toContain('\u001b[31mUNREACHABLE\u001b[39m');
  expect(gone.out).toContain('\u001b[31merror[refused]\u001b[39m: the seller could not be reached');
});
