/** What a storyboard of somebody else may try with the judge that runs it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { storyboard, storyboardYaml, type TestBundle, writeBundle } from '../support/judge.ts';
import { startAgent, type TestAgent } from '../support/mcp-agent.ts';
import { listening } from '../support/listening.ts';

const SECRET = 'a-secret-of-the-operator';
const opened: (() => void | Promise<void>)[] = [];
afterEach(async () => { for (const close of opened.splice(0)) await close(); });

/** Everything that left the judge: what the agent saw, what people and machines read. */
async function leaked(steps: string, more: Readonly<Record<string, string>> = {}, head = ''): Promise<string> {
  const agent: TestAgent = await startAgent({ get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [] }), get_products: () => ({ products: [] }) });
  const bundle: TestBundle = writeBundle({ 'compliance/universal/s.yaml': storyboardYaml('s', steps, head), 'secret.json': JSON.stringify({ secret: SECRET }), ...more });
  opened.push(agent.close, bundle.remove);
  writeFileSync(join(bundle.folder, '.env'), `TOKEN=${SECRET}\n`);
  const { out, err } = await storyboard(
    ['run', agent.url, '--bundle', bundle.folder, '--json', '-', '-v', '--report', `html=${join(bundle.folder, 'r.html')}`],
    { cwd: bundle.folder, env: { OPERATOR_SECRET: SECRET } }
  );
  return `${out}${err}${JSON.stringify(agent.calls)}`;
}

test.each<[what: string, steps: string]>([
  ['a variable of the environment in a request', '      - { id: a, task: get_products, sample_request: { brief: "$env:OPERATOR_SECRET ${OPERATOR_SECRET} {{env.OPERATOR_SECRET}}" } }\n'],
  ['a vector outside of the vectors', '      - { id: a, task: replay_webhook_vector, vector_ref: "../../secret.json#positive/x" }\n'],
  ['a schema outside of the schemas', '      - { id: a, task: get_products, response_schema_ref: "../../secret.json", validations: [{ check: response_schema }] }\n'],
  ['a file of YAML\'s own', '      - { id: a, task: get_products, sample_request: { brief: !include ../../secret.json } }\n'],
  ['a prototype', '      - { id: a, task: get_products, context_outputs: [{ name: x, path: "constructor.prototype" }] }\n      - { id: b, task: get_products, sample_request: { brief: "$context.__proto__" } }\n'],
])('%s gives nothing away', async (_what, steps) => {
  const all = await leaked(steps);
  expect(all).not.toContain(SECRET);
  expect(all).toContain('"step_results"');
});

test('a kit that asks for a variable that is not meant for kits gets none', async () => {
  const all = await leaked(
    '      - { id: a, task: get_products, sample_request: { brief: "$test_kit.auth.api_key" } }\n',
    { 'compliance/test-kits/k.yaml': 'id: k\nauth: { api_key: "$env:OPERATOR_SECRET", probe_task: list_creatives }\n' },
    'prerequisites: { test_kit: test-kits/k.yaml }\n'
  );
  expect(all).not.toContain(SECRET);
});

test('an address that a seller names in the private network is not asked for, however the storyboard wants it', async () => {
  let asked = 0;
  const inner = await listening((_request, response) => { asked += 1; response.end('{}'); });
  opened.push(() => inner.close());
  const agent = await startAgent({ get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [], identity: { brand_json_url: `${inner.origin.replace('http:', 'https:')}/brand.json` } }) });
  opened.push(agent.close);
  const bundle = writeBundle({ 'compliance/universal/s.yaml': storyboardYaml('s', '      - { id: a, task: fetch_brand_jwks }\n') });
  opened.push(bundle.remove);
  const { out } = await storyboard(['run', agent.url, '--bundle', bundle.folder], { cwd: bundle.folder });
  expect([asked, out]).toEqual([0, expect.stringContaining('private address')]);
});
