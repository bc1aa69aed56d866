/** Runs with several agents: which one each step goes to, and what each is told. */
import { afterEach, describe, expect, test } from 'vitest';
import { storyboard, writeBundle } from '../support/judge.ts';
import { oneStoryboard, type Report } from '../support/judge-run.ts';
import { assertPublishedReport } from '../support/published-report.ts';
import { startAgent, type TestAgent, type Tool } from '../support/mcp-agent.ts';

const opened: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const offers = { get_products: () => ({ products: [] }), get_signals: () => ({ signals: [] }), list_accounts: () => ({ accounts: [] }) };

async function start(protocols: readonly string[], more: Readonly<Record<string, Tool>> = {}, token?: string): Promise<TestAgent> {
  const agent = await startAgent(
    { get_adcp_capabilities: () => ({ status: 'completed', adcp: { major_versions: [3] }, supported_protocols: protocols }), ...offers, ...more },
    token === undefined ? {} : { token }
  );
  opened.push(agent.close);
  return agent;
}

interface Run {
  readonly code: number;
  readonly err: string;
  readonly report: Report;
  /** Outcome of a step, or what stopped it. */
  readonly state: (id: string) => unknown;
}

async function grade(url: string, steps: string, args: readonly string[], head = ''): Promise<Run> {
  const bundle = writeBundle(oneStoryboard(steps, head));
  opened.push(bundle.remove);
  const { code, out, err } = await storyboard(['run', url, '--bundle', bundle.folder, '--json', '-', '--seed', '7', ...args], { cwd: bundle.folder });
  const report = JSON.parse(out) as Report;
  assertPublishedReport(report);
  return { code, err, report, state: (id) => {
    const row = report.step_results.find(({ address }) => address.endsWith(`/${id}`));
    return row?.outcome === 'failed' ? row.validations[0]!.check : row?.outcome;
  } };
}

const step = (id: string, task: string, more = ''): string => `      - { id: ${id}, task: ${task}${more} }\n`;
const tasks = ({ calls }: TestAgent): readonly string[] => calls.map(({ name }) => name).filter((name) => name !== 'get_adcp_capabilities');

describe('a step goes', () => {
  test('to the agent that it names, before everything else', async () => {
    const [sales, signals] = [await start(['media_buy']), await start(['signals'])];
    const run = await grade(sales.url, step('x', 'get_products', ', agent: signals'), ['--agent', `signals=${signals.url}`]);
    expect([run.state('x'), tasks(signals), tasks(sales)]).toEqual(['passed', ['get_products'], []]);
    expect(run.report.run).toMatchObject({ agents: [{ key: 'signals', url: signals.url }] });
  });

  test('to the only one that claims the protocol of its task', async () => {
    const [sales, signals] = [await start(['media_buy']), await start(['signals'])];
    const run = await grade(sales.url, step('x', 'get_signals') + step('y', 'get_products'), ['--agent', `signals=${signals.url}`]);
    expect([run.code, tasks(signals), tasks(sales)]).toEqual([0, ['get_signals'], ['get_products']]);
  });

  test('nowhere when two claim it, or when nobody has the name', async () => {
    const [sales, other] = [await start(['media_buy']), await start(['media_buy'])];
    const run = await grade(
      sales.url, step('x', 'get_products') + step('y', 'list_accounts', ', agent: nobody') + step('z', 'list_accounts'), ['--agent', `other=${other.url}`]
    );
    expect([run.state('x'), run.state('y'), run.state('z'), run.code]).toEqual(['unrouted_step', 'unrouted_step', 'passed', 1]);
    expect([tasks(sales), tasks(other)]).toEqual([['list_accounts'], []]);
  });

  test('to the one of two names for the seller itself', async () => {
    const sales = await start(['media_buy']);
    const run = await grade(sales.url, step('x', 'get_products'), ['--agent', `sales=${sales.url}`]);
    expect([run.state('x'), run.code]).toEqual(['passed', 0]);
  });

  test('to the storyboard\'s own default, which the official runner overlooks', async () => {
    const [sales, other] = [await start(['media_buy']), await start(['signals'])];
    const args = ['--agent', `speaker=${other.url}`];
    const run = await grade(sales.url, step('x', 'list_accounts'), args, 'default_agent: speaker\n');
    expect([run.state('x'), tasks(other), tasks(sales)]).toEqual(['passed', ['list_accounts'], []]);
    expect((await grade(sales.url, step('x', 'list_accounts'), args, 'default_agent: nobody\n')).state('x')).toBe('default_agent_unresolved');
    await grade(sales.url, step('x', 'list_accounts'), [...args, '--compat', 'official'], 'default_agent: speaker\n');
    expect(tasks(sales)).toEqual(['list_accounts']);
  });

  test('to the seller when there is no other agent, whatever it names', async () => {
    const sales = await start(['media_buy']);
    const run = await grade(sales.url, step('x', 'get_signals', ', agent: signals'), [], 'default_agent: sales\n');
    expect(run.state('x')).toBe('passed');
  });
});

