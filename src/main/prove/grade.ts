/** Starts a seller, lets the judge grade it, and stops it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runStoryboardCli } from '../../../compliance/cli.ts';
import { loadConfig } from '../../config/config.ts';
import { logger } from '../log.ts';
import { trainingSandbox } from '../sandbox.ts';
import { serve } from '../serve.ts';
import type { Errand, Grading } from './grading.ts';

interface Report {
  readonly run: { readonly detail: string };
  readonly storyboards: readonly { readonly storyboard_id: string; readonly verdict: string }[];
  readonly step_results: readonly { readonly storyboard_id: string; readonly address: string; readonly outcome: string; readonly counted?: boolean }[];
}

/** The sandbox's buyers for the other parts that kits play. No token on the command line: it would stand in for the kits' own keys. */
const OTHER_PARTS = {
  ADWRIGHT_KIT_SECOND_TOKEN: 'demo-nova-motors-v1', ADWRIGHT_KIT_LIVE_TOKEN: 'demo-acme-outdoor-live-v1', ADWRIGHT_KIT_PASSING_TOKEN: 'demo-billing-passthrough-v1',
};

/** What the judge gives for a run that came to no verdict. */
const NO_VERDICT = 3;

/** As buyers know the seller, and as the judge is told to find it: the keys of its webhooks are looked up over https. */
const PUBLIC = 'https://seller.adwright.example';

/** @param folder where the seller's data may lie while it is graded */
export async function grade({ lie, suite, flags }: Errand, folder: string): Promise<Grading> {
  const from = performance.now();
  const data = mkdtempSync(join(folder, 'seller-'));
  const { config } = loadConfig({ data, port: '0', sandbox: true }, {});
  const seller = await serve({ config: { ...config, public_url: `${PUBLIC}/mcp` }, log: logger('silent'), sandbox: trainingSandbox(lie?.module) });
  try {
    const found = `${PUBLIC}=${new URL(seller.local_url).origin}`;
    const { code, report } = await judged(['run', `${PUBLIC}/mcp`, '--map', found, '--seed', 'prove', ...flags], { ADWRIGHT_KIT_TOKEN: seller.demo_token!, ...OTHER_PARTS });
    return { ...(lie && { lie: lie.name }), suite, ...read(code, report), duration_ms: Math.round(performance.now() - from) };
  } finally {
    await seller.close();
    rmSync(data, { recursive: true, force: true });
  }
}

async function judged(args: readonly string[], env: Readonly<Record<string, string>>): Promise<{ readonly code: number; readonly report: Report | string }> {
  let [out, err] = ['', ''];
  const code = await runStoryboardCli([...args, '--json', '-'], {
    stdout: { write: (text) => { out += text; } }, stderr: { write: (text) => { err += text; } },
    env, cwd: process.cwd(), isTTY: false, width: 100, signal: new AbortController().signal,
  });
  return { code, report: out === '' ? err.trim() : (JSON.parse(out) as Report) };
}

function read(code: number, report: Report | string): Pick<Grading, 'code' | 'detail' | 'failed'> {
  if (typeof report === 'string') return { code: NO_VERDICT, detail: report, failed: {} };
  const steps = report.step_results.filter(({ outcome, counted }) => outcome === 'failed' && counted !== false);
  const failed = report.storyboards.filter(({ verdict }) => verdict === 'failed').map(({ storyboard_id }) =>
    [storyboard_id, steps.filter((step) => step.storyboard_id === storyboard_id).map(({ address }) => address)] as const);
  return { code, detail: report.run.detail, failed: Object.fromEntries(failed) };
}
