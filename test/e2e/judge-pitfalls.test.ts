/** What other runners got wrong about bundles, plans and the command line, and this one must not. */
import { afterEach, expect, test } from 'vitest';
import { storyboard, type TestBundle, writeBundle } from '../support/judge.ts';
import { startAgent, type TestAgent, type Tool } from '../support/mcp-agent.ts';

const opened: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

async function agentOf(tools: Readonly<Record<string, Tool>> = {}): Promise<TestAgent> {
  const agent = await startAgent({
    get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [] }), get_products: () => ({ products: [{ product_id: 'p' }] }), ...tools,
  });
  opened.push(() => agent.close());
  return agent;
}

function bundleOf(files: Readonly<Record<string, string>>): TestBundle {
  const bundle = writeBundle(Object.fromEntries(Object.entries(files).map(([path, text]) => [`compliance/${path}`, text])));
  opened.push(() => bundle.remove());
  return bundle;
}

const run = (agent: TestAgent, bundle: TestBundle, ...args: string[]) =>
  storyboard(['run', agent.url, '--bundle', '.', ...args], { cwd: bundle.folder });
const yaml = (id: string, steps: string, head = '') => `id: ${id}\n${head}phases:\n  - id: main\n    steps:\n${steps}`;
const good = '      - { id: a, task: get_products, validations: [{ check: field_present, path: products }] }\n';

test('an unknown flag ends the command with the flag that may be meant, before anything is sent', async () => {
  const agent = await agentOf();
  const { code, err } = await run(agent, bundleOf({ 'universal/s.yaml': yaml('s', good) }), '--sellect', 's');
  expect([code, err]).toEqual([2, "adwright: unknown option '--sellect' (Did you mean --select?)\n"]);
  expect(agent.methods).toEqual([]);
});

test('a step without a task is shown with its line, and the other storyboards run', async () => {
  const bundle = bundleOf({ 'universal/s.yaml': yaml('s', good), 'universal/t.yaml': yaml('t', '      - id: a\n        title: "No task"\n') });
  const { code, out } = await run(await agentOf(), bundle);
  expect(code).toBe(2);
  expect(out).toMatch(/^✓ s /m);
  expect(out).toMatch(/error\[\w+\]: .*task[^]*compliance\/universal\/t\.yaml:5:/);
});

test('the kit that a storyboard declares is used on the command line too, and another one by the next storyboard', async () => {
  const agent = await agentOf();
  const kit = (id: string) => `id: ${id}\nauth: { api_key: key-of-${id}, probe_task: list_creatives }\nbrand: { house: { domain: ${id}.example } }\n`;
  const asking = '      - { id: a, task: get_products, sample_request: { brief: "$test_kit.brand.house.domain" } }\n';
  const bundle = bundleOf({
    'universal/s.yaml': yaml('s', asking, 'prerequisites: { test_kit: test-kits/one.yaml }\n'),
    'universal/t.yaml': yaml('t', asking, 'prerequisites: { test_kit: test-kits/two.yaml }\n'),
    'test-kits/one.yaml': kit('one'), 'test-kits/two.yaml': kit('two'),
  });
  expect(await run(agent, bundle)).toMatchObject({ code: 0 });
  const calls = agent.calls.filter(({ name }) => name === 'get_products');
  expect(calls.map(({ args, headers }) => [args['brief'], headers.authorization]))
    .toEqual([['one.example', 'Bearer key-of-one'], ['two.example', 'Bearer key-of-two']]);
});

test('nothing that a storyboard captures is there in the next one', async () => {
  const capture = '      - { id: a, task: get_products, context_outputs: [{ name: found, path: "products[0].product_id" }] }\n';
  const use = '      - { id: a, task: get_products, sample_request: { brief: "$context.found" } }\n';
  const { code, out } = await run(await agentOf(), bundleOf({ 'universal/s.yaml': yaml('s', capture), 'universal/t.yaml': yaml('t', use) }));
  expect(code).toBe(1);
  expect(out).toMatch(/^✓ s /m);
  expect(out).toMatch(/^✗ t /m);
  expect(out).toContain('$context.found');
});

test('a token that the seller refuses is said first, and nothing is called conforming', async () => {
  const agent = await startAgent({}, { token: 'right' });
  opened.push(() => agent.close());
  const { code, out } = await run(agent, bundleOf({ 'universal/s.yaml': yaml('s', good, 'required_tools: [get_products]\n') }), '--token', 'wrong');
  expect(code).toBe(3);
  expect(out).toMatch(/^error\[.*\]: the seller refused the credential/m);
  expect(out).not.toMatch(/✓|CONFORMS/);
});

test('an address that stands in for the seller is used throughout, and a seller in the private network needs no leave', async () => {
  const agent = await agentOf();
  const { origin } = new URL(agent.url);
  const bundle = bundleOf({ 'universal/s.yaml': yaml('s', good) });
  const { code, out } = await storyboard(
    ['run', 'https://seller.example/mcp', '--map', `https://seller.example=${origin}`, '--bundle', '.'], { cwd: bundle.folder }
  );
  expect([code, out]).toEqual([0, expect.stringContaining('seller    https://seller.example/mcp')]);
  expect(new Set(agent.calls.map(({ headers }) => headers.host))).toEqual(new Set(['seller.example']));
});

const failing = '      - { id: a, task: get_products, validations: [{ check: field_present, path: absent }] }\n';

test.each<[way: string, args: readonly string[]]>([
  ['all that applies', []], ['one storyboard by its id', ['--select', 's']], ['one step by its address', ['--select', 's#main/a']],
  ['a file', ['compliance/universal/s.yaml']], ['a folder', ['compliance/universal']], ['a track', ['--track', 'core']],
])('a failed step ends the command with 1 and stands in the JUnit report, asked for as %s', async (_way, args) => {
  const agent = await agentOf();
  const bundle = bundleOf({ 'universal/s.yaml': yaml('s', failing, 'track: core\n') });
  const { code, out } = await run(agent, bundle, ...args, '--report', 'junit=-');
  expect([code, /<failure[^>]* type="field_present"/.test(out)]).toEqual([1, true]);
});

test('a check whose name is mistyped is nowhere shown as one that passed', async () => {
  const mistyped = '      - { id: a, task: get_products, validations: [{ check: feild_present, path: products }] }\n';
  const { out } = await run(await agentOf(), bundleOf({ 'universal/s.yaml': yaml('s', mistyped) }));
  expect(out).not.toMatch(/✓/);
  expect(out).toContain('feild_present');
});

test('what the storyboard says is what is sent, and what the seller answered is what is graded', async () => {
  const agent = await agentOf({ create_media_buy: () => ({ media_buy_id: 'm', packages: [], channel: 'video' }) });
  const authored = { account: { account_id: 'a' }, packages: [{ product_id: 'p', pricing_option_id: 'o', budget: 5 }], idempotency_key: 'key-of-the-storyboard' };
  const buy = `      - { id: a, task: create_media_buy, sample_request: ${JSON.stringify(authored)}, validations: [{ check: field_value, path: channel, value: video }] }\n`;
  const { code } = await run(agent, bundleOf({ 'universal/s.yaml': yaml('s', buy) }));
  expect([code, agent.calls.at(-1)!.args]).toEqual([0, { adcp_major_version: 3, adcp_version: '3.1', ...authored }]);
});
