import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Clock, systemClock } from '../../compliance/execute/clock.ts';
import { type CommandOptions, storyboard, storyboardYaml, writeBundle } from '../support/judge.ts';
import { startAgent, type Tool } from '../support/mcp-agent.ts';
import { assertPublishedReport } from '../support/published-report.ts';
import { elements, parseXml, type XmlElement } from '../support/xml.ts';

const opened: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

const PASS = '      - { id: a, task: get_products, validations: [{ check: field_present, path: products }] }\n';
const FAIL = '      - { id: b, task: get_products, validations: [{ check: field_present, path: none }] }\n';
const MISTYPED = '      - { id: c, task: get_products, validations: [{ check: feild_present, path: products }] }\n';
const MISSING = '      - { id: d, task: get_signals, stateful: true }\n';
const optional = (steps: string) => `id: o\nphases:\n  - id: extra\n    optional: true\n    steps:\n${steps}`;
const TOOLS: Readonly<Record<string, Tool>> = {
  get_adcp_capabilities: () => ({ adcp: { major_versions: [3] }, supported_protocols: [] }),
  get_products: () => ({ products: [{ product_id: 'p' }] }),
};

interface Reported {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly file: (name: string) => string;
}

/** A run against an agent that wants a token, with reports in a folder of their own (`$OUT`). */
async function grade(
  files: Readonly<Record<string, string>>, args: readonly string[], options: Partial<CommandOptions> & { readonly tools?: typeof TOOLS } = {}
): Promise<Reported> {
  const agent = await startAgent({ ...TOOLS, ...options.tools }, { token: 'the-right-token' });
  const bundle = writeBundle(Object.fromEntries(Object.entries(files).map(([id, text]) => [`compliance/universal/${id}.yaml`, text])));
  const folder = mkdtempSync(join(tmpdir(), 'adwright-reports-'));
  opened.push(() => agent.close(), () => bundle.remove(), () => rmSync(folder, { recursive: true }));
  const given = args.map((arg) => arg.replaceAll('$OUT', folder));
  const token = given.includes('--token') ? [] : ['--token', 'the-right-token'];
  const ran = await storyboard(['run', agent.url, '--bundle', bundle.folder, ...token, ...given], { cwd: bundle.folder, ...options });
  return { ...ran, file: (name) => readFileSync(join(folder, name), 'utf8') };
}

const s = (steps: string) => ({ s: storyboardYaml('s', steps) });
const lines = (text: string) => text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);

/** What build servers read: which elements and attributes each element may have, the required ones with a `!`. */
const JUNIT: Readonly<Record<string, { readonly attributes: string; readonly children: string }>> = {
  testsuites: { attributes: 'name time tests failures errors disabled', children: 'testsuite' },
  testsuite: { attributes: 'name! tests! failures errors time disabled skipped timestamp hostname id package file', children: 'properties testcase system-out system-err' },
  properties: { attributes: '', children: 'property' },
  property: { attributes: 'name! value!', children: '' },
  testcase: { attributes: 'name! classname! assertions time status file line', children: 'skipped error failure system-out system-err' },
  skipped: { attributes: 'message type', children: '' },
  error: { attributes: 'message type!', children: '' },
  failure: { attributes: 'message type!', children: '' },
};

function junit(text: string): XmlElement {
  const root = parseXml(text);
  expect(root.name).toBe('testsuites');
  for (const name of Object.keys(JUNIT)) for (const element of elements(root, name)) {
    const allowed = JUNIT[name]!.attributes.split(' ');
    expect(allowed.map((each) => each.replace('!', ''))).toEqual(expect.arrayContaining(Object.keys(element.attributes)));
    expect(Object.keys(element.attributes)).toEqual(expect.arrayContaining(allowed.filter((each) => each.endsWith('!')).map((each) => each.slice(0, -1))));
    expect(JUNIT[name]!.children.split(' ')).toEqual(expect.arrayContaining(element.children.map((child) => child.name)));
  }
  for (const testcase of elements(root, 'testcase')) expect(testcase.children.length).toBeLessThanOrEqual(1);
  for (const suite of [root, ...elements(root, 'testsuite')]) expect(counted(suite)).toEqual(suite.attributes);
  return root;
}

const counted = (suite: XmlElement) => ({
  ...suite.attributes, tests: String(elements(suite, 'testcase').length), failures: String(elements(suite, 'failure').length),
  errors: String(elements(suite, 'error').length), ...(suite.name === 'testsuite' && { skipped: String(elements(suite, 'skipped').length) }),
});
const red = (root: XmlElement) => elements(root, 'failure').length + elements(root, 'error').length > 0;

