import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOAD_RULES } from '../../compliance/cli/bundle-option.ts';
import { type Bundle, type BundleFolders, openBundle } from '../../compliance/load/bundle.ts';
import { startAgent } from '../support/mcp-agent.ts';
import { storyboard } from '../support/judge.ts';
import { assertPublishedReport } from '../support/published-report.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RELEASE = join(ROOT, '..', 'shared', 'adcp', '3.1.19');
const SDK = join(ROOT, 'node_modules', '@adcp', 'sdk');
const BUNDLES: readonly { readonly name: string; readonly folders: BundleFolders }[] = [
  { name: 'the release 3.1.19', folders: { compliance: join(RELEASE, 'compliance'), schemas: join(RELEASE, 'schemas') } },
  {
    name: 'AdCP 3.0.6 of the package @adcp/sdk',
    folders: { compliance: join(SDK, 'compliance', 'cache', '3.0.6'), schemas: join(SDK, 'dist', 'lib', 'schemas-data', '3.0') },
  },
];
const present = BUNDLES.filter(({ folders }) => existsSync(folders.compliance));

function open(folders: BundleFolders): Bundle {
  const opened = openBundle(folders, { cwd: ROOT, rules: LOAD_RULES });
  if (opened.kind === 'refused') throw new Error(opened.problem);
  return opened.bundle;
}

for (const { name, folders } of BUNDLES)
  if (!existsSync(folders.compliance)) console.warn(`LEFT OUT: loading ${name}: ${folders.compliance} is not there`);

test('the bundles that the judge is proven on are there where it matters', () => {
  expect(process.env['CI'] === undefined || present.length === BUNDLES.length, 'CI has every bundle').toBe(true);
});

describe.each(present)('$name', ({ folders }) => {
  const bundle = open(folders);

  test('every file is loaded, or its absence reported; none is dropped', () => {
    const files = globSync('{universal,protocols,specialisms}/**/*.yaml', { cwd: folders.compliance });
    expect(bundle.files.map(({ path }) => path).sort()).toEqual(files.sort());
    const kinds = bundle.files.map(({ reading }) => reading.kind);
    expect(kinds.filter((kind) => kind === 'broken')).toEqual([]);
    expect(bundle.files.filter(({ reading }) => reading.kind === 'ignored').map(({ path }) => path)).toEqual([
      'universal/fictional-entities.yaml', 'universal/runner-output-contract.yaml', 'universal/storyboard-schema.yaml',
    ]);
    expect(kinds.filter((kind) => kind === 'storyboard').length).toBe(files.length - 3);
    expect([...bundle.kits.values()].filter(({ kind }) => kind === 'broken')).toEqual([]);
  });

  test('every kind of check in it is one that the judge grades', () => {
    const warnings = bundle.files.flatMap(({ reading }) => (reading.kind === 'storyboard' ? reading.warnings : []));
    expect(warnings.filter(({ code }) => code === 'unknown_check')).toEqual([]);
  });

  test('every response schema that a check could need compiles', () => {
    const tasks = new Set(bundle.files.flatMap(({ reading }) => (reading.kind === 'storyboard' ? reading.storyboard.phases.flatMap(({ steps }) => steps) : []))
      .filter(
        ({ validations }) => validations.some(({ check }) => check === 'response_schema')
      ).map(({ task }) => task).filter((task) => !task.startsWith('$')));
    const refs = [...tasks].flatMap((task) => bundle.schemas!.refOf(task, 'response') ?? []);
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of refs) expect(() => bundle.schemas!.validate(ref, {}, { openRoot: true })).not.toThrow();
  }, 60_000);
});

test.skipIf(
  !existsSync(RELEASE)
)('a seller that claims everything of 3.1.19 and can do nothing is graded to the end, every planned step and every absent file accounted for',
async () => {
  const bundle = open(BUNDLES[0]!.folders);
  const protocols = ['brand', 'creative', 'governance', 'media_buy', 'signals', 'sponsored_intelligence'];
  const tools = [
    'get_products', 'create_media_buy', 'update_media_buy', 'get_media_buys', 'get_media_buy_delivery', 'sync_accounts', 'list_accounts',
    'sync_creatives', 'list_creatives', 'get_signals', 'activate_signal', 'build_creative', 'comply_test_controller',
  ];
  const refuse = () => ({ status: 'failed', errors: [{ code: 'UNSUPPORTED_FEATURE', message: 'no' }] });
  const claims = { supported_protocols: protocols, specialisms: bundle.index.specialisms!.map(({ id }) => id) };
  const agent = await startAgent({
    get_adcp_capabilities: () => ({ status: 'completed', adcp: { major_versions: [3], supported_versions: ['3.1'] }, ...claims }),
    ...Object.fromEntries(tools.map((name) => [name, refuse])),
  });
  const { out, code } = await storyboard(
    ['run', agent.url, '--bundle', RELEASE, '--token', 'some-operator-token', '--json', '-'], { cwd: ROOT }
  );
  await agent.close();
  expect(code).toBe(1);
  assertPublishedReport(JSON.parse(out));
  const { run_summary: sum, storyboards } = JSON.parse(out) as {
    run_summary: Record<string, number> & { unresolved_references: { id: string }[] };
    storyboards: { storyboard_id: string; verdict: string }[];
  };
  expect(sum['total_steps']).toBe(sum['steps_passed']! + sum['steps_failed']! + sum['steps_skipped']! + sum['steps_not_run']!);
  expect(sum['steps_not_run']).toBe(0);
  expect(storyboards.every(({ verdict }) => verdict !== 'incomplete')).toBe(true);
  const loaded = bundle.files.filter(({ reading }) => reading.kind === 'storyboard').length;
  expect(storyboards.length).toBe(loaded + sum.unresolved_references.length);
  const references = bundle.files.flatMap(
    ({ reading }) => (reading.kind === 'storyboard' ? reading.warnings : [])
  ).filter(({ code: each }) => each === 'unresolved_scenario_reference');
  const absent = [
    'universal/get-products-pagination-integrity', 'universal/notification-config-rejections', 'universal/read-tool-idempotency',
    'specialisms/sales-social',
  ];
  expect(references).toHaveLength(23);
  expect(sum.unresolved_references.map(({ id }) => id).sort()).toEqual(
    [...new Set([...references.map(({ message }) => /"(.*)"/.exec(message)![1]!), ...absent])].sort()
  );
}, 60_000);
