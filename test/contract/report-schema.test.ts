import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { storyboard, storyboardYaml, writeBundle } from '../support/judge.ts';
import { startAgent, type Tool } from '../support/mcp-agent.ts';
import { hasOfficial } from '../support/official-schemas.ts';
import { holdsEvent, holdsReport, reportSchema } from '../support/published-report.ts';

const ROOT = join(import.meta.dirname, '..', '..');

const opened: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

type Json = Record<string, unknown>;
interface Written {
  readonly code: number;
  readonly report: Json;
  readonly events: readonly Json[];
}

const TOOLS: Readonly<Record<string, Tool>> = {
  get_adcp_capabilities: () => ({ adcp: { major_versions: [3] }, supported_protocols: [], request_signing: { supported: true }, specialisms: ['signed-requests'] }),
  get_products: () => ({ products: [{ product_id: 'p' }], token: 'theirs' }),
  create_media_buy: () => ({ errors: [{ code: 'INVALID_REQUEST', message: 'no' }] }),
  get_media_buys: () => ({ $http: (response) => { response.writeHead(500).end('<html>'); } }),
  list_creatives: () => ({ $rpcError: { code: -32000, message: 'no' } }),
};
const STEPS = `      - id: products
        task: get_products
        context_outputs: [{ name: id, path: "products[0].product_id" }, { name: nothing, path: nothing }]
        validations:
          - { check: response_schema, description: "s" }
          - { check: field_value, path: products, value: [], description: "none", remediation: "sell nothing", id: none }
          - { check: field_present, path: x, description: "advisory", severity: advisory, expires_after_version: "99.0.0" }
          - { check: feild_present, path: x, description: "mistyped" }
      - { id: buy, task: create_media_buy, stateful: true, sample_request: { id: "$context.nothing" } }
      - { id: buy_more, task: create_media_buy, stateful: true, sample_request: {} }
      - { id: never, task: get_products, sample_request: { id: "$context.nobody" } }
      - { id: buys, task: get_media_buys }
      - { id: creatives, task: list_creatives, expect_error: true, validations: [{ check: error_code, value: X, description: "x" }] }
      - { id: missing, task: get_signals }
`;
const FILES = {
  'compliance/universal/s.yaml': storyboardYaml('s', STEPS),
  'compliance/universal/good.yaml': storyboardYaml('good', '      - { id: a, task: get_products, strange: 1, validations: [{ check: field_present, path: products, description: d }] }\n'),
  'compliance/universal/gated.yaml': storyboardYaml('gated', '      - { id: a, task: get_products }\n', 'required_tools: [get_signals]\n'),
  'compliance/universal/optional.yaml': 'id: o\nversion: "1.0.0"\ntitle: t\nphases:\n  - id: extra\n    optional: true\n    steps:\n      - { id: a, task: get_media_buys }\n',
  'compliance/universal/unproven.yaml': storyboardYaml('unproven', '      - { id: a, task: sync_plans, stateful: true, sample_request: {} }\n'),
  'schemas/media-buy/get-products-response.json': JSON.stringify({ type: 'object', required: ['errors'] }),
};
const GOOD = { 'compliance/universal/good.yaml': FILES['compliance/universal/good.yaml'] };
const BROKEN = { 'compliance/universal/broken.yaml': 'id: broken\nphases: [\n' };

async function write(files: Readonly<Record<string, string>>, args: readonly string[] = [], tools: Readonly<Record<string, Tool>> = TOOLS): Promise<Written> {
  const [agent, bundle, folder] = [await startAgent(tools, { token: 'the-right-token' }), writeBundle(files), mkdtempSync(join(tmpdir(), 'adwright-schema-'))];
  opened.push(() => agent.close(), () => bundle.remove(), () => rmSync(folder, { recursive: true }));
  const { code, err } = await storyboard(
    ['run', agent.url, '--bundle', bundle.folder, '--token', 'the-right-token', ...args, '--json', `${folder}/r`, '--report', `ndjson=${folder}/e`], { cwd: bundle.folder }
  );
  if (err !== '') throw new Error(err);
  return {
    code, report: JSON.parse(readFileSync(`${folder}/r`, 'utf8')) as Json,
    events: readFileSync(`${folder}/e`, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as Json),
  };
}

const hang: Tool = () => ({ $http: () => undefined });