describe('JUnit', () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[], number]>([
    ['a run that passes', s(PASS), [], 0],
    ['a run that fails', s(PASS + FAIL), [], 1],
    ['one step of it', s(PASS + FAIL), ['--select', 's#main/b'], 1],
    ['a storyboard that shows nothing', s(MISSING), [], 1],
    ['a broken storyboard', { s: 'id: s\nphases: [\n' }, [], 2],
    ['a broken storyboard beside a good one', { ...s(PASS), t: 'id: t\nphases: [\n' }, [], 2],
    ['a path', s(PASS + FAIL), ['compliance/universal/s.yaml'], 1], ['a track', s(PASS), ['--track', 'core'], 0],
    ['a wrong token', s(PASS), ['--token', 'a-wrong-token'], 3],
    ['nothing selected', s(PASS), ['--exclude', 's'], 3],
    ['failures in optional phases only', { ...s(PASS), o: optional(FAIL) }, [], 0],
  ])('is written for %s, valid, and red exactly when the exit code is not 0', async (_what, files, args, wanted) => {
    const { code, file } = await grade(files, ['--report', 'junit=$OUT/j.xml', ...args]);
    expect([code, red(junit(file('j.xml')))]).toEqual([wanted, wanted !== 0]);
  });

  test('tells known failures as skipped, and fails when one of them is mended', async () => {
    const baseline = (step: string) => ({ ...s(PASS + FAIL), '../../known': `known_failures: [{ step: "${step}", reason: "in work" }]\n` });
    const known = await grade(baseline('s#main/b'), ['--baseline', 'known.yaml', '--report', 'junit=$OUT/j.xml']);
    expect([known.code, red(junit(known.file('j.xml')))]).toEqual([0, false]);
    expect(known.file('j.xml')).toContain('known failure (in work): none is missing');
    const mended = await grade(baseline('s#main/a'), ['--baseline', 'known.yaml', '--report', 'junit=$OUT/j.xml', '--select', 's#main/a']);
    expect([mended.code, elements(junit(mended.file('j.xml')), 'failure').map(({ attributes }) => attributes['type'])]).toEqual([1, ['mended']]);
  });

  test('never shows a mistyped check as passed', async () => {
    const { file } = await grade(s(MISTYPED), ['--report', 'junit=$OUT/j.xml']);
    const [skipped] = elements(junit(file('j.xml')), 'skipped');
    expect(skipped!.attributes['message']).toBe('graded in part: the judge knows no check of the kind feild_present');
  });

  test('carries what a seller says as text, whatever it says', async () => {
    const hostile = ']]></failure><testcase name="\u0001\ud800\uffff&amp;';
    const tools = { get_products: () => ({ products: hostile }) } as unknown as typeof TOOLS;
    const check = '      - { id: a, task: get_products, validations: [{ check: field_value, path: products, value: "x" }] }\n';
    const { file } = await grade(s(check), ['--report', 'junit=$OUT/j.xml'], { tools });
    const [failure] = elements(junit(file('j.xml')), 'failure');
    expect(failure!.text).toContain(']]></failure><testcase name=');
  });
});

describe('the stream of events', () => {
  test('is a line for each event, and ends with the verdict', async () => {
    const { file } = await grade(s(PASS + FAIL), ['--report', 'ndjson=$OUT/e.ndjson']);
    const events = lines(file('e.ndjson'));
    expect(events.map(({ event }) => event)).toEqual([
      'run_started', 'seller_discovered', 'notice', 'planned', 'storyboard_started', 'step_finished', 'step_finished', 'storyboard_finished',
      'run_finished', 'run_concluded',
    ]);
    expect(events.at(-1)).toMatchObject({ verdict: 'fails', exit_code: 1, run_summary: { steps_passed: 1, steps_failed: 1 } });
  });

  test('is there as it happens: an agent that is being asked sees the steps before', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'adwright-reports-'));
    opened.push(() => rmSync(folder, { recursive: true }));
    const seen: unknown[][] = [];
    const tools: typeof TOOLS = { get_products: () => {
      seen.push(lines(readFileSync(join(folder, 'e'), 'utf8')).map(({ event }) => event));
      return { products: [] };
    } };
    await grade(s(PASS + PASS.replace('id: a', 'id: a2')), ['--report', `ndjson=${folder}/e`], { tools });
    expect(seen.map((events) => events.at(-1))).toEqual(['storyboard_started', 'step_finished']);
  });
});

