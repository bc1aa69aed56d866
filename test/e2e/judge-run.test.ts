import { describe, expect, test } from 'vitest';
import { stillClock, storyboard, storyboardYaml } from '../support/judge.ts';
import { judge, oneStoryboard, type Report } from '../support/judge-run.ts';
import { startAgent } from '../support/mcp-agent.ts';
import { agentOf, bad, board, broken, bundleOf, good, missing, run } from '../support/small-run.ts';

describe('exit codes', () => {
  test('0 when every step that applies passes', async () => {
    const { code, out } = await run(await agentOf(), bundleOf(board('s', good)));
    expect([code, out.match(/verdict .*/)?.[0]]).toEqual([0, 'verdict   CONFORMS: every step that applies passed']);
  });

  test('0 and no claim of conformity when nothing applies', async () => {
    const { code, out } = await run(
      await agentOf(), bundleOf({ 'universal/s.yaml': storyboardYaml('s', good, 'required_tools: [get_signals]\n') })
    );
    expect([code, out.match(/verdict .*/)?.[0]]).toEqual([0, 'verdict   NOT APPLICABLE: nothing that was selected applies to this seller']);
  });

  test('0 and no claim of conformity when only optional steps ran and failed, and a claim that tells of them beside others', async () => {
    const optional = `id: o\nphases:\n  - id: main\n    optional: true\n    steps:\n${bad}`;
    const verdict = async (files: Readonly<Record<string, string>>) => {
      const { code, out } = await run(await agentOf(), bundleOf(files));
      return [code, out.match(/verdict .*/)?.[0]];
    };
    expect(await verdict({ 'universal/o.yaml': optional })).toEqual([0, 'verdict   NOT APPLICABLE: nothing that counts applies to this seller']);
    expect(await verdict({ 'universal/o.yaml': optional, ...board('s', good) }))
      .toEqual([0, 'verdict   CONFORMS: every step that counts passed; 1 step fails in optional phases']);
  });

  test('1 when a step fails', async () => {
    expect((await run(await agentOf(), bundleOf(board('s', bad)))).code).toBe(1);
  });

  test('1 when a storyboard could show nothing because its tools are missing', async () => {
    const { code, out } = await run(await agentOf(), bundleOf(board('s', missing)));
    expect(code).toBe(1);
    expect(out).toContain('verdict   UNPROVEN: nothing of s could be shown');
  });

  test('2 when a storyboard is broken, while the others still run; before failures', async () => {
    const { code, out } = await run(await agentOf(), bundleOf({ ...board('s', bad), ...broken }));
    expect(code).toBe(2);
    expect(out).toContain('✗ s');
    expect(out).toMatch(/error\[yaml_syntax\].*\n.*universal\/zz\.yaml:/);
  });

  test('a broken storyboard outside of what is selected does not matter', async () => {
    expect((await run(await agentOf(), bundleOf({ ...board('s', good), ...broken }), ['--select', 's'])).code).toBe(0);
    expect((await run(await agentOf(), bundleOf({ ...board('s', good), ...broken }), ['--select', 'zz'])).code).toBe(2);
  });

  test('3 when the seller cannot be reached, and when it refuses the credential; before broken storyboards', async () => {
    const bundle = bundleOf({ ...board('s', good), ...broken });
    const gone = await startAgent({});
    await gone.close();
    const unreachable = await run(gone, bundle);
    expect([unreachable.code, unreachable.out]).toEqual([3, expect.stringContaining('error[refused]: the seller could not be reached')]);
    const refused = await run(await agentOf({}, { token: 'right' }), bundle, ['--token', 'wrong-token']);
    expect(refused.code).toBe(3);
    expect(refused.out).toContain('the seller refused the credential');
    expect(refused.out).not.toContain('wrong-token');
  });

  test('3 when nothing is selected, and when the seller\'s claims cannot be graded', async () => {
    expect((await run(await agentOf(), bundleOf({ 'protocols/media-buy/index.yaml': storyboardYaml('s', good) }))).code).toBe(3);
    const absent = await run(await agentOf(), bundleOf({
      'index.json': '{ "universal": ["gone", "lost"] }', 'protocols/media-buy/index.yaml': storyboardYaml('s', good),
    }));
    expect([absent.code, absent.out]).toEqual([3, expect.stringContaining('NOTHING SELECTED: nothing was selected: the bundle holds none of the 2')]);
    const old = await agentOf({ get_adcp_capabilities: () => ({ adcp: { supported_versions: ['2.5'] }, supported_protocols: [] }) });
    const { code, out } = await run(old, bundleOf(board('s', good)));
    expect([code, out]).toEqual([
      3, expect.stringContaining('error[unsupported_adcp_version]: the bundle grades AdCP 3.1, the seller supports 2.5'),
    ]);
  });

  test.each<[string, readonly string[], string]>([
    ['an address that matches nothing', ['--select', 'nope'], '--select "nope" matches nothing'],
    ['a step that does not exist', ['--select', 's#main/nope'], 'matches nothing'],
    ['an exclusion that matches nothing', ['--exclude', 'nope'], '--exclude "nope" matches nothing'],
    ['an exclusion of a part', ['--exclude', 's#main/a'], 'only whole storyboards can be left out'],
    ['a report that cannot be written', ['--json', 'none/r.json'], 'cannot write none/r.json'],
    ['a report in the place of a folder', ['--report', 'json=.'], 'cannot write .'],
    ['no address', ['--select', '#x'], 'is no address'], ['a report of another format', ['--report', 'xml=f'], 'knows no format'],
    ['no number', ['--timeout', 'soon'], 'no positive number'],
    ['a baseline that is not there', ['--baseline', 'none.yaml'], 'cannot be read'],
    ['an update of no baseline', ['--update-baseline'], '--baseline FILE'],
    ['a kit token without a kit', ['--kit-token', 'T'], 'ID=TOKEN'], ['a token for a kit that is not there', ['--kit-token', 'nobody=T'], 'kits are none'], ['an empty token', ['--token', ' '], 'is empty'],
    ['an unknown flag', ['--fast'], "unknown option '--fast'"],
  ])('2 for %s, told in one line', async (_what, args, text) => {
    const { code, out, err } = await run(await agentOf(), bundleOf(board('s', good)), args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(text);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test.each(['ftp://x/mcp', 'nonsense', 'http://user:pass@127.0.0.1:1/mcp'])('2 for the address %s', async (url) => {
    const { code, err } = await storyboard(['run', url], { cwd: '/' });
    expect(code).toBe(2);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a run that does not reach everything is incomplete, never green', () => {
  const steps = '      - { id: a, task: get_products }\n      - { id: b, task: slow }\n      - { id: c, task: get_products }\n';
  const more = storyboardYaml('t', good);

  function summary(out: string) {
    const { run_summary: sum, run: how } = JSON.parse(out) as Report;
    const { total_steps, steps_passed, steps_failed, steps_skipped, steps_not_run } = sum as Record<string, number>;
    expect(total_steps).toBe(steps_passed! + steps_failed! + steps_skipped! + steps_not_run!);
    return { total_steps, steps_passed, steps_not_run, ended: how['ended'], verdict: how['verdict'] };
  }

  test('when the operator interrupts it', async () => {
    const interrupt = new AbortController();
    const agent = await agentOf({ slow: () => ({ $http: () => { interrupt.abort(new Error('SIGINT')); } }) });
    const { code, out, err } = await run(
      agent, bundleOf({ 'universal/s.yaml': storyboardYaml('s', steps), 'universal/t.yaml': more }), ['--json', '-'],
      { signal: interrupt.signal }
    );
    expect(code).toBe(3);
    expect(summary(out)).toEqual({ total_steps: 4, steps_passed: 1, steps_not_run: 3, ended: 'interrupted', verdict: 'incomplete' });
    expect(err).toContain('4 planned = 1 passed + 0 failed + 0 skipped + 3 not run');
    expect(err).toContain('INCOMPLETE');
  });

  test('when its deadline comes, be it a fraction of a millisecond', async () => {
    const agent = await agentOf();
    const { code } = await run(agent, bundleOf(board('s', good)), ['--deadline', '0.0004']);
    expect(code).toBe(3);
  });

  test('when its deadline comes', async () => {
    const agent = await agentOf({ slow: () => ({ $http: () => undefined }) });
    const { code, out } = await run(agent, bundleOf({ 'universal/s.yaml': storyboardYaml('s', steps) }), ['--json', '-', '--deadline', '0.3']);
    expect([code, summary(out)]).toEqual([3, { total_steps: 3, steps_passed: 1, steps_not_run: 2, ended: 'deadline', verdict: 'incomplete' }]);
  });

  test('when the seller goes away', async () => {
    const agent = await agentOf({ slow: async () => {
      void agent.close();
      return { $http: (response) => { response.destroy(); } };
    } });
    const { code, out } = await run(
      agent, bundleOf({ 'universal/s.yaml': storyboardYaml('s', steps), 'universal/t.yaml': more }), ['--json', '-'],
      { clock: stillClock() }
    );
    expect(code).toBe(3);
    expect(summary(out)).toMatchObject({ total_steps: 4, ended: 'seller_lost', verdict: 'incomplete' });
  });

  test('a single reply that never comes fails its step, and the rest goes on', async () => {
    const agent = await agentOf({ slow: () => ({ $http: () => undefined }) });
    const { code, out, err } = await run(
      agent, bundleOf({ 'universal/s.yaml': storyboardYaml('s', steps) }), ['--json', '-', '--timeout', '0.2']
    );
    expect(code).toBe(1);
    expect(summary(out)).toMatchObject({ total_steps: 3, steps_passed: 2, steps_not_run: 0 });
    expect(err).toContain('error[timed_out]: slow got no usable answer');
  });
});

describe('parts of a storyboard', () => {
  const steps = '      - { id: a, task: get_products }\n      - { id: b, task: get_products }\n      - { id: c, task: get_products }\n';

  test('a single step runs with what it needs, and the report says which', async () => {
    const { report, text, calls } = await judge(oneStoryboard(steps), { get_products: () => ({ products: [] }) }, ['--select', 's#main/b']);
    expect(
      report.step_results.map((row) => [row.address, (row as unknown as { prerequisite: boolean }).prerequisite])
    ).toEqual([['s#main/a', true], ['s#main/b', false]]);
    expect(text).toContain('1 of them ran as prerequisites of what was selected');
    expect(calls.filter(({ name }) => name === 'get_products')).toHaveLength(2);
  });
});
