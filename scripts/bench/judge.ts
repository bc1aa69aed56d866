#!/usr/bin/env node
/**
 * How fast and how small the judge is: beside the runner of @adcp/sdk on the same seller with the same storyboards, and alone
 * against an agent that answers at once. Prints a table; the last line is one JSON object with the ratios.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { spawnSeller } from '../../test/support/process.ts';
import { startInstant, type Instant } from './instant.ts';
import { largeBundle, STEPS } from './large-bundle.ts';
import { measured, type Measured } from './measured.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const OURS = join(ROOT, 'scripts', 'adwright.mjs');
const OFFICIAL = join(dirname(createRequire(import.meta.url).resolve('@adcp/sdk/package.json')), 'bin', 'adcp.js');
const RUNS = 3;
const TARGETS = { wall: 0.1, memory: 0.2, step_ms: 1, first_request_ms: 200 };

interface Line {
  readonly what: string;
  readonly ours: string;
  readonly official?: string;
  readonly ratio?: number;
  readonly target: string;
  readonly met: boolean;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Both on one seller, one after the other, with the storyboards that the official runner selects for it. */
async function sideBySide(): Promise<Line[]> {
  const data = mkdtempSync(join(tmpdir(), 'adwright-bench-'));
  const seller = await spawnSeller(data);
  try {
    const official: Measured[] = [];
    const ours: Measured[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      official.push(await measured(OFFICIAL, ['storyboard', 'run', seller.url, '--auth', seller.token, '--allow-http', '--json'], tmpdir()));
      const { storyboards_executed: executed } = JSON.parse(official[0]!.stdout) as { storyboards_executed: string[] };
      ours.push(await measured(OURS, ['storyboard', 'run', seller.url, '--token', seller.token, '--bundle', 'sdk', '--no-webhooks', ...executed.flatMap((id) => ['--select', id])], ROOT));
    }
    const compare = (what: string, of: (each: Measured) => number, show: (value: number) => string, target: number): Line => {
      const [our, their] = [median(ours.map(of)), median(official.map(of))];
      return { what, ours: show(our), official: show(their), ratio: round(our / their), target: `at most ${target} of it`, met: our / their <= target };
    };
    const { storyboards_executed: { length } } = JSON.parse(official[0]!.stdout) as { storyboards_executed: string[] };
    return [
      compare(`wall time, ${length} storyboards`, (each) => each.wall_ms, seconds, TARGETS.wall),
      compare('processor time', (each) => each.cpu_ms, seconds, TARGETS.wall),
      compare('peak memory', (each) => each.peak_bytes, megabytes, TARGETS.memory),
    ];
  } finally {
    await seller.end('SIGTERM');
    rmSync(data, { recursive: true, force: true });
  }
}

/** From the start of the process to the first request that the seller sees. */
async function firstRequest(agent: Instant): Promise<Line> {
  const times: number[] = [];
  for (let run = 0; run < 2 * RUNS + 1; run += 1) {
    const first = agent.nextFirstRequest();
    const { started_ms } = await measured(OURS, ['storyboard', 'run', agent.url, '--select', 'media_buy_seller/clicks_buy_flow'], ROOT);
    times.push((await first) - started_ms);
  }
  const took = median(times);
  return { what: 'start to first request', ours: `${took} ms`, target: `under ${TARGETS.first_request_ms} ms`, met: took < TARGETS.first_request_ms };
}

interface LargeRun extends Measured {
  readonly report_bytes: number;
}

async function large(agent: Instant, storyboards: number): Promise<LargeRun> {
  const bundle = largeBundle(storyboards);
  try {
    const report = join(bundle.folder, 'report.json');
    const run = await measured(OURS, ['storyboard', 'run', agent.url, '--bundle', bundle.folder, '--no-webhooks', '--json', report], ROOT);
    if (run.code !== 0) throw new Error(`the judge ended with ${run.code} on ${storyboards} storyboards:\n${run.stdout.slice(-2000)}`);
    return { ...run, report_bytes: statSync(report).size };
  } finally {
    bundle.remove();
  }
}

/** What the judge adds to an answer that is there at once, and what a hundred and a thousand storyboards leave in memory. */
async function overhead(agent: Instant): Promise<{ lines: Line[]; step_ms: number; step_cpu_ms: number }> {
  const round_trip_ms = await agent.roundTrip(2000);
  const [few, many] = [await large(agent, 100), await large(agent, 1000)];
  const step_ms = (many.wall_ms - few.wall_ms) / (900 * STEPS) - round_trip_ms;
  const step_cpu_ms = (many.cpu_ms - few.cpu_ms) / (900 * STEPS);
  const [grown, reported] = [many.peak_bytes - few.peak_bytes, many.report_bytes - few.report_bytes];
  return {
    step_ms, step_cpu_ms,
    lines: [
      { what: `own time a step (a call takes ${round_trip_ms.toFixed(2)} ms)`, ours: `${step_ms.toFixed(2)} ms`, target: `under ${TARGETS.step_ms} ms`, met: step_ms < TARGETS.step_ms },
      { what: 'processor time a step, the call included', ours: `${step_cpu_ms.toFixed(2)} ms`, target: '', met: true },
      { what: `1,000 storyboards of ${STEPS} steps`, ours: seconds(many.wall_ms), target: '', met: true },
      { what: 'memory grown from 100 to 1,000', ours: megabytes(grown), official: `${megabytes(reported)} report`, ratio: round(grown / reported), target: 'within the report', met: grown <= reported },
    ],
  };
}

const [load] = (await import('node:os')).loadavg();
const compared = await sideBySide();
const agent = await startInstant();
const start = await firstRequest(agent);
const own = await overhead(agent);
agent.close();
const lines = [...compared, start, ...own.lines];
const [wall, cpu, memory] = compared.map(({ ratio }) => ratio);
console.log(`the judge beside the runner of @adcp/sdk, medians of ${RUNS}; ${availableParallelism()} processors, load ${load!.toFixed(1)} at the start\n`);
console.log(`  ${''.padEnd(44)}${'ours'.padEnd(12)}${'official'.padEnd(16)}${'ratio'.padEnd(8)}target`);
for (const { what, ours, official = '', ratio, target, met } of lines)
  console.log(`${met ? '✓' : '✗'} ${what.padEnd(44)}${ours.padEnd(12)}${official.padEnd(16)}${String(ratio ?? '').padEnd(8)}${target}`);
console.log(JSON.stringify({
  wall_ratio: wall, cpu_ratio: cpu, memory_ratio: memory, first_request_ms: Number.parseInt(start.ours, 10), step_ms: round(own.step_ms),
  step_cpu_ms: round(own.step_cpu_ms),
  growth_ratio: own.lines.at(-1)!.ratio, targets_met: lines.every(({ met }) => met),
}));
