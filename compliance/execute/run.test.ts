/** What a run keeps while it goes on. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { agentOf, bundleOf, board, good } from '../../test/support/small-run.ts';
import { bundleFolders, openBundle } from '../load/bundle.ts';
import { WHOLE_SCOPE } from '../plan/scope.ts';
import { AUTHORED } from '../policy.ts';
import { RunRecord } from '../report/run-record.ts';
import { systemClock } from './clock.ts';
import { Reach } from './reach.ts';
import { runSuite } from './run.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
const EVERYTHING_KNOWN = { isKnownTask: () => true, isKnownCheck: () => true, isKnownInvariant: () => true };
const IDS = ['a', 'b', 'c', 'd'];

test('a storyboard that has run is let go of, and so is what was parsed of its file', async () => {
  const record = new RunRecord();
  const trees: WeakRef<object>[] = [];
  const alive = (): number => trees.filter((tree) => tree.deref() !== undefined).length;
  const left: number[] = [];
  const agent = await agentOf({ get_products: async () => {
    // What was looked at in a turn of the event loop lives until its end.
    await new Promise((resolve) => { setImmediate(resolve); });
    collectGarbage();
    left.push(alive());
    return { products: [] };
  } });
  for await (const event of runOf(agent.url)) {
    record.add(event);
    if (event.kind === 'planned') trees.push(...event.plan.entries.flatMap((entry) => (entry.kind === 'run' ? [new WeakRef(entry.storyboard)] : [])));
  }
  expect(left).toEqual([4, 3, 2, 1]);
  expect([...record.storyboards.values()].map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed', 'passed']);
});

function runOf(url: string): ReturnType<typeof runSuite> {
  const { folder } = bundleOf(Object.assign({}, ...IDS.map((id) => board(id, good))) as Record<string, string>);
  const opened = openBundle(bundleFolders(folder)!, { cwd: folder, rules: EVERYTHING_KNOWN });
  if (opened.kind === 'refused') throw new Error(opened.problem);
  return runSuite({
    url, bundle: opened.bundle, scope: WHOLE_SCOPE, asked: { bundle: folder, paths: [], select: [], exclude: [], tracks: [], specialisms: [] },
    policy: AUTHORED, transport: 'mcp', agents: [], tokens: { kitTokens: new Map(), environment: () => undefined }, secrets: [], seed: '1', shuffled: false,
    limits: { timeoutMs: 5000, maxBytes: 1_000_000 }, reach: new Reach({ given: [url] }),
    polling: { intervalMs: 5, timeoutMs: 100 }, jobs: 1, contracts: { tripRateLimits: false, signingTransport: 'mcp', declared: [] }, planOnly: false, clock: systemClock, signal: new AbortController().signal,
  });
}