describe('requires: [multi_agent]', () => {
  const head = 'requires: [multi_agent]\ndefault_agent: sales\n';

  test('is met by two agents with every name that the storyboard uses', async () => {
    const [sales, signals] = [await start(['media_buy']), await start(['signals'])];
    const args = ['--agent', `sales=${sales.url}`, '--agent', `signals=${signals.url}`];
    const run = await grade(sales.url, step('x', 'get_signals', ', agent: signals') + step('y', 'list_accounts'), args, head);
    expect([run.state('x'), run.state('y'), tasks(signals), tasks(sales)]).toEqual(['passed', 'passed', ['get_signals'], ['list_accounts']]);
  });

  test('is unmet by one agent, and by names that lead nowhere', async () => {
    const [sales, signals] = [await start(['media_buy']), await start(['signals'])];
    for (const [steps, args] of [
      [step('x', 'get_signals'), []], [step('x', 'get_signals'), ['--agent', `sales=${sales.url}`]],
      [step('x', 'get_signals', ', agent: other'), ['--agent', `sales=${sales.url}`, '--agent', `signals=${signals.url}`]],
    ] as const)
      expect((await grade(sales.url, steps, args, head)).report.step_results[0]!.skip).toMatchObject({ reason: 'requirement_unmet', detail: 'multi_agent' });
  });
});

describe('credentials', () => {
  test('an agent is called with its own token, and gets none of the run\'s at another origin', async () => {
    const [sales, signals, brand] = [await start(['media_buy'], {}, 'of-the-seller'), await start(['signals'], {}, 'of-signals'), await start(['brand'])];
    const run = await grade(
      sales.url, step('x', 'get_signals') + step('y', 'list_accounts', ', agent: brand')
        + step('z', 'get_signals', ', auth: { type: api_key, from_test_kit: true }, agent: signals'),
      ['--token', 'of-the-seller', '--agent', `signals=${signals.url},of-signals`, '--agent', `brand=${brand.url}`]
    );
    expect([run.state('x'), run.state('y')]).toEqual(['passed', 'passed']);
    expect(JSON.stringify([...signals.calls, ...brand.calls].map(({ headers }) => headers))).not.toContain('of-the-seller');
    expect(JSON.stringify(run)).not.toContain('of-signals');
  });

  test('the controller that seeds is the one whose agent claims it', async () => {
    const controller: Tool = ({ scenario }) => ({ success: true, ...(scenario === 'list_scenarios' && { scenarios: ['seed_product'] }) });
    const [sales, lab] = [await start(['media_buy']), await start(['compliance_testing'], { comply_test_controller: controller })];
    const run = await grade(
      sales.url, step('x', 'get_products'), ['--agent', `lab=${lab.url}`],
      'prerequisites: { controller_seeding: true }\nfixtures: { products: [{ product_id: p }] }\n'
    );
    expect([run.state('x'), tasks(lab)]).toEqual(['passed', ['comply_test_controller', 'comply_test_controller']]);
  });

  test('an agent that cannot be reached ends the run, by its name', async () => {
    const [sales, gone] = [await start(['media_buy']), await start(['signals'])];
    await gone.close();
    const run = await grade(sales.url, step('x', 'get_products'), ['--agent', `signals=${gone.url}`]);
    expect([run.code, (run.report.run['discovery_failed'] as { message: string }).message]).toEqual([3, expect.stringContaining('agent signals: ')]);
  });
});

test.each<[string, readonly string[], string]>([
  ['without a key', ['--agent', 'http://127.0.0.1:1/mcp'], '--agent is written as KEY=URL or KEY=URL,TOKEN'],
  ['with no address', ['--agent', 'a=b'], 'is no URL'],
  ['twice', ['--agent', 'a=http://127.0.0.1:1', '--agent', 'a=http://127.0.0.1:2'], '--agent names a twice'],
])('an agent given %s is refused', async (_how, args, message) => {
  const { code, err } = await storyboard(['run', 'http://127.0.0.1:1/mcp', ...args], { cwd: '.' });
  expect([code, err]).toEqual([2, expect.stringContaining(message)]);
});

test('a rerun names the agents and keeps their tokens out', async () => {
  const [sales, signals] = [await start(['media_buy']), await start(['signals'], {}, 'of-signals')];
  const { err } = await grade(sales.url, step('x', 'get_products', ', validations: [{ check: field_present, path: no }]'), ['--agent', `signals=${signals.url},of-signals`]);
  expect(err).toContain(`--agent signals=${signals.url},"$TOKEN"`);
});