describe('the published schema of a report, and that of an event', () => {
  test.each<[string, number, Readonly<Record<string, string>>, readonly string[], Readonly<Record<string, Tool>>?]>([
    ['passes', 0, GOOD, []], ['fails in every way', 1, FILES, []], ['has a broken storyboard', 2, { ...GOOD, ...BROKEN }, []],
    ['is compared with a baseline', 1, { ...FILES, 'known.yaml': '- s#main/buys\n- good#main/a\n- gone\n' }, ['--baseline', 'known.yaml']],
    ['is refused', 3, GOOD, ['--token', 'wrong-token']], ['selects nothing', 3, GOOD, ['--exclude', 'good']],
    ['does not end in time', 3, FILES, ['--deadline', '0.4'], { ...TOOLS, get_media_buys: hang }],
    ['runs one step', 1, FILES, ['--select', 's#main/buys']], ['follows the official runner', 1, FILES, ['--compat', 'official']],
  ])('hold for a run that %s', async (_what, wanted, files, args, tools) => {
    const { code, report, events } = await write(files, args, tools);
    expect(code).toBe(wanted);
    expect([holdsReport(report), holdsReport.errors]).toEqual([true, null]);
    for (const event of events) expect([holdsEvent(event), event, holdsEvent.errors]).toEqual([true, event, null]);
  });

  test('hold for a seller that is not there', async () => {
    const [bundle, gone] = [writeBundle(GOOD), await startAgent({})];
    await gone.close();
    opened.push(() => bundle.remove());
    const { out, code } = await storyboard(['run', gone.url, '--bundle', bundle.folder, '--json', '-'], { cwd: bundle.folder });
    expect([code, holdsReport(JSON.parse(out)), holdsReport.errors]).toEqual([3, true, null]);
  });

  test('refuse a report that lacks anything that they ask for, or has anything that they do not know', async () => {
    const { report } = await write(FILES);
    const accepted = mutants(report).filter(({ mutant }) => holdsReport(mutant)).map(({ what }) => what);
    // What may be there or not.
    expect(accepted.filter((what) => !OPTIONAL.test(what))).toEqual([]);
    expect(mutants(report).length).toBeGreaterThan(500);
  }, 60_000);
});

const OPTIONAL = new RegExp([
  'without /(baseline|run/(seller_url|asked|bundle|transport|request_policy|seed|seller/mcp_version|discovery_failed|refused))$',
  'without /run_summary/(tracks|skipped_by_reason|not_selected_by_reason)/', 'without /run_summary/notices/\\d+/(effective_version|capability_path)$',
  'without /step_results/\\d+/(skip/cause|error_code|likely_fault|request|response|request/url|extraction/note|response/(status|headers|duration_ms))$',
  '/step_results/\\d+/validations/\\d+/(id|remediation|observations|severity_promoted_from_advisory)$',
  'without /broken_storyboards/\\d+/storyboard_id$',
].join('|'));

/** The report with one member less, or one more, at every place that the schema describes. */
function mutants(report: Json): readonly { readonly what: string; readonly mutant: Json }[] {
  const found: { what: string; mutant: Json }[] = [];
  const visit = (node: unknown, path: readonly (string | number)[]): void => {
    const last = path.at(-1);
    if (typeof node !== 'object' || node === null || FREE.has(String(last))) return;
    if (Array.isArray(node)) return node.slice(0, 12).forEach((each, i) => visit(each, [...path, i]));
    for (const key of Object.keys(node)) found.push({ what: `without /${[...path, key].join('/')}`, mutant: changed(report, path, (at) => { delete at[key]; }) });
    if (!COUNTING.has(String(last))) found.push({ what: `with another member in /${path.join('/')}`, mutant: changed(report, path, (at) => { at['another'] = {}; }) });
    for (const [key, value] of Object.entries(node)) visit(value, [...path, key]);
  };
  visit(report, []);
  return found;
}

/** Whatever came and went. */
const FREE = new Set(['payload', 'expected', 'actual', 'headers', 'request', 'response']);
const COUNTING = new Set(['tracks', 'skipped_by_reason', 'not_selected_by_reason']);

function changed(report: Json, path: readonly (string | number)[], change: (at: Json) => void): Json {
  const copy = structuredClone(report);
  change(path.reduce<unknown>((at, key) => (at as Json)[key], copy) as Json);
  return copy;
}

describe.runIf(hasOfficial('that a report has what the contract of runners asks for'))('beside the contract of runners', () => {
  const contract = parse(readFileSync(join(ROOT, '../shared/adcp/3.1.19/compliance/universal/runner-output-contract.yaml'), 'utf8')) as Record<string, { required_fields: string[]; optional_fields?: string[]; required_on_failure?: string[]; reasons?: object }>;
  const { definitions } = reportSchema('run-report') as { definitions: Record<string, { required: string[]; properties: Record<string, { enum?: string[] }>; enum?: string[]; then?: { required: string[] } }> };

  test.each(['step_result', 'validation_result', 'request', 'response', 'notice', 'run_summary'])('%s requires what it requires, under its names', (name) => {
    const { required_fields: required, optional_fields: optional = [] } = contract[name]!;
    expect(definitions[name]!.required).toEqual(expect.arrayContaining(required));
    expect(Object.keys(definitions[name]!.properties)).toEqual(expect.arrayContaining([...required, ...optional]));
  });

  test('failed checks, skips and selections speak its words', () => {
    expect(definitions['validation_result']!.then!.required).toEqual(expect.arrayContaining(contract['validation_result']!.required_on_failure!));
    expect([...definitions['skip_reason']!.enum!].sort()).toEqual(Object.keys(contract['skip_result']!.reasons!).filter((name) => name !== 'description').sort());
    expect([...definitions['not_selected']!.properties['reason']!.enum!].sort()).toEqual(Object.keys(contract['selection_result']!.reasons!).sort());
  });
});
