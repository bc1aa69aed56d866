import { afterAll, beforeAll, expect, test } from 'vitest';
import { golden } from '../support/golden.ts';
import { type TestAgent, startAgent } from '../support/mcp-agent.ts';
import { judge, storyboard, storyboardYaml, type TestBundle, writeBundle } from '../support/judge.ts';

const head = (text: string) => `${text}prerequisites:\n  test_kit: test-kits/acme.yaml\n`;
const BUNDLE = {
  'compliance/index.json': JSON.stringify({
    published_version: '3.1.0', adcp_version: '3.1.0',
    universal: ['discovery', 'absent', 'buying', 'mistyped', 'shapes', 'signing', 'unproven', 'broken'],
  }),
  'compliance/test-kits/acme.yaml': 'id: acme\nbrand: { house: { domain: acme.example } }\nauth: { api_key: acme-key-000001, probe_task: list_creatives }\n',
  'compliance/universal/discovery.yaml': storyboardYaml('discovery', `      - id: capabilities
        title: "Ask for capabilities"
        task: get_adcp_capabilities
        validations:
          - check: field_contains
            path: "supported_protocols[*]"
            value: media_buy
            description: "The seller claims media buying"
`, head('')),
  'compliance/universal/buying.yaml': `id: buying
version: "1.0.0"
title: "Buying"
track: media_buy
requires_scenarios:
  - buying/elsewhere
prerequisites:
  test_kit: test-kits/acme.yaml
phases:
  - id: discover
    title: "Discover"
    steps:
      - id: products
        task: get_products
        stateful: false
        sample_request: { brief: "shoes" }
        context_outputs:
          - { name: product, path: "products[0].product_id" }
        validations:
          - check: response_schema
            description: "The reply satisfies its schema"
            severity: advisory
            expires_after_version: "99.0.0"
          - check: field_present
            path: "products[0].description"
            severity: advisory
            permanent_advisory: { reason: "nice to have" }
            description: "A product is described"
  - id: buy
    title: "Buy"
    steps:
      - id: create
        task: create_media_buy
        stateful: true
        sample_request: { packages: [{ product_id: "$context.product" }] }
        validations:
          - check: field_value
            path: "media_buy_status"
            value: "pending_start"
            description: "The buy waits for its start"
            remediation: "A buy whose flight lies ahead is pending_start"
      - id: read
        task: get_media_buys
        stateful: true
      - id: again
        task: get_products
        stateful: false
        sample_request: { ids: ["$context.nobody"] }
      - id: silent
        task: get_media_buy_delivery
        stateful: false
      - id: refuse
        task: create_media_buy
        expect_error: true
        sample_request: { packages: [] }
        validations:
          - { check: error_code, value: INVALID_REQUEST, description: "An empty buy is refused" }
  - id: creatives
    title: "Creatives"
    depends_on: []
    steps:
      - { id: preview, task: preview_creative, stateful: false }
`,
  'compliance/universal/mistyped.yaml': storyboardYaml('mistyped', `      - id: products
        task: get_products
        expects: "products"
        validations:
          - check: feild_present
            path: "products"
`),
  'compliance/universal/shapes.yaml': storyboardYaml('shapes', `      - id: products
        task: get_products
        context_outputs:
          - { name: proposal, path: "proposals[0].proposal_id" }
        validations:
          - check: response_schema
            description: "The reply satisfies its schema"
      - id: refine
        task: get_products
        sample_request: { refine: [{ proposal_id: "$context.proposal" }] }
`),
  'compliance/universal/signing.yaml': storyboardYaml(
    'signing', '      - { id: x, task: get_products }\n', 'requires_capability: { path: request_signing.supported, equals: true }\n'
  ),
  'compliance/universal/unproven.yaml': storyboardYaml(
    'unproven', '      - { id: x, task: activate_signal, stateful: true, sample_request: {} }\n'
  ),
  'compliance/universal/broken.yaml': 'id: broken\nphases:\n  - id: p\n    depends_on: [later]\n    steps:\n      - id: a\n        task: get_products\n        contributes: true\n  - id: later\n    steps: []\n',
  'compliance/protocols/signals/index.yaml': storyboardYaml('signals', '      - { id: x, task: get_signals }\n'),
  'schemas/media-buy/get-products-response.json': JSON.stringify({
    type: 'object', required: ['products'], properties: {
      products: {
        type: 'array',
        items: {
          type: 'object', required: ['product_id', 'name'],
          properties: { channels: { type: 'array', items: { enum: ['display', 'olv'] } } },
        },
      },
    },
  }),
};

