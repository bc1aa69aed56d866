/** Which part of a bundle runs: flags, paths and addresses, and what `--dry-run` says of it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { storyboard, type TestBundle, writeBundle } from '../support/judge.ts';
import { startAgent, type TestAgent } from '../support/mcp-agent.ts';

const yaml = (id: string, steps: string, head = '') => `id: ${id}\n${head}phases:\n  - id: main\n    steps:\n${steps}`;
const step = '      - { id: a, task: get_products, validations: [{ check: field_present, path: products }] }\n';
let agent: TestAgent;
let bundle: TestBundle;
let asked: string[];

beforeEach(async () => {
  asked = [];
  agent = await startAgent({
    get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: ['media_buy'], specialisms: ['x'] }),
    get_products: () => {
      asked.push('get_products');
      return { products: [{ product_id: 'p' }] };
    },
  });
  bundle = writeBundle({
    'compliance/universal/u.yaml': yaml('u', step, 'track: core\n'),
    'compliance/protocols/media-buy/index.yaml': yaml('mb', step, 'track: media_buy\nrequires_scenarios:\n  - mb/s\n  - mb/gone\n'),
    'compliance/protocols/media-buy/scenarios/s.yaml': yaml('mb/s', step, 'track: media_buy\n'),
    'compliance/protocols/signals/index.yaml': yaml('sig', step, 'track: signals\n'),
    'compliance/specialisms/x/index.yaml': yaml('x', step, 'track: media_buy\nprotocol: media-buy\nrequired_tools: [sync_x]\n'),
    'compliance/specialisms/y/index.yaml': yaml('y', step, 'track: media_buy\nrequires_scenarios:\n  - mb/s\n'),
    'mine/own.yaml': yaml('own', step), 'mine/other.yml': yaml('other', step), 'mine/notes.txt': '',
  });
});
afterEach(async () => {
  await agent.close();
  bundle.remove();
});

const inBundle = (...args: string[]) => storyboard(['run', agent.url, '--bundle', bundle.folder, ...args], { cwd: bundle.folder });
/** The ids that would run, those that would be skipped with a minus before them. */
async function planned(...args: string[]): Promise<string> {
  const { out, err } = await storyboard(['run', agent.url, ...args, '--dry-run'], { cwd: bundle.folder });
  return [...out.matchAll(/^([>-]) (\S+)/gm)].map(([, sign, id]) => `${sign === '-' ? '-' : ''}${id}`).join(' ') || err;
}
const of = (...args: string[]) => planned('--bundle', bundle.folder, ...args);

describe('what is chosen', () => {
  test('without flags, what the seller claims', async () => expect(await of()).toBe('u mb mb/s -x -mb/gone'));

  test('--track keeps one track of it', async () => {
    expect(await of('--track', 'core')).toBe('u');
    expect(await of('--track', 'core', '--track', 'media_buy')).toBe('u mb mb/s -x -mb/gone');
  });

  test('--specialism takes its storyboards and their scenarios, claimed or not', async () => expect(await of('--specialism', 'y')).toBe('mb/s y'));

  test('--select takes just what it names; --exclude leaves it out of anything', async () => {
    expect(await of('--select', 'mb*', '--exclude', 'mb/s')).toBe('mb');
  });

  test('a file or a folder of the bundle takes the storyboards in it', async () => {
    expect(await of('compliance/protocols/media-buy')).toBe('mb mb/s');
    expect(await of('compliance/universal/u.yaml', 'compliance/protocols/signals')).toBe('u sig');
  });

  test('--select chooses among the files that are named', async () => {
    expect(await of('compliance/protocols', '--select', 'sig')).toBe('sig');
  });

  test('without --bundle, paths bring the bundle that they lie in', async () => {
    expect(await planned('compliance/protocols/signals/index.yaml')).toBe('sig');
    expect(await planned('.')).toBe('u mb mb/s sig -x y');
  });

  test('files outside of a bundle are joined to it', async () => {
    expect(await of('mine/own.yaml')).toBe('own');
    expect(await of('mine', 'compliance/universal')).toBe('other own u');
    expect(await planned('mine/own.yaml')).toBe('own');
  });
});

test.for([
  [['--track', 'cores'], '--track "cores" is not in the bundle; it has core, media_buy, signals'],
  [['--specialism', 'z'], '--specialism "z" is not in the bundle; it has x, y'], [['nowhere'], 'nowhere does not exist'],
  [['mine/notes.txt'], 'mine/notes.txt holds no storyboards'], [['--select', 'u', 'compliance/protocols', '--exclude', 'none'], '--exclude "none" matches nothing'],
] as const)('%s is wrong usage', async ([args, reason]) => {
  expect(await inBundle(...args)).toMatchObject({ code: 2, err: expect.stringContaining(reason) });
});

test('a file outside of the bundle takes the place of the storyboard with its id', async () => {
  writeFileSync(join(bundle.folder, 'mine/u.yaml'), yaml('u', `${step}${step.replace('id: a', 'id: b')}`));
  const { code, out } = await inBundle('mine/u.yaml');
  expect([code, out]).toEqual([0, expect.stringMatching(/^✓ u +2 passed/m)]);
});

describe('--dry-run', () => {
  test('says why each storyboard would run or not, and sends no step', async () => {
    const { code, out } = await inBundle('--dry-run');
    expect(code).toBe(0);
    expect(out).toMatch(/^> u +1 step, universal$/m);
    expect(out).toMatch(/^> mb\/s +1 step, protocol media-buy is claimed$/m);
    expect(out).toMatch(/^- x +missing_tool: needs sync_x; the seller lists get_adcp_capabilities, get_products$/m);
    expect(out).toMatch(/^- mb\/gone +not_applicable: .*$/m);
    expect(out).toMatch(/^ {2}sig +profile_excluded: the seller does not claim the protocol signals$/m);
    expect(out).toMatch(/plan +3 storyboards with 3 steps would run, 2 skipped, 2 left out\n$/);
    expect(asked).toEqual([]);
  });

  test('exits with 2 when something planned is broken, and shows what', async () => {
    writeFileSync(join(bundle.folder, 'compliance/universal/broken.yaml'), 'id: broken\nphases: [\n');
    expect(await inBundle('--dry-run')).toMatchObject({ code: 2, out: expect.stringContaining('universal/broken.yaml:') });
  });

  test('exits with 3 when nothing would run, and when the seller is not there', async () => {
    expect(await inBundle('--dry-run', '--select', 'u', '--exclude', 'u')).toMatchObject({ code: 3 });
    await agent.close();
    expect(await inBundle('--dry-run')).toMatchObject({ code: 3, out: expect.stringContaining('could not be reached') });
  });
});

test('a failure in a file that was named is repeated with its path', async () => {
  writeFileSync(join(bundle.folder, 'mine/bad.yaml'), yaml('bad', step.replace('path: products', 'path: none')));
  const { code, out } = await inBundle('mine/bad.yaml');
  expect(code).toBe(1);
  expect(out).toContain(`adwright storyboard run ${agent.url} mine/bad.yaml --bundle ${bundle.folder} --select bad#main/a`);
  expect(await inBundle('mine/bad.yaml', '--select', 'bad#main/a')).toMatchObject({ code: 1 });
});
