/** Working on a seller: one step, a report run again, and a run that watches. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runStoryboardCli } from '../../compliance/cli.ts';
import { systemClock } from '../../compliance/execute/clock.ts';
import { storyboard, type TestBundle, writeBundle } from '../support/judge.ts';
import { startAgent, type TestAgent, type Tool } from '../support/mcp-agent.ts';

let agent: TestAgent;
let bundle: TestBundle;
/** What the seller says of itself: tests change it between runs. */
let products: unknown;
let signals: unknown;

const tools: Readonly<Record<string, Tool>> = {
  get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: [] }), get_products: () => ({ products, hint: 'p' }),
  get_signals: () => ({ signals }),
};
const yaml = (id: string, steps: string) => `id: ${id}\nphases:\n  - id: main\n    steps:\n${steps}`;
const step = (id: string, task: string, path: string) =>
  `      - { id: ${id}, task: ${task}, sample_request: { brief: "b" }, validations: [{ check: field_present, path: ${path}, description: "it has ${path}" }] }\n`;

beforeEach(async () => {
  [products, signals] = [['p'], ['s']];
  agent = await startAgent(tools);
  bundle = writeBundle({
    'compliance/universal/a.yaml': yaml('a', step('first', 'get_products', 'hint') + step('second', 'get_products', 'products')),
    'compliance/universal/b.yaml': yaml('b', step('only', 'get_signals', 'signals')),
  });
});
afterEach(async () => {
  await agent.close();
  bundle.remove();
});
const command = (...args: string[]) => storyboard(args, { cwd: bundle.folder });
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(bundle.folder, path)), { recursive: true });
  writeFileSync(join(bundle.folder, path), text);
};

