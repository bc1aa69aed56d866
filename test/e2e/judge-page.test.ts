import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumCommand, openPage, type Page } from '../support/chromium.ts';
import { storyboard, storyboardYaml, writeBundle } from '../support/judge.ts';
import { startAgent } from '../support/mcp-agent.ts';

const HOSTILE = '</pre></script><script>window.planted = 1</script><img src=http://127.0.0.1:9/x onerror="window.planted = 2"><style>*{display:none}</style>" onclick="x';
const YAML_HOSTILE = HOSTILE.replaceAll('"', '\\"');
const FILES = {
  'compliance/universal/good.yaml': storyboardYaml('good', '      - { id: a, task: get_products, title: "Find shoes", validations: [{ check: field_present, path: products, description: d }] }\n'),
  'compliance/universal/bad.yaml': storyboardYaml('bad', `      - id: wrong
        task: get_products
        title: "${YAML_HOSTILE}"
        validations: [{ check: field_value, path: products, value: "${YAML_HOSTILE}", description: "${YAML_HOSTILE}", remediation: "${YAML_HOSTILE}" }]
      - { id: silent, task: get_signals }
      - { id: fine, task: get_products }
`),
  'compliance/universal/hostile.yaml': storyboardYaml(HOSTILE, '      - { id: a, task: nowhere, requires_tool: nowhere }\n').replace(`id: ${HOSTILE}`, `id: "${YAML_HOSTILE}"`).replace(`title: "Test ${HOSTILE}"`, `title: "${YAML_HOSTILE}"`),
  'compliance/universal/mistyped.yaml': storyboardYaml('mistyped', '      - { id: a, task: get_products, validations: [{ check: feild_present, path: products }] }\n'),
};

let folder: string;
let html: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adwright-page-'));
  const bundle = writeBundle(FILES);
  const agent = await startAgent({
    get_adcp_capabilities: () => ({ adcp: { major_versions: [3] }, supported_protocols: [] }),
    get_products: () => ({ products: `${HOSTILE}!`, [HOSTILE]: HOSTILE }), get_signals: () => ({ $rpcError: { code: -32000, message: HOSTILE } }),
  });
  const { code, err } = await storyboard(['run', agent.url, '--bundle', bundle.folder, '--report', `html=${folder}/r.html`], { cwd: bundle.folder });
  if (code !== 1) throw new Error(`exit code ${code}: ${err}`);
  html = readFileSync(join(folder, 'r.html'), 'utf8');
  bundle.remove();
  await agent.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TAGS = 'a b bdi body button code dd details div dl dt footer h1 h2 head header html input main meta p pre script section small span style summary table tbody td th thead title tr'.split(' ');
const ATTRIBUTES = 'aria-hidden aria-label aria-pressed charset class content data-verdict hidden href http-equiv id lang name open placeholder role title type'.split(' ');
/** The document without the two places that hold our own style and script. */
const bare = () => html.replace(/<style>[^]*?<\/style>/, '').replace(/<script>[^]*<\/script>\n<\/body>/, '</body>');

