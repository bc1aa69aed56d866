import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type ActionRun, readAction, runAction } from '../support/composite-action.ts';
import { storyboardYaml, writeBundle } from '../support/judge.ts';
import { listening } from '../support/listening.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const action = readAction(join(ROOT, 'action.yml'));
const opened: (() => void)[] = [];
afterEach(() => { for (const close of opened.splice(0)) close(); });

function act(given: Readonly<Record<string, string>>): ActionRun & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-action-'));
  opened.push(() => rmSync(folder, { recursive: true, force: true }));
  return { ...runAction(action, ROOT, folder, given), folder };
}

async function freePort(): Promise<number> {
  const held = await listening(() => undefined);
  await held.close();
  return Number(new URL(held.origin).port);
}

/** The command of the seller with its training agent, as a workflow would start it. */
async function sandbox(): Promise<{ readonly start: string; readonly url: string; readonly mark: string }> {
  const [port, data] = [await freePort(), mkdtempSync(join(tmpdir(), 'adwright-action-data-'))];
  opened.push(() => rmSync(data, { recursive: true, force: true }));
  return { start: `node ${join(ROOT, 'scripts/adwright.mjs')} serve --sandbox --port ${port} --data ${data}`, url: `http://127.0.0.1:${port}/mcp`, mark: data };
}

const running = (mark: string): boolean => execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).includes(mark);

describe('the action', () => {
  test('starts a seller, grades it, publishes the summary, names its reports, and stops the seller', async () => {
    const { start, url, mark } = await sandbox();
    const { failed, outputs, summary, printed } = act({
      start, url, token: 'demo-acme-outdoor-v1', select: 'media_buy_seller/clicks_buy_flow\nmedia_buy_seller/reach_buy_flow\n', args: '--seed\n7\n',
    });
    expect([failed, outputs['verdict'], outputs['exit-code']]).toEqual([false, 'conforms', '0']);
    expect(summary).toContain('## ✅ conforms');
    expect(printed['Grade the seller']).toContain('seed 7');
    for (const name of ['json', 'ndjson', 'junit', 'html', 'summary', 'log']) expect([name, existsSync(outputs[name]!)]).toEqual([name, true]);
    expect(running(mark)).toBe(false);
  }, 60_000);

  test('fails when the seller does, with annotations and the summary, and stops it all the same', async () => {
    const { start, url, mark } = await sandbox();
    const bundle = writeBundle({ 'compliance/universal/s.yaml': storyboardYaml('s', '      - { id: a, task: get_adcp_capabilities, validations: [{ check: field_present, path: wings, description: it flies }] }\n') });
    opened.push(() => bundle.remove());
    const { failed, outputs, summary, printed } = act({ start, url, token: 'demo-acme-outdoor-v1', bundle: bundle.folder });
    expect([failed, outputs['verdict'], outputs['exit-code']]).toEqual([true, 'fails', '1']);
    expect(summary).toContain('#### `s#main/a`');
    expect(printed['Grade the seller']).toMatch(/^::error title=field_present in s#main\/a::wings is missing/m);
    expect(running(mark)).toBe(false);
  }, 60_000);

  test('says why there is no seller to grade: a command that ends, or nothing that answers', async () => {
    const url = `http://127.0.0.1:${await freePort()}/mcp`;
    const ended = act({ start: 'echo "no such catalogue ::error::planted"; exit 9', url });
    expect([ended.failed, ended.outputs['verdict'], ended.summary]).toEqual([true, '', '']);
    expect(ended.printed['Wait for the seller']).toMatch(
      /^::stop-commands::(\w{16})\nno such catalogue ::error::planted\n::\1::\n::error title=No seller to grade::the command that starts it ended with 9\n$/
    );
    const silent = act({ start: 'sleep 30.125', url, 'wait-seconds': '1' });
    expect(silent.printed['Wait for the seller']).toContain('::error title=No seller to grade::nothing answered within 1 s');
    expect(running('sleep 30.125')).toBe(false);
  }, 30_000);

  test('passes words on as they are, and a judge that was used wrongly fails it without a verdict', async () => {
    const port = await freePort();
    const start = `node -e "require('node:http').createServer((_, response) => response.end()).listen(${port}, '127.0.0.1')"`;
    const proof = join(tmpdir(), `adwright-proof-${port}`);
    const { failed, outputs, printed, summary } = act({ start, url: `http://127.0.0.1:${port}/mcp`, args: `$(touch ${proof})\n`, select: `'; touch ${proof}; '` });
    expect([failed, outputs['exit-code'], outputs['verdict'], outputs['summary'], summary, existsSync(proof)]).toEqual([true, '2', '', '', '', false]);
    expect(printed['Grade the seller']).toContain('adwright: ');
  }, 30_000);

  test('is written as GitHub reads the metadata of an action', () => {
    const whole = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Record<string, object>;
    const only = (node: object, names: readonly string[]): void => expect(names).toEqual(expect.arrayContaining(Object.keys(node)));
    only(whole, ['name', 'author', 'description', 'inputs', 'outputs', 'runs', 'branding']);
    for (const input of Object.values(action.inputs)) {
      only(input, ['description', 'required', 'default', 'deprecationMessage']);
      expect([typeof (input.default ?? ''), input.required === true && input.default !== undefined]).toEqual(['string', false]);
    }
    for (const output of Object.values(action.outputs)) only(output, ['description', 'value']);
    only(action.runs, ['using', 'steps']);
    for (const step of action.runs.steps) {
      only(step, ['id', 'name', 'if', 'shell', 'env', 'run', 'working-directory', 'continue-on-error']);
      expect([step.name, step.shell]).toEqual([step.name, 'bash']);
    }
    for (const name of Object.keys({ ...action.inputs, ...action.outputs })) expect(name).toMatch(/^[A-Za-z_][\w-]*$/);
  });

  test('refers to inputs that it has, and to outputs of earlier steps that these write', () => {
    const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
    expect(new Set([...text.matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name!))).toEqual(new Set(Object.keys(action.inputs)));
    const ids = action.runs.steps.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const uses = (node: object): string[] => [...JSON.stringify(node).matchAll(/steps\.([\w-]+)\.outputs/g)].map(([, id]) => id!);
    for (const [at, step] of action.runs.steps.entries()) expect(action.runs.steps.slice(0, at).map(({ id }) => id)).toEqual(expect.arrayContaining(uses(step)));
    expect(ids).toEqual(expect.arrayContaining(uses(action.outputs)));
  });

  test('documents every input and output', () => {
    for (const [name, { description }] of Object.entries({ ...action.inputs, ...action.outputs })) expect([name, description.length > 20]).toEqual([name, true]);
    expect(action.runs.using).toBe('composite');
  });
});

test('the workflow of the examples gives the action only inputs that it has, and all that it needs', () => {
  const workflow = parse(readFileSync(join(ROOT, 'docs/examples/grade-seller.yml'), 'utf8')) as { jobs: { storyboards: { steps: { uses?: string; with?: object }[] } } };
  const given = Object.keys(workflow.jobs.storyboards.steps.find(({ uses }) => uses === './')!.with!);
  expect(Object.keys(action.inputs)).toEqual(expect.arrayContaining(given));
  expect(given).toEqual(expect.arrayContaining(Object.entries(action.inputs).filter(([, { required }]) => required).map(([name]) => name)));
});