let agent: TestAgent;
let bundle: TestBundle;
beforeAll(async () => {
  bundle = writeBundle(BUNDLE);
  agent = await startAgent({
    get_adcp_capabilities: () => ({ status: 'completed', adcp: { major_versions: [3] }, supported_protocols: ['media_buy'] }),
    get_products: () => ({ status: 'completed', products: [{ product_id: 'p1', channels: ['video'] }], context: {} }),
    create_media_buy: (args) => (
      (args['packages'] as unknown[]).length === 0
        ? { status: 'failed', errors: [{ code: 'VALIDATION_ERROR', message: 'packages is empty' }] }
        : { status: 'completed', media_buy_id: 'm1', media_buy_status: 'pending', packages: [] }
    ),
    get_media_buys: () => ({ media_buys: [] }),
    get_media_buy_delivery: () => ({
      $http: (response) => { response.writeHead(200, { 'content-type': 'text/html' }).end('<html>oops</html>'); },
    }),
  }, { token: 'acme-key-000001' });
});
afterAll(async () => {
  bundle.remove();
  await agent.close();
});

const normal = (text: string) => text.replaceAll(agent.url, '$URL').replaceAll(bundle.folder, '$BUNDLE').replaceAll(/\b\d+ ms\b/g, 'N ms').replaceAll(/"duration_ms": \d+/g, '"duration_ms": 0').replaceAll(/sha256 [0-9a-f]{12}/g, 'sha256 DIGEST');
const command = async (...args: string[]) => {
  const { code, out, err } = await storyboard(args, { cwd: bundle.folder });
  return `$ adwright storyboard ${normal(args.join(' '))}\n${normal(out)}${err === '' ? '' : `--- stderr\n${normal(err)}`}--- exit code ${code}\n`;
};
const run = (...args: string[]) => command('run', agent.url, '--bundle', '.', '--seed', '1', '--no-color', ...args);

test('a run with everything in it', async () => {
  const text = await run();
  expect(text).toBe(golden('judge/run.txt', text));
});

test('a single step, with what was sent and what came', async () => {
  const text = await run('--select', 'buying#buy/create', '-v', '--token', 'acme-key-000001');
  expect(text).toBe(golden('judge/run-step-verbose.txt', text));
});

test('a plan that is only shown', async () => {
  const text = await run('--dry-run');
  expect(text).toBe(golden('judge/plan.txt', text));
});

test('one step, shown whole', async () => {
  const text = await command('step', agent.url, 'buying#buy/create', '--bundle', '.', '--seed', '1', '--no-color');
  expect(text).toBe(golden('judge/step.txt', text));
});

test('the report as JSON', async () => {
  const { out } = await storyboard(
    ['run', agent.url, '--bundle', '.', '--seed', '1', '--json', '-', '--exclude', 'broken'], { cwd: bundle.folder }
  );
  const report = JSON.parse(out) as { run: { bundle: { digest: string } } };
  const stable = JSON.stringify(
    report, (key, value: unknown) => (key === 'duration_ms' ? 0 : key.endsWith('_at') ? 'TIME' : key === 'content-length' ? 'N' : value), 2
  );
  const text = `${normal(stable).replaceAll(report.run.bundle.digest, 'DIGEST')}\n`;
  expect(text).toBe(golden('judge/report.json', text));
});

const noNonce = (text: string, nonce: string | undefined) => normal(text).replaceAll(nonce ?? 'none', 'NONCE').replaceAll(/ \| \d+ \|$/gm, ' | N |').replaceAll(/[0-9a-f]{64}/g, 'DIGEST');

test('the summary for the page of a job', async () => {
  const { out } = await storyboard(['run', agent.url, '--bundle', '.', '--seed', '1', '--report', 'md=-'], { cwd: bundle.folder });
  const text = noNonce(out, /⟦(\w+)/.exec(out)?.[1]);
  expect(text).toBe(golden('judge/summary.md', text));
});