describe('the page as text', () => {
  test('has one style, one script, and tags of ours only: whatever else was said is text', () => {
    expect([html.match(/<style>/g)!.length, html.match(/<script>/g)!.length]).toEqual([1, 1]);
    const tags = [...bare().replace('<!doctype html>', '').matchAll(/<\/?([a-z0-9]*)((?:\s+[a-z-]+(?:="[^"<>]*")?)*)\s*(.?)/g)];
    expect(tags.filter(([, , , end]) => end !== '>')).toEqual([]);
    expect([...new Set(tags.map(([, name]) => name))].filter((name) => !TAGS.includes(name!))).toEqual([]);
    const names = tags.flatMap(([, , attributes]) => [...attributes!.matchAll(/\s([a-z-]+)(?:="[^"]*")?/g)].map(([, name]) => name!));
    expect([...new Set(names)].filter((name) => !ATTRIBUTES.includes(name))).toEqual([]);
    expect(bare()).toContain('&lt;script&gt;window.planted');
  });

  test('may load and run nothing but what it brings', () => {
    expect(html).toMatch(/<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'">/);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  test('marks foreign text for whoever reads the file: nothing hostile stands outside the marks', () => {
    const nonce = /⟦([0-9a-f]{12})/.exec(html)![1]!;
    expect(bare().replaceAll(new RegExp(`⟦${nonce}[^]*?${nonce}⟧`, 'g'), '')).not.toContain('planted');
  });

  test('shows a mistyped check as passed in part', () => {
    expect(html).toMatch(/<span class="sign in-part" role="img" aria-label="passed in part" title="passed in part">\?<\/span><span class="id">mistyped/);
  });
});

const command = chromiumCommand('how a report works in a browser');
describe.runIf(command !== undefined)('the page in a browser', () => {
  let page: Page;
  beforeAll(async () => { page = await openPage(command!, pathToFileURL(join(folder, 'r.html')).href); });
  afterAll(() => page.close());
  const shown = () => page.evaluate<string[]>('[...document.querySelectorAll("details.storyboard:not([hidden])")].map((each) => each.querySelector(".id").textContent)');
  const steps = () => page.evaluate<string[]>('[...document.querySelectorAll("details.storyboard:not([hidden]) details.step:not([hidden])")].map((each) => each.querySelector(".id").textContent)');
  const click = (verdict: string) => page.evaluate(`document.querySelector('button[data-verdict="${verdict}"]').click()`);
  const type = (text: string) => page.evaluate(`(() => { const s = document.querySelector("#search"); s.value = ${JSON.stringify(text)}; s.dispatchEvent(new Event("input")); })()`);

  test('runs nothing foreign, asks for nothing, and breaks no rule of its own', async () => {
    expect(await page.evaluate('[window.planted === undefined, document.images.length, document.scripts.length]')).toEqual([true, 0, 1]);
    expect(page.requests).toEqual([pathToFileURL(join(folder, 'r.html')).href]);
    expect(page.complaints).toEqual([]);
  });

  test('filters by verdict', async () => {
    expect(await shown()).toHaveLength(4);
    await click('failed');
    expect([await shown(), await steps()]).toEqual([['bad'], ['main/wrong', 'main/silent']]);
    await click('');
    expect(await shown()).toHaveLength(4);
  });

  test('searches ids, tasks and titles, every word of them', async () => {
    await type('GOOD shoes');
    expect([await shown(), await page.evaluate('document.querySelector("#told").textContent')]).toEqual([['good'], '1 of 4 storyboards']);
    await type('no such word');
    expect([await shown(), await page.evaluate('[...document.querySelectorAll("section.track")].every((each) => each.hidden)')]).toEqual([[], true]);
    await type('');
  });

  test('is used with the keyboard alone', async () => {
    await page.press('n');
    const focused = () => page.evaluate<string>('document.activeElement.textContent.split("\\n")[0]');
    expect(await focused()).toBe('✗main/wrong');
    await page.press('n');
    expect(await focused()).toBe('✗main/silent');
    await page.press('n');
    expect(await focused()).toBe('✗main/wrong');
    await page.press('p');
    expect(await focused()).toBe('✗main/silent');
    const open = () => page.evaluate<boolean>('document.activeElement.parentElement.open');
    expect(await open()).toBe(true);
    await page.press('Enter');
    expect(await open()).toBe(false);
    await page.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    await page.press('n');
    expect(await page.evaluate('document.activeElement.value')).toBe('n');
    await type('');
    await page.press('Escape');
  });

  test('leads from the list of failures to the step, which opens', async () => {
    await page.evaluate('document.querySelectorAll("details").forEach((each) => { each.open = false; }); document.querySelector("a[href*=silent]").click()');
    await expect.poll(() => page.evaluate<string>('location.hash')).toBe('#at%3Abad%23main%2Fsilent');
    await expect.poll(() => page.evaluate('[...document.querySelectorAll("details[open]")].map((each) => each.id)')).toEqual(['at:bad', 'at:bad#main/silent']);
  });

  test('is light or dark as the reader wants it', async () => {
    const background = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await page.prefer('light');
    const light = await background();
    await page.prefer('dark');
    expect([light, await background()]).toEqual(['rgb(251, 251, 249)', 'rgb(21, 23, 26)']);
  });
});
