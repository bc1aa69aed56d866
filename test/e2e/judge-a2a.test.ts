/** A seller over A2A, alone and beside MCP. */
import { afterEach, describe, expect, test } from 'vitest';
import { type A2aManner, type Skill, startA2aAgent, type TestA2aAgent } from '../support/a2a-agent.ts';
import { storyboard, writeBundle } from '../support/judge.ts';
import { oneStoryboard, type Report } from '../support/judge-run.ts';
import { startAgent } from '../support/mcp-agent.ts';
import { assertPublishedReport } from '../support/published-report.ts';

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

interface Run {
  readonly code: number;
  readonly text: string;
  readonly report: Report & { readonly transport_differences?: readonly object[] };
  readonly state: (id: string) => string | undefined;
}

const capabilities = { status: 'completed', adcp: { major_versions: [3] }, supported_protocols: [] };

async function grade(url: string, steps: string, args: readonly string[]): Promise<Run> {
  const bundle = writeBundle(oneStoryboard(steps));
  opened.push(async () => bundle.remove());
  const env = { STORYBOARD_TASK_POLL_INTERVAL_MS: '5', STORYBOARD_TASK_POLL_TIMEOUT_MS: '200' };
  const { code, out, err } = await storyboard(
    ['run', url, '--bundle', bundle.folder, '--json', '-', '--seed', '7', '--token', 'secret-of-the-run', ...args], { cwd: bundle.folder, env }
  );
  const report = JSON.parse(out) as Run['report'];
  assertPublishedReport(report);
  return { code, text: err, report, state: (id) => report.step_results.find(({ address }) => address.endsWith(`/${id}`))?.outcome };
}

async function overA2a(
  skills: Readonly<Record<string, Skill>>, steps: string, manner: A2aManner = {}, args: readonly string[] = []
): Promise<Run & { agent: TestA2aAgent }> {
  const agent = await startA2aAgent({ get_adcp_capabilities: () => capabilities, ...skills }, manner);
  opened.push(agent.close);
  return { ...await grade(agent.url, steps, ['--transport', 'a2a', ...args]), agent };
}

const buy = (more: string): string => `      - { id: buy, task: create_media_buy, sample_request: { packages: [] }, ${more} }\n`;
const submitted = { status: 'submitted', task_id: 'adcp-1' };

describe('--transport a2a', () => {
  test('discovers by the card, calls skills, and says how', async () => {
    const skills = { create_media_buy: () => ({ media_buy_id: 'm', packages: [] }) };
    const { report, text, agent, code } = await overA2a(skills, buy('validations: []'), { token: 'secret-of-the-run' });
    expect(code).toBe(0);
    expect(report.run).toMatchObject({ transport: 'a2a', seller: { a2a_version: '1.0', tools: ['create_media_buy', 'get_adcp_capabilities'] } });
    expect(report.step_results[0]).toMatchObject({
      outcome: 'passed', extraction: { path: 'structured_content' },
      request: { transport: 'a2a', operation: 'create_media_buy', payload: { packages: [] } },
      response: { transport: 'a2a', payload: { task: { status: { state: 'TASK_STATE_COMPLETED' } } } },
    });
    expect(text).toContain('2 skills, A2A 1.0');
    expect(agent.calls.at(-1)!.input).toMatchObject({ adcp_version: '3.1', idempotency_key: expect.any(String) as unknown });
    expect(JSON.stringify(report) + text).not.toContain('secret-of-the-run');
  });

  test('a captured completion is asked for by the task of A2A when no skill gives it', async () => {
    const steps = buy('context_outputs: [{ name: mid, path: task_completion.media_buy_id }]');
    const wait: Skill = () => submitted;
    let polls = 0;
    const done = { status: 'completed', result: { media_buy_id: 'm' } };
    const poll: Skill = () => ({ task_id: 'adcp-1', ...((polls += 1) < 3 ? { status: 'working' } : done) });
    expect((await overA2a({ create_media_buy: wait, tasks_get: poll }, steps)).state('buy')).toBe('passed');
    expect(polls).toBe(3);
  });

  test('a seller that is not there, has no card, or refuses the credential ends the run with 3', async () => {
    const bare = await startAgent({});
    opened.push(bare.close);
    const run = await grade(bare.url, buy('validations: []'), ['--transport', 'a2a']);
    expect([run.code, (run.report.run as { discovery_failed?: { code: string } }).discovery_failed?.code]).toEqual([3, 'http_status']);
    expect((await overA2a({}, buy('validations: []'), { token: 'other' })).code).toBe(3);
  });

  test('another word is refused', async () => {
    const { code, err } = await storyboard(['run', 'http://127.0.0.1:1/a2a', '--transport', 'grpc'], { cwd: '.' });
    expect([code, err]).toEqual([2, 'adwright: --transport "grpc" is unknown: write mcp, a2a or both\n']);
  });
});