test('the report as JUnit', async () => {
  const { out } = await storyboard(['run', agent.url, '--bundle', '.', '--seed', '1', '--report', 'junit=-'], { cwd: bundle.folder });
  const text = noNonce(out, undefined).replaceAll(/time="[\d.]+"/g, 'time="T"').replaceAll(/timestamp="[^"]+"/g, 'timestamp="TIME"');
  expect(text).toBe(golden('judge/junit.xml', text));
});

test('the report as a page', async () => {
  const { out } = await storyboard(['run', agent.url, '--bundle', '.', '--seed', '1', '--report', 'html=-'], { cwd: bundle.folder });
  const text = noNonce(out, /⟦(\w+)/.exec(out)?.[1]).replace(/<style>[^]*<\/style>/, '<style>page.css</style>').replace(/<script>[^]*<\/script>/, '<script>browse.js</script>')
    .replaceAll(/'sha256-[^']+'/g, "'sha256-H'").replaceAll(/&quot;(duration_ms|content-length)&quot;: (?:&quot;)?\d+(?:&quot;)?/g, '&quot;$1&quot;: N').replace(/<dt>began<\/dt><dd>[^<]*/, '<dt>began</dt><dd>TIME');
  expect(text).toBe(golden('judge/report.html', text));
});

test('the stream of events', async () => {
  const { out } = await storyboard(['run', agent.url, '--bundle', '.', '--seed', '1', '--report', 'ndjson=-', '--select', 'buying#buy/create'], { cwd: bundle.folder });
  const text = noNonce(out, undefined).replaceAll(/"duration_ms":\d+/g, '"duration_ms":0').replaceAll(/"at":"[^"]+"/g, '"at":"TIME"').replaceAll(/"content-length":"\d+"/g, '"content-length":"N"');
  expect(text).toBe(golden('judge/events.ndjson', text));
});

test('what GitHub Actions is told', async () => {
  const { out } = await storyboard(
    ['run', agent.url, '--bundle', '.', '--seed', '1'], { cwd: bundle.folder, env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: bundle.folder } }
  );
  const text = noNonce(out, /^::stop-commands::(\w+)$/m.exec(out)?.[1]).split('\n').filter((line) => line.includes('::')).join('\n');
  expect(text).toBe(golden('judge/annotations.txt', text));
});

test('lint', async () => {
  const text = `${await command('lint', '.')}\n${await command('lint', 'compliance/universal/discovery.yaml')}\n${await command('lint', 'nowhere')}\n`
    + `${await command('lint', '.', '--rule', 'unknown_check', '--json')}\n${await command('lint', '--rule', 'none')}\n${await command('lint', '--list-rules')}`;
  expect(text).toBe(golden('judge/lint.txt', text));
});

test('list and show', async () => {
  const text = `${await command('list', '--bundle', '.')}\n${await command('show', 'buying', '--bundle', '.')}\n${await command('show', 'broken', '--bundle', '.')}\n${await command('show', 'nothing', '--bundle', '.')}`;
  expect(text).toBe(golden('judge/list.txt', text));
});

test('help of bundle', async () => {
  const asked = await Promise.all([['--help'], ['fetch', '--help'], ['list', '--help'], ['fetch']].map(async (args) => {
    const { code, out, err } = await judge(['bundle', ...args], { cwd: bundle.folder });
    return `$ adwright bundle ${args.join(' ')}\n${out}${err === '' ? '' : `--- stderr\n${err}`}--- exit code ${code}\n`;
  }));
  expect(asked.join('\n')).toBe(golden('judge/bundle-help.txt', asked.join('\n')));
});

test('help, and wrong usage', async () => {
  const asked = await Promise.all(
    [
      ['--help'], ['run', '--help'], ['step', '--help'], ['replay', '--help'], ['list', '--help'], ['show', '--help'], ['lint', '--help'],
      ['new', '--help'], ['run'], ['rum'],
      ['run', '$URL', '--fast'], ['show'],
    ].map((args) => command(...args))
  );
  const text = asked.join('\n');
  expect(text).toBe(golden('judge/help.txt', text));
  expect(asked.join('')).not.toContain('undefined');
});
