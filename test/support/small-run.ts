/** Runs of the judge over a bundle of a few lines, against an agent with a tool or two. Both are gone after each test. */
import { afterEach } from 'vitest';
import { startAgent, type AgentManner, type TestAgent, type Tool } from './mcp-agent.ts';
import { type CommandOptions, storyboard, storyboardYaml, type TestBundle, writeBundle } from './judge.ts';

const opened: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});
export async function agentOf(tools: Readonly<Record<string, Tool>> = {}, manner: AgentManner = {}): Promise<TestAgent> {
  const agent = await startAgent(
    {
      get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [] }), get_products: () => ({ products: [{ product_id: 'p' }] }),
      ...tools,
    },
    manner
  );
  opened.push(() => agent.close());
  return agent;
}
export function bundleOf(files: Readonly<Record<string, string>>): TestBundle {
  const bundle = writeBundle(Object.fromEntries(Object.entries(files).map(([path, text]) => [`compliance/${path}`, text])));
  opened.push(() => bundle.remove());
  return bundle;
}
export const run = (agent: { url: string }, bundle: TestBundle, args: readonly string[] = [], options: Partial<CommandOptions> = {}) =>
  storyboard(['run', agent.url, '--bundle', bundle.folder, ...args], { cwd: bundle.folder, ...options });

export const good = '      - { id: a, task: get_products, validations: [{ check: field_present, path: products }] }\n';
export const bad = '      - { id: a, task: get_products, validations: [{ check: field_present, path: none }] }\n';
export const missing = '      - { id: a, task: get_signals, stateful: true }\n';
export const board = (id: string, steps: string) => ({ [`universal/${id}.yaml`]: storyboardYaml(id, steps) });
export const broken = { 'universal/zz.yaml': 'id: zz\nphases: [\n' };