describe('storyboard step', () => {
  test('runs one step after its prerequisites, and shows what was sent, what came and every check', async () => {
    const { code, out } = await command('step', agent.url, 'a#main/second', '--bundle', '.');
    expect(code).toBe(0);
    expect(out).toMatch(/^step {6}a#main\/second \(get_products\) passed\n {2}sent\n[^]*"brief": "b"[^]*\n {2}came\n[^]*"hint": "p"/m);
    expect(out).toContain('  ✓ field_present  it has products\n');
    expect(out).toMatch(/\n1 earlier step ran before it\nverdict {3}CONFORMS/);
    expect(out).not.toContain('a#main/first');
  });

  test('cuts what is long, and shows it whole with -v', async () => {
    products = Array.from({ length: 400 }, (_, i) => `product ${i}`);
    const shown = async (...flags: string[]) => (await command('step', agent.url, 'a#main/second', '--bundle', '.', ...flags)).out;
    expect(await shown()).toMatch(/\n {4}… \(\d+ characters\)\n/);
    expect(await shown('-v')).toContain('"product 399"');
  });

  test('a failure is explained; so is one of a prerequisite', async () => {
    products = undefined;
    const { code, out } = await command('step', agent.url, 'a#main/second', '--bundle', '.');
    expect(code).toBe(1);
    expect(out).toContain('  ✗ field_present  it has products\n');
    expect(out).toContain('error[field_present]: products');
    expect((await command('step', agent.url, 'b#main/only', 'compliance/universal')).code).toBe(0);
  });

  test.for(['a', 'a#main', '*#main/first', 'a#main/none', ''])('%j is no step', async (address) => {
    expect(await command('step', agent.url, address, '--bundle', '.')).toMatchObject({ code: 2, err: expect.stringContaining('adwright: ') });
  });
});

describe('storyboard replay', () => {
  const record = (...args: string[]) => command('run', agent.url, '--bundle', '.', '--json', 'report.json', ...args);
  const replay = (...args: string[]) => command('replay', 'report.json', ...args);

  test('says that nothing changed when nothing did', async () => {
    await record();
    expect(await replay()).toMatchObject({
      code: 0, err: '', out: 'nothing changed, 3 steps as before\nverdict   CONFORMS: every step that applies passed\n',
    });
  });

  test('prints what fails now, with the whole story, and what does not fail any more', async () => {
    products = undefined;
    await record();
    [products, signals] = [['p'], undefined];
    const { code, out } = await replay();
    expect(code).toBe(1);
    expect(out).toMatch(/^mended {2}a#main\/second +failed: field_present -> passed\nbroken {2}b#main\/only +passed -> failed: field_present\n/);
    expect(out).toContain('error[field_present]: signals');
    expect(out).toMatch(/\n2 steps changed, 1 step as before\nverdict {3}FAILS: 1 step fails\n$/);
  });

  test('asks for what the report was asked for', async () => {
    await record('--select', 'a#main/first');
    expect((await replay()).out).toContain('nothing changed, 1 step as before');
    await record('compliance/universal/b.yaml', '--exclude', 'a');
    expect((await replay()).out).toContain('nothing changed, 1 step as before');
  });

  test('tells steps that are new, steps that are gone, and that the bundle is another', async () => {
    await record();
    write('compliance/universal/a.yaml', yaml('a', step('first', 'get_products', 'hint') + step('third', 'get_products', 'products')));
    const { out, err } = await replay();
    expect(out).toMatch(/^new +a#main\/third +passed\ngone +a#main\/second +was passed\n/);
    expect(err).toContain('not the one of the report');
  });

  test('grades another seller when it is given one', async () => {
    await record();
    const other = await startAgent({ ...tools, get_products: () => ({ hint: 'p' }) });
    expect(await replay(other.url)).toMatchObject({ code: 1, out: expect.stringContaining('broken  a#main/second') });
    await other.close();
  });

  test('what is no report is refused', async () => {
    write('report.json', '{"run":{}}');
    expect(await replay()).toMatchObject({ code: 2, err: expect.stringContaining('is no report of this judge') });
    write('report.json', 'text');
    expect(await replay()).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read as a report') });
  });
});

describe('storyboard run --watch', () => {
  interface Watching {
    /** Waits until it waits; gives what was said since the last time. */
    idle(): Promise<string>;
    end(): Promise<number>;
  }

  function watch(...args: string[]): Watching {
    let [all, seen] = ['', 0];
    const ending = new AbortController();
    const pen = { write: (text: string) => { all += text; } };
    const clock = { ...systemClock, sleep: (ms: number, signal: AbortSignal) => systemClock.sleep(ms / 10, signal) };
    const code = runStoryboardCli(['run', agent.url, '--bundle', '.', '--watch', ...args], {
      stdout: pen, stderr: pen, env: {}, cwd: bundle.folder, isTTY: false, width: 100, signal: ending.signal, clock,
    });
    return {
      async idle() {
        await expect.poll(() => all.slice(seen), { timeout: 5000 }).toMatch(/\nwatching .*\n/);
        const said = all.slice(seen);
        seen = all.length;
        return said;
      },
      end: () => {
        ending.abort();
        return code;
      },
    };
  }

  test('runs again what failed when its storyboard changes, and nothing else', async () => {
    products = undefined;
    const watching = watch();
    expect(await watching.idle()).toContain('1 storyboard is run again when the seller comes back');
    write('compliance/universal/a.yaml', yaml('a', step('first', 'get_products', 'hint')));
    const again = await watching.idle();
    expect(again).toMatch(/^✓ a /m);
    expect(again).not.toMatch(/^. b /m);
    expect(again).toContain('nothing is open');
    expect(await watching.end()).toBe(0);
  });

  test('runs a storyboard that changed, and what still fails with it', async () => {
    products = undefined;
    const watching = watch();
    await watching.idle();
    write('compliance/universal/b.yaml', `# changed\n${yaml('b', step('only', 'get_signals', 'signals'))}`);
    const again = await watching.idle();
    expect([...again.matchAll(/^([✓✗]) (\w+)/gm)].map(([, sign, id]) => `${sign}${id}`)).toEqual(['✗a', '✓b']);
    expect(await watching.end()).toBe(1);
  });

  test('runs again what failed when the seller comes back, changed', async () => {
    products = undefined;
    const watching = watch();
    await watching.idle();
    const port = Number(new URL(agent.url).port);
    await agent.close();
    products = ['p'];
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    agent = await startAgent(tools, { port });
    expect(await watching.idle()).toMatch(/^✓ a /m);
    expect(await watching.end()).toBe(0);
  });

  test('waits for a seller that is not there yet', async () => {
    const port = Number(new URL(agent.url).port);
    await agent.close();
    const watching = watch();
    expect(await watching.idle()).toContain('the run starts when the seller comes back');
    agent = await startAgent(tools, { port });
    const said = await watching.idle();
    expect([...said.matchAll(/^✓ (\w+)/gm)].map(([, id]) => id)).toEqual(['a', 'b']);
    expect(await watching.end()).toBe(0);
  });

  test('a storyboard that is broken in between is told of, and runs when it is whole again', async () => {
    const watching = watch();
    await watching.idle();
    write('compliance/universal/b.yaml', 'id: b\nphases: [\n');
    expect(await watching.idle()).toContain('compliance/universal/b.yaml:');
    write('compliance/universal/b.yaml', yaml('b', step('only', 'get_signals', 'signals')));
    expect(await watching.idle()).toMatch(/^✓ b /m);
    expect(await watching.end()).toBe(0);
  });

  test.for(['--dry-run', '--update-baseline'])('does not go together with %s', async (flag) => {
    expect(await command('run', agent.url, '--baseline', 'b.yaml', '--watch', flag)).toMatchObject({ code: 2, err: expect.stringContaining('--watch') });
  });
});