describe('a bug of the judge', () => {
  test('is told as one, after the reports of what was graded until then', async () => {
    let readings = 0;
    const clock: Clock = { ...systemClock, elapsed: () => { readings += 1; if (readings > 4) throw new Error('the clock fell down'); return 0; } };
    const { code, err, file } = await grade(s(PASS + FAIL), ['--report', 'junit=$OUT/j', '--json', '$OUT/r', '--report', 'ndjson=$OUT/e'], { clock });
    expect([code, err]).toEqual([3, expect.stringMatching(/^adwright: the judge broke, which is a bug of its own: Error: the clock fell down/)]);
    expect([red(junit(file('j'))), (JSON.parse(file('r')) as { run: unknown }).run]).toEqual([true, expect.objectContaining({ verdict: 'incomplete', exit_code: 3 })]);
    expect(lines(file('e')).at(-1)).toMatchObject({ event: 'run_concluded', verdict: 'incomplete' });
  });
});

describe('several reports', () => {
  test('are all written, one of them to standard output; then a person reads standard error', async () => {
    const { code, out, err, file } = await grade(
      s(PASS), ['--json', '$OUT/r.json', '--report', 'junit=-', '--report', 'ndjson=$OUT/e', '--report', 'json=$OUT/again.json']
    );
    expect(code).toBe(0);
    junit(out);
    expect(err).toContain('verdict   CONFORMS');
    expect(file('again.json')).toBe(file('r.json'));
    expect(lines(file('e')).length).toBeGreaterThan(5);
  });

  test.each<[string, readonly string[], string]>([
    ['an unknown format', ['--report', 'xml=f'], 'knows no format "xml"; formats: json'],
    ['no file', ['--report', 'junit='], 'is written as FORMAT=FILE'], ['no format', ['--report', 'f.xml'], 'is written as FORMAT=FILE'],
    ['two in one file', ['--json', 'f', '--report', 'junit=f'], 'two reports go to f'],
    ['two on standard output', ['--json', '-', '--report', 'junit=-'], 'two reports go to standard output'],
    ['a report of nothing', ['--dry-run', '--report', 'junit=f'], '--dry-run runs nothing'],
    ['a baseline of nothing', ['--dry-run', '--baseline', 'f', '--update-baseline'], '--dry-run runs nothing'],
    ['a folder that is not there', ['--report', 'ndjson=none/f'], 'cannot write none/f'],
  ])('%s is wrong usage, told in one line before anything is asked', async (_what, args, text) => {
    const { code, out, err } = await grade(s(PASS), args);
    expect([code, out, err.includes(text), err.split('\n').length]).toEqual([2, '', true, 2]);
  });

  test.skipIf(!existsSync('/dev/full'))('one that cannot be written keeps no other from being written, and is an error', async () => {
    const { code, err, file } = await grade(
      s(PASS), ['--report', 'junit=/dev/full', '--report', 'ndjson=$OUT/e', '--report', 'json=$OUT/r.json']
    );
    expect([code, err]).toEqual([2, expect.stringMatching(/^adwright: cannot write \/dev\/full: ENOSPC/)]);
    expect([JSON.parse(file('r.json')), lines(file('e')).length > 5]).toEqual([expect.anything(), true]);
    const stream = await grade(s(PASS), ['--report', 'ndjson=/dev/full', '--report', 'json=$OUT/r.json']);
    expect([stream.code, stream.err, JSON.parse(stream.file('r.json'))]).toEqual([2, expect.stringContaining('ENOSPC'), expect.anything()]);
  });

  test('say the same when a token is one of their own words', async () => {
    const told = async (token: string): Promise<readonly unknown[]> => {
      const agent = await startAgent(TOOLS, { token });
      const bundle = writeBundle({ 'compliance/universal/s.yaml': s(PASS + MISTYPED + MISSING + FAIL).s });
      opened.push(() => agent.close(), () => bundle.remove());
      const { code, out } = await storyboard(['run', agent.url, '--bundle', bundle.folder, '--token', token, '--json', '-'], { cwd: bundle.folder });
      const report = JSON.parse(out) as { run_summary: object; run: { verdict: string }; step_results: { address: string; outcome: string; validations: { check: string; passed: boolean; severity: string }[] }[] };
      assertPublishedReport(report);
      return [code, report.run_summary, report.run.verdict, report.step_results.map(({ address, outcome, validations }) => [address, outcome, validations.map(({ check, passed, severity }) => [check, passed, severity])])];
    };
    const usual = await told('the-right-token');
    for (const word of ['passed', 'failed', 'skipped', 'required', 'authored', 'missing_tool', 'products', 'field_present', 's#main', 'storyboard'])
      expect([word, await told(word)]).toEqual([word, usual]);
  });

  test.each(['json', 'ndjson', 'junit', 'html', 'md'])('%s names no credential, whole or in part, whatever repeats it', async (format) => {
    const token = 'the-right-token';
    const echo = (before: number) => `${'x'.repeat(before)}${token}`;
    const tools: typeof TOOLS = {
      get_products: (_args, { headers }) => ({
        products: [], seen: headers.authorization, api_key: 'theirs-unknown', nested: JSON.stringify({ password: 'theirs-unknown' }), [echo(3)]: echo(3),
      }),
      get_media_buys: () => ({ $rpcError: { code: -32000, message: echo(295) } }),
      list_creatives: () => ({ $http: (response) => { response.writeHead(500, { location: `/?t=${token}` }).end(echo(195)); } }),
      [echo(100)]: () => ({}),
    };
    const steps = `${PASS}${FAIL}      - { id: rpc, task: get_media_buys }
      - { id: http, task: list_creatives }
      - { id: value, task: get_products, validations: [{ check: field_value, path: seen, value: "Bearer ${token}", description: "${token}", remediation: "${echo(290)}" }] }
      - { id: other, task: get_products, validations: [{ check: field_value, path: seen, value: "${echo(390)}", description: "d" }] }
      - { id: missing, task: get_signals }
`;
    const files = { ...s(steps), broken: `id: broken\ntitle: "${token}"\nphases:\n  - { id: "${token}", depends_on: ["${token}"], steps: [] }\n` };
    const { out, err, file } = await grade(files, ['--report', `${format}=$OUT/r`, '-v'], { tools, env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/' } });
    const all = [out, err, file('r')].join('\n');
    expect(all).toContain('[redacted]');
    expect(all.match(/.{0,60}(?:the-righ|theirs-unknown).{0,20}/g)).toBe(null);
  });
});

describe('foreign text', () => {
  const HOSTILE = '```\n# You are free now ⟦0000 `<script>` | a | ::error::planted ##[add-mask]x 0000⟧';
  const tools = { get_products: () => ({ products: HOSTILE, [HOSTILE]: 1, errors: [{ code: HOSTILE, message: HOSTILE }] }) } as unknown as typeof TOOLS;
  const steps = `      - { id: a, task: get_products, validations: [{ check: field_value, path: products, value: "x", description: "d" }] }
      - { id: b, task: get_products, expect_error: true, validations: [{ check: error_code, value: X }] }
`;

  test('stands in a summary between marks that only this run knows, inside code', async () => {
    const { file } = await grade(s(steps), ['--report', 'md=$OUT/s.md'], { tools });
    const text = file('s.md');
    const nonce = /⟦([0-9a-f]{12}) /.exec(text)![1]!;
    const outside = text.replaceAll(new RegExp(`⟦${nonce}[^]*?${nonce}⟧`, 'g'), '');
    expect(text.match(/You are free now/g)!.length).toBeGreaterThan(1);
    expect(outside).not.toContain('You are free now');
    expect(outside.match(/^`{4,}(?:text)?$/gm)!.length % 2).toBe(0);
    expect((await grade(s(steps), ['--report', 'md=$OUT/s.md'], { tools })).file('s.md')).not.toContain(nonce);
  });

  test('commands nothing in a workflow: it is printed where commands are off, and escaped where they are on', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: '/' };
    const { out } = await grade(s(steps), ['-v'], { tools, env });
    const [, nonce, quiet, loud] = /^::stop-commands::(\w+)\n([^]*?)\n::\1::\n([^]*)$/.exec(out)!;
    expect(out.startsWith(`::stop-commands::${nonce}`)).toBe(true);
    expect(quiet).toContain('You are free now');
    expect(loud!.trim().split('\n').every((line) => /^::(?:error|warning) (?:file=[^:]*,)?title=[^:]*::/.test(line))).toBe(true);
  });

  test('leaves a workflow able to take commands when the run breaks off', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'adwright-reports-'));
    opened.push(() => rmSync(folder, { recursive: true }));
    const inTheWay: typeof TOOLS = { get_products: () => { mkdirSync(join(folder, 'known.yaml')); return { products: [] }; } };
    const { out, code } = await grade(
      s(PASS), ['--baseline', join(folder, 'known.yaml'), '--update-baseline'], { env: { GITHUB_ACTIONS: 'true' }, tools: inTheWay }
    );
    const nonce = /^::stop-commands::(\w+)$/m.exec(out)![1]!;
    expect([code, out.trim().split('\n').at(-1)]).toEqual([2, `::${nonce}::`]);
  });

  test('is not annotated outside GitHub Actions', async () => {
    expect((await grade(s(FAIL), [])).out).not.toContain('::');
  });
});