describe('the checks of A2A', () => {
  const check = buy('validations: [{ check: a2a_submitted_artifact }]');
  const task = (more: object, artifact: object = {}): Skill => () => ({ $result: { task: {
    id: 't', contextId: 'c', status: { state: 'TASK_STATE_COMPLETED' },
    artifacts: [{ artifactId: 'a', metadata: { adcp_task_id: 'adcp-1' }, parts: [{ data: submitted }], ...artifact }], ...more,
  } } });

  const versions: readonly [string, A2aManner][] = [['1.0', {}], ['0.3', { version: '0.3' }]];
  test.each(versions)('a2a_submitted_artifact passes a submitted task, in version %s', async (_version, manner) => {
    expect((await overA2a({ create_media_buy: () => submitted }, check, manner)).state('buy')).toBe('passed');
  });

  test.each<[string, Skill, string]>([
    ['the task has no id', task({ id: '' }), '/id'], ['the task has no conversation', task({ contextId: 7 }), '/contextId'],
    ['the transport\'s task is submitted too', task({ status: { state: 'TASK_STATE_INPUT_REQUIRED' } }), '/status/state'],
    ['the artifact has no id', task({}, { artifactId: undefined }), '/artifacts/0/artifactId'],
    ['nothing names the AdCP task', task({}, { metadata: {} }), '/artifacts/0/metadata/adcp_task_id'],
    [
      'the payload is not submitted', task({}, { parts: [{ data: { status: 'completed', media_buy_id: 'm', packages: [] } }] }),
      '/artifacts/0/parts/0/data/status',
    ],
    [
      'the payload names another task', task({}, { parts: [{ data: { ...submitted, adcp_task_id: 'x' } }] }),
      '/artifacts/0/parts/0/data/adcp_task_id',
    ],
    ['the agent answers with a message', () => ({ $result: { message: { parts: [{ data: submitted }] } } }), ''],
  ])('a2a_submitted_artifact fails when %s', async (_when, skill, pointer) => {
    const { report, state } = await overA2a({ create_media_buy: skill }, check);
    expect(state('buy')).toBe('failed');
    const graded = report.step_results[0]!.validations.find((each) => each.check === 'a2a_submitted_artifact');
    expect(graded).toMatchObject({ passed: false, json_pointer: pointer });
  });

  const twice = `      - { id: one, task: get_products }\n      - { id: two, task: get_products, validations: [{ check: a2a_context_continuity }] }\n`;
  test('a2a_context_continuity passes an agent that keeps to the conversation and fails one that forgets it', async () => {
    const products: Skill = () => ({ products: [] });
    expect((await overA2a({ get_products: products }, twice)).state('two')).toBe('passed');
    expect((await overA2a({ get_products: products }, twice, { forgetful: true })).state('two')).toBe('failed');
  });

  test('over MCP there is nothing to look at', async () => {
    const agent = await startAgent({
      get_adcp_capabilities: () => capabilities, create_media_buy: () => submitted, get_products: () => ({ products: [] }),
    });
    opened.push(agent.close);
    const run = await grade(agent.url, check + twice, []);
    expect([run.state('buy'), run.state('two')]).toEqual(['passed', 'passed']);
    expect(run.report.step_results[0]!.validations[0]).toMatchObject({ observations: [expect.stringContaining('MCP')] });
  });

  test('the official runner looks at the first part of the first artifact alone', async () => {
    const later = task({}, { parts: [{ text: 'here it is' }, { data: submitted }] });
    expect((await overA2a({ create_media_buy: later }, check)).state('buy')).toBe('passed');
    expect((await overA2a({ create_media_buy: later }, check, {}, ['--compat', 'official'])).state('buy')).toBe('failed');
  });
});

