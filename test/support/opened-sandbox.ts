/** A whole sandbox for tests: real store, real pipeline, real platform on loopback, a worker that pushes. */
import type { Caller } from '../../src/domain/caller.ts';
import { ALL_FEATURES } from '../../src/domain/features.ts';
import type { NewJob } from '../../src/domain/ports/jobs.ts';
import type { Change, Store } from '../../src/domain/ports/store.ts';
import type { HttpCall } from '../../src/domain/ports/platform.ts';
import type { Recorder } from '../../src/domain/ports/recorder.ts';
import { startWorker, type Worker } from '../../src/jobs/worker.ts';
import { mcpGovernance } from '../../src/outbound/mcp-governance.ts';
import { mcpVerifier } from '../../src/outbound/mcp-verifier.ts';
import { pushUpstream } from '../../src/outbound/push-upstream.ts';
import { sender } from '../../src/outbound/sender.ts';
import { callAgent } from '../../src/outbound/agent-caller.ts';
import { recordedAgent } from '../../src/outbound/recorded-agent.ts';
import { pipeline, type Pipeline } from '../../src/pipeline/pipeline.ts';
import type { SandboxSetting } from '../../src/pipeline/sandbox.ts';
import { toolboxFor } from '../../src/pipeline/served-tasks.ts';
import type { JsonObject } from '../../src/protocol/envelope.ts';
import type { TaskName } from '../../src/protocol/tasks.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import type { Desk, GovernancePolicy } from '../../src/usecases/desk.ts';
import { testClock, testDesk, type TestClock } from './desk.ts';
import { openTrainingSandbox, type TrainingSandbox } from '../../training-agent/sandbox.ts';

export const AGENT_URL = 'http://127.0.0.1:4100/mcp';

/** A clock that moves only when told; whoever sleeps wakes soon. */
export const sandboxClock = (): TestClock =>
  Object.assign(testClock(), { sleep: (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, Math.min(ms, 5)); }) });

/** What a sandbox is opened with, in memory. */
export const openedSetting = (): SandboxSetting => ({ data: ':memory:', agent_url: AGENT_URL, features: ALL_FEATURES, clock: sandboxClock() });

export interface OpenedSandbox {
  readonly sandbox: TrainingSandbox;
  readonly desk: Desk;
  readonly store: Store;
  readonly clock: TestClock;
  readonly pipeline: Pipeline;
  readonly worker: Worker;
  /** What was sent. */
  readonly recorder: Recorder;
  /** Jobs that the worker gave up. */
  readonly givenUp: string[];
  /** Calls a task as the demo advertiser, or as whoever a token belongs to. */
  call(task: string, request: JsonObject, token?: string, session?: string): Promise<JsonObject>;
  /** Moves the clock. */
  pass(ms: number): void;
  commit(changes: readonly Change[]): Promise<void>;
  /** Queues calls for the platform, as a use case would. */
  push(principal_id: string, calls: readonly HttpCall[], lane?: string): Promise<void>;
  caller(token?: string, session?: string): Promise<Caller>;
  close(): Promise<void>;
}

/**
 * @param openSandbox an honest one, or one that lies
 * @param more how governance is asked, where further hosts stand, and the file of the store when somebody else is to look at it
 */
export async function openedSandbox(
  openSandbox: (setting: SandboxSetting) => Promise<TrainingSandbox> = openTrainingSandbox, more: Partial<Pick<GovernancePolicy, 'plans' | 'unplanned'>> & { hosts?: Map<string, string>; timeoutMs?: number; file?: string } = {},
): Promise<OpenedSandbox> {
  const clock = sandboxClock();
  const sandbox = await openSandbox({ ...openedSetting(), clock });
  const { recorder } = sandbox;
  const { hosts = new Map<string, string>(), timeoutMs, file = ':memory:', ...governing } = more;
  const store = openSqliteStore({ file, attribution: sandbox.attribution });
  const send = sender({ recorder, clock, hosts: { get: (origin) => hosts.get(origin) ?? sandbox.hosts.get(origin) }, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const ask = recordedAgent((call) => callAgent(call, send, { name: 'test', version: '0' }), recorder, clock);
  const givenUp: string[] = [];
  const worker = startWorker({
    store, clock, report: (job, reason) => givenUp.push(`${job.job.job_id}: ${reason}`), troubled: (error) => { throw error; },
    handlers: { push_upstream: (job) => pushUpstream(job, sandbox.platform, send) },
  });
  const toolbox = toolboxFor(ALL_FEATURES, sandbox.toolbox);
  const { agent_url } = openedSetting();
  const desk = testDesk({
    clock, store, catalogue: sandbox.catalogue, scope: sandbox.scope, platform: sandbox.platform, verifier: mcpVerifier(ask),
    governance: { agents: mcpGovernance(ask, clock), plans: [], unplanned: sandbox.unplanned ?? 'refuse', ...governing }, test_scenarios: sandbox.scenarios,
    seller: { agent_url, name: 'Test seller', publisher_domain: 'publisher.example', supported_billing: ['operator', 'agent'], payment_terms: ['net_30'] },
    served: new Set(Object.keys(toolbox) as TaskName[]),
  });
  const honest = pipeline(desk, toolbox, { reportBug: (error) => { throw error; } });
  const calls = sandbox.facade?.(honest) ?? honest;
  const principal = async (token: string, session?: string) => (await sandbox.principals.principal(token, { 'x-test-session-id': session }))!;

  const opened: OpenedSandbox = {
    sandbox, desk, store, clock, recorder, worker, givenUp, pipeline: calls,
    async call(task, request, token = sandbox.demo_token, session = undefined) {
      return (await calls.dispatch({ task, request, principal: await principal(token, session) })).document;
    },
    pass: (ms) => { clock.at = new Date(Date.parse(clock.at) + ms).toISOString(); },
    async commit(changes) {
      const outcome = await store.commit({ changes, audit: { at: clock.now().toISOString(), principal_id: 'test', task: 'test', subjects: [] } });
      if (outcome !== 'committed') throw new Error('the commit was stale');
    },
    async push(principal_id, planned, lane = 'lane') {
      const job: NewJob = { kind: 'push_upstream', job_id: desk.ids.next('job'), principal_id, lane, run_at: clock.now().toISOString(), payload: { platform_id: 'training', calls: planned } };
      await opened.commit([{ kind: 'enqueue', job }]);
      worker.wake();
    },
    async caller(token = sandbox.demo_token, session = undefined) {
      const who = await principal(token, session);
      return { principal: who, reach: sandbox.scope.reach(who, undefined, undefined) };
    },
    async close() {
      await worker.stop();
      await store.close();
      await sandbox.close();
    },
  };
  return opened;
}
