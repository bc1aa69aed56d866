/** The runner of `@adcp/sdk` and the judge on sellers of the same kind, with the same storyboards: where they come to different results. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSeller, type SellerProcess } from './process.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OURS = join(ROOT, 'scripts', 'adwright.mjs');
const OFFICIAL = join(dirname(createRequire(import.meta.url).resolve('@adcp/sdk/package.json')), 'bin', 'adcp.js');

export type Outcome = 'passed' | 'failed' | 'skipped';

export interface Comparison {
  /** Steps that both graded. */
  readonly graded: number;
  /** By address, the official result and ours, where they are not the same. */
  readonly differences: Readonly<Record<string, readonly [official: Outcome, ours: Outcome]>>;
}

interface OfficialStep { readonly step: string; readonly passed: boolean; readonly skipped?: boolean }
interface OfficialReport {
  readonly storyboards_executed: readonly string[];
  readonly tracks: readonly { readonly scenarios: readonly { readonly scenario: string; readonly steps: readonly OfficialStep[] }[] }[];
}
interface OurReport { readonly step_results: readonly { readonly address: string; readonly title: string; readonly outcome: Outcome }[] }

/** Each on a fresh seller, since the official runner leaves its state behind; ours as `--compat official` has it. */
export async function besideTheOfficialRunner(): Promise<Comparison> {
  const official = await onFreshSeller<OfficialReport>(({ url, token }) => [OFFICIAL, 'storyboard', 'run', url, '--auth', token, '--allow-http', '--json']);
  const selected = official.storyboards_executed.flatMap((id) => ['--select', id]);
  const ours = await onFreshSeller<OurReport>(({ url, token }) =>
    [OURS, 'storyboard', 'run', url, '--token', token, '--bundle', 'sdk', '--no-webhooks', '--compat', 'official', '--json', '-', ...selected]);
  return compared(official, ours);
}

/** The official report names a step by its phase and its title. */
function compared({ tracks }: OfficialReport, { step_results: rows }: OurReport): Comparison {
  const differences: Record<string, readonly [Outcome, Outcome]> = {};
  let graded = 0;
  for (const { scenario, steps } of tracks.flatMap(({ scenarios }) => scenarios)) {
    const phase = rows.filter(({ address }) => address.slice(0, address.lastIndexOf('/')) === scenarioAddress(scenario));
    for (const { step, passed, skipped } of steps) {
      const row = phase.find(({ title }) => title === step);
      if (row === undefined) continue;
      graded += 1;
      const outcome: Outcome = skipped === true ? 'skipped' : passed ? 'passed' : 'failed';
      if (outcome !== row.outcome) differences[row.address] = [outcome, row.outcome];
    }
  }
  return { graded, differences };
}

/** `storyboard/phase`, where a storyboard's id may hold a slash itself, as `storyboard#phase`. */
const scenarioAddress = (scenario: string): string => scenario.replace(/\/([^/]*)$/, '#$1');

async function onFreshSeller<Report>(args: (seller: SellerProcess) => readonly string[]): Promise<Report> {
  const data = mkdtempSync(join(tmpdir(), 'adwright-beside-'));
  const seller = await spawnSeller(data);
  try {
    return JSON.parse(await printed(args(seller))) as Report;
  } finally {
    await seller.end('SIGTERM');
    rmSync(data, { recursive: true, force: true });
  }
}

/** What a command prints, however it ends: neither runner ends with 0 when a step fails. */
function printed(args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => resolve(stdout));
  });
}