describe('--transport both', () => {
  const steps = '      - { id: find, task: get_products }\n      - { id: buy, task: create_media_buy, sample_request: { packages: [] } }\n';
  const tools = {
    get_adcp_capabilities: () => capabilities, get_products: () => ({ products: [{ product_id: `p${Math.random()}`, delivery_type: 'guaranteed' }] }),
    create_media_buy: () => ({ media_buy_id: 'm', packages: [] }),
  };

  /** One origin that speaks both: A2A at `/a2a` and the card, MCP elsewhere. */
  type Skills = Readonly<Record<string, Skill>>;
  async function both(skills: Skills, overMcp: Skills = {}, args: readonly string[] = []): Promise<Run> {
    const a2a = await startA2aAgent({ ...tools, ...skills });
    const mcp = await startAgent({ ...tools, ...overMcp as typeof tools }, { intercept: (request, response) => {
      if (request.url === '/mcp') return false;
      void fetch(new URL(request.url!, a2a.url)).then(async (reply) => response.writeHead(reply.status).end(await reply.text()));
      return true;
    } });
    opened.push(a2a.close, mcp.close);
    return grade(mcp.url, steps, ['--transport', 'both', '--allow-private', ...args]);
  }

  test('runs every storyboard over both and finds no difference in ids and amounts', async () => {
    const { report, code, text } = await both({});
    expect(code).toBe(0);
    expect(report.storyboards.map(({ storyboard_id: id, verdict }) => [id, verdict])).toEqual([['s', 'passed'], ['s@a2a', 'passed']]);
    expect(report.run).toMatchObject({ transport: 'both', seller: { mcp_version: '2025-11-25' }, seller_over_a2a: { a2a_version: '1.0' } });
    expect(report.step_results.map(({ address }) => address)).toEqual(['s#main/find', 's#main/buy', 's@a2a#main/find', 's@a2a#main/buy']);
    expect(report.transport_differences).toEqual([]);
    expect(text).toContain('differ nowhere');
  });

  test('tells where answers differ, and how a part is run again', async () => {
    const { report, code, text } = await both({
      get_products: () => ({ products: [{ product_id: 'p', delivery_type: 'non_guaranteed', extra: 1 }] }),
      create_media_buy: () => ({ errors: [{ code: 'INVALID_REQUEST', message: 'no' }] }),
    });
    expect(code).toBe(1);
    expect(report.transport_differences).toEqual(expect.arrayContaining([
      { storyboard_id: 's', step: 'main/find', at: '/products/*/delivery_type', mcp: '"guaranteed"', a2a: '"non_guaranteed"' },
      { storyboard_id: 's', step: 'main/find', at: '/products/*/extra', mcp: null, a2a: 'number' },
      { storyboard_id: 's', step: 'main/buy', at: 'outcome', mcp: 'passed', a2a: 'failed' },
      { storyboard_id: 's', step: 'main/buy', at: 'error_code', mcp: null, a2a: 'INVALID_REQUEST' },
    ]));
    expect(text).toContain('differs   s#main/find at /products/*/delivery_type: MCP');
    expect(text).toMatch(/rerun\s.*--transport both.*--select s#main\/buy/);
    const again = await both({}, {}, ['--select', 's@a2a#main/find']);
    expect(again.report.step_results.map(({ address }) => address)).toEqual(['s#main/find', 's@a2a#main/find']);
  });

  test('what differs because the seller remembers is none of the transport\'s doing', async () => {
    let asked = 0;
    const remembering: Skill = () => ({ products: [{ product_id: 'p', status: (asked += 1) === 1 ? 'created' : 'unchanged' }] });
    expect((await both({ get_products: remembering }, { get_products: remembering })).report.transport_differences).toEqual([]);
    expect(asked).toBe(3);
  });

  test('a seller without a card cannot be graded over both', async () => {
    const mcp = await startAgent(tools);
    opened.push(mcp.close);
    expect((await grade(mcp.url, steps, ['--transport', 'both'])).code).toBe(3);
  });
});
