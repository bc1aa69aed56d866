/** What lint finds in bundles that are in use. Whatever is not in these lists would be a false alarm. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openSource } from '../../compliance/cli/bundle-option.ts';
import { lintBundle } from '../../compliance/lint/lint-bundle.ts';
import { bundleFolders, type BundleFolders, folderSource } from '../../compliance/load/folder-source.ts';

const ROOT = join(import.meta.dirname, '../..');
const OFFICIAL = join(ROOT, '../shared/adcp/3.1.19');
const SDK = join(ROOT, 'node_modules/@adcp/sdk');

/** `rule file` -> how often, with why it is true. */
type Known = readonly (readonly [finding: string, times: number, why: string])[];

const IN_OFFICIAL: Known = [
  ['unknown_file index.json', 4, 'our copy of the release is trimmed, its index is not'],
  ['unknown_schema protocols/brand/scenarios/single_side_trust_extension.yaml', 6, 'schemas of a test extension that the release does not bring'],
  ['invalid_request protocols/sponsored-intelligence/sponsored-context-accountability.yaml', 1, 'a receipt breaks a fixed value of its schema and is marked well-formed'],
  ['valid_request universal/deterministic-testing.yaml', 1, 'an unknown scenario is a free text, so that the request is well-formed'],
];
const IN_SDK: Known = [
  ['unknown_error_code protocols/brand/index.yaml', 3, 'codes of brands came with a later release'],
  ['unknown_schema protocols/creative/index.yaml', 2, 'the schemas of build_creative lie with media buys there'],
  ...['approved', 'conditions', 'denied', 'denied_recovery'].map(
    (story) => [`unknown_context_key protocols/media-buy/scenarios/governance_${story}.yaml`, 1, 'its runner is handed the agent from outside'] as const),
  ['unknown_context_key specialisms/brand-rights/scenarios/governance_denied.yaml', 1, 'the same'],
  ['unknown_context_key specialisms/signal-marketplace/scenarios/governance_denied.yaml', 1, 'the same'],
  ['unknown_path protocols/sponsored-intelligence/index.yaml', 1, 'the id of an offering stands in the offering'],
  ['unknown_path universal/deterministic-testing.yaml', 1, 'the response of si_send_message has no such member'],
  ['unknown_path universal/idempotency.yaml', 1, 'no answer repeats the idempotency key'],
  ['invalid_expression universal/webhook-emission.yaml', 1, 'a condition looks below `agent`'],
];

describe('lint finds nothing but what is known', () => {
  test('in our own storyboards', () => {
    expect(found(bundleFolders(ROOT)!)).toEqual({});
  });

  test.skipIf(isAbsent(OFFICIAL))('in our own storyboards, held to the official schemas', () => {
    expect(found({ compliance: join(ROOT, 'storyboards'), schemas: join(OFFICIAL, 'schemas') })).toEqual({});
  });

  test.skipIf(isAbsent(OFFICIAL))('in the official release', () => {
    expect(found(bundleFolders(OFFICIAL)!)).toEqual(counted(IN_OFFICIAL));
  });

  test.skipIf(isAbsent(SDK))('in the release inside @adcp/sdk', () => {
    expect(found({ compliance: join(SDK, 'compliance/cache/3.0.6'), schemas: join(SDK, 'dist/lib/schemas-data/3.0') })).toEqual(counted(IN_SDK));
  });
});

/** How often each rule finds something in each file. References that a trimmed bundle breaks are its own affair. */
function found(folders: BundleFolders): Readonly<Record<string, number>> {
  const source = folderSource(folders, '/');
  const findings = lintBundle(openSource(source), source).filter(({ code }) => code !== 'unresolved_scenario_reference')
    .map(({ code, location }) => `${code} ${/(?:index\.json|(?:universal|protocols|specialisms|test-kits)\/.*)$/.exec(location.file)![0]}`);
  return Object.fromEntries([...new Set(findings)].map((each) => [each, findings.filter((finding) => finding === each).length]));
}

const counted = (known: Known): Readonly<Record<string, number>> => Object.fromEntries(known.map(([finding, times]) => [finding, times]));

function isAbsent(folder: string): boolean {
  if (existsSync(folder) || process.env['CI'] !== undefined) return false;
  console.warn(`lint: ${folder} is absent: what lint finds in it is NOT looked at`);
  return true;
}
