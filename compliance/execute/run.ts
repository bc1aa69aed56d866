/** A whole run as one stream of events: discovery, plan, storyboards, end. Nothing is printed and no verdict on the run is made here. */
import { randomUUID } from 'node:crypto';
import type { ContractSettings } from '../contracts/contract-scope.ts';
import { RunContracts } from '../contracts/run-contracts.ts';
import type { AskedFor, RunEnd, RunEvent } from '../events.ts';
import type { Transport, TransportFailure } from '../exchange.ts';
import type { Bundle } from '../load/bundle.ts';
import { accountsOf } from '../plan/accounts.ts';
import { brandDomain, credentialFor, defaultCredential, type OperatorTokens } from '../plan/kit-credential.ts';
import { type PlanEntry, planRun } from '../plan/plan.ts';
import { likelyFiles, type Scope } from '../plan/scope.ts';
import type { Policy } from '../policy.ts';
import type { SellerProfile } from '../seller.ts';
import type { Storyboard } from '../storyboard.ts';
import { A2aAgent } from './a2a/a2a-agent.ts';
import type { Agent } from './agent.ts';
import type { Clock } from './clock.ts';
import { discover } from './discover.ts';
import type { HttpLimits } from './http.ts';
import { seededIds } from './id-source.ts';
import { McpAgent } from './mcp-agent.ts';
import { type AgentAddress, discoverNamed } from './named-agents.ts';
import { clientHeaders } from './policy/client-additions.ts';
import type { Reach } from './reach.ts';
import type { PollingTimes, RunEnvironment } from './run-environment.ts';
import { runStoryboard, wholeStoryboardReport } from './run-storyboard.ts';
import { sellerNotices } from './seller-notices.ts';
import { type Lane, type LaneKeys, sideBySide } from './side-by-side.ts';
import { mayRest } from './watches.ts';
import { whileWaiting } from './while-waiting.ts';

export interface RunOptions {
  readonly url: string;
  readonly bundle: Bundle;
  readonly scope: Scope;
  readonly asked: AskedFor;
  readonly policy: Policy;
  readonly transport: Transport;
  /** Agents beside the seller, for storyboards of several. */
  readonly agents: readonly AgentAddress[];
  readonly tokens: OperatorTokens;
  readonly secrets: readonly string[];
  readonly seed: string;
  /** Storyboards run in an order that follows from the seed. */
  readonly shuffled: boolean;
  readonly limits: HttpLimits;
  readonly reach: Reach;
  readonly polling: PollingTimes;
  /** Storyboards that may run at a time. */
  readonly jobs: number;
  /** Header by which each storyboard gets a partition of the seller's of its own. */
  readonly sessionHeader?: string;
  readonly contracts: ContractSettings;
  /** Ends once it is known what would run. */
  readonly planOnly: boolean;
  /** The run ends unfinished after so long. */
  readonly deadlineMs?: number;
  readonly clock: Clock;
  /** Ends the run when the operator asks for it. */
  readonly signal: AbortSignal;
}

/** Failures after which it is asked whether the seller is still there. */
const GONE: ReadonlySet<TransportFailure['code']> = new Set(['refused', 'unresolved_host', 'unreachable']);
/** A task of A2A is looked at more often than AdCP's own: its agent was asked to answer when it has ended. */
const A2A_POLL_MS = 500;
const RECONNECT_PAUSES_MS = [250, 500, 1000];

export async function* runSuite(options: RunOptions): AsyncGenerator<RunEvent> {
  const { bundle, clock, url, seed } = options;
  const deadline = options.deadlineMs === undefined ? undefined : AbortSignal.timeout(options.deadlineMs);
  const stop = new AbortController();
  const ending = deadline === undefined ? options.signal : AbortSignal.any([options.signal, deadline]);
  const signal = AbortSignal.any([ending, stop.signal]);
  const agent = agentOf(options, signal, {});
  const contracts = new RunContracts({ settings: options.contracts, clock, signal, reach: options.reach });
  yield { kind: 'run_started', at_ms: clock.now(), run: {
    seller_url: url, asked: options.asked, request_policy: options.policy.name, transport: options.transport, seed,
    ...(options.agents.length > 0 && { agents: options.agents.map(({ key, url: address }) => ({ key, url: address })) }),
    bundle: { source: bundle.source, version: bundle.version, digest: bundle.digest, schemas: bundle.schemas?.source ?? null },
  } };
  let ended: RunEnd = { kind: 'completed' };
  try {
    ended = yield* discovered(options, agent, contracts, signal);
    if (!ending.aborted) await agent.close();
  } catch (error) {
    if (!ending.aborted) throw error;
    ended = options.signal.aborted ? { kind: 'interrupted' } : { kind: 'deadline', after_ms: options.deadlineMs ?? 0 };
  } finally {
    // Storyboards that still run beside the one that ended the run are of no use any more.
    stop.abort();
    await contracts.close();
  }
  yield { kind: 'run_finished', at_ms: clock.now(), ended };
}

async function* discovered(
  options: RunOptions, agent: Agent, contracts: RunContracts, signal: AbortSignal
): AsyncGenerator<RunEvent, RunEnd> {
  const { bundle } = options;
  const closed = options.contracts.webhooks?.port === 0 ? undefined : await contracts.receiver?.open();
  if (closed !== undefined) {
    yield { kind: 'run_refused', code: 'webhook_port_unavailable', message: `the webhook receiver cannot listen: ${closed}` };
    return { kind: 'completed' };
  }
  const credential = defaultCredential(bundle, options.tokens);
  // Whoever is asked takes a while to answer, and what was parsed is collected unless somebody keeps it.
  const ahead: unknown[] = [];
  const discovery = await whileWaiting(
    discover(agent, credential, bundle.adcp_version), likelyFiles(bundle, options.scope).map((file) => () => { ahead.push(file.reading); })
  );
  if (discovery.kind === 'failed') yield { kind: 'discovery_failed', failure: discovery.failure, authentication: discovery.authentication };
  if (discovery.kind === 'failed' && !discovery.authentication) return { kind: 'completed' };
  const profile: SellerProfile = discovery.kind === 'discovered' ? discovery.profile : { url: options.url, tools: new Set() };
  if (discovery.kind === 'discovered') {
    yield { kind: 'seller_discovered', profile };
    for (const notice of sellerNotices(profile, options.policy.noticeCodes)) yield { kind: 'notice', notice };
  }
  const named = await discoverNamed(options.agents, {
    connect: (url) => agentOf({ ...options, url }, signal, {}), credential, sellerUrl: options.url, secrets: new Set(options.secrets),
    adcpVersion: bundle.adcp_version,
  });
  if (named.kind === 'failed') {
    yield { kind: 'discovery_failed', failure: named.failure, authentication: named.authentication };
    return { kind: 'completed' };
  }
  const lanes = yield* planned(options, { agent, contracts, signal, profile, agents: named.agents, unauthenticated: discovery.kind === 'failed' });
  ahead.length = 0;
  return lanes === undefined ? { kind: 'completed' } : yield* graded(lanes.lanes, lanes.env, options);
}

interface Ready extends Pick<RunEnvironment, 'agent' | 'contracts' | 'signal' | 'profile' | 'agents'> {
  readonly unauthenticated: boolean;
}

interface PlannedLanes {
  readonly env: RunEnvironment;
  readonly lanes: readonly Lane<RunEvent>[];
}

/** Says what would run, and makes it ready; undefined when nothing is to be run. Nobody but the lanes keeps the plan. */
async function* planned(options: RunOptions, { unauthenticated, ...ready }: Ready): AsyncGenerator<RunEvent, PlannedLanes | undefined> {
  const { bundle, tokens } = options;
  const credentials = (storyboard: Parameters<RunEnvironment['credentialFor']>[0]) => credentialFor(storyboard, bundle, tokens);
  const made = planRun(bundle, withToolsOf(ready.profile, ready.agents), {
    agents: new Set(ready.agents.keys()),
    missingController: options.policy.missingController, scope: options.scope, unauthenticated,
    contracts: ready.contracts.scope, ...(options.shuffled && { shuffledBy: options.seed }),
    credentialGap: (storyboard) => {
      const found = credentials(storyboard);
      return found.kind === 'gap' ? found.detail : undefined;
    },
  });
  if (made.kind === 'refused') {
    yield { kind: 'run_refused', code: made.code, message: made.message };
    return undefined;
  }
  yield { kind: 'planned', plan: made.plan };
  if (options.planOnly) return undefined;
  const env: RunEnvironment = {
    ...ready, bundle, clock: options.clock, seed: options.seed, credentialFor: credentials, secrets: options.secrets,
    polling: options.polling, policy: options.policy, reach: options.reach, limits: options.limits,
    startedAtMs: options.clock.now(), scenarios: {},
  };
  return { env, lanes: made.plan.entries.map((entry) => laneOf(entry, env, options)) };
}

/** Several agents offer together what a storyboard of theirs needs. */
function withToolsOf(profile: SellerProfile, agents: RunEnvironment['agents']): SellerProfile {
  return { ...profile, tools: new Set([...profile.tools, ...[...agents.values()].flatMap((each) => [...each.profile.tools])]) };
}

async function* graded(lanes: readonly Lane<RunEvent>[], env: RunEnvironment, options: RunOptions): AsyncGenerator<RunEvent, RunEnd> {
  for await (const event of sideBySide(lanes, options.jobs)) {
    yield event;
    const gone = event.kind === 'step_finished' && event.report.outcome.kind === 'failed' ? event.report.outcome.transport : undefined;
    if (gone !== undefined && GONE.has(gone.code) && !(await isBack(env))) return { kind: 'seller_lost', message: gone.message };
  }
  return { kind: 'completed' };
}

function laneOf(entry: PlanEntry, env: RunEnvironment, options: RunOptions): Lane<RunEvent> {
  return {
    keys: laneKeys(entry, env, options), mayRest: entry.kind === 'run' && mayRest(entry.storyboard),
    run: once(entry, (mine, rest) => runEntry(mine, env, options, rest)),
  };
}

/** A run of a storyboard lets go of it: of a thousand that have run, only the reports are left. */
function once<T>(value: T, run: (mine: T, rest: () => void) => AsyncIterable<RunEvent>): Lane<RunEvent>['run'] {
  let left: { readonly value: T } | undefined = { value };
  return (rest) => {
    if (left === undefined) throw new Error('a lane runs once');
    const mine = left.value;
    left = undefined;
    return run(mine, rest);
  };
}

/** What a storyboard shares with others. Under a policy that changes accounts, their text does not tell. */
function laneKeys(entry: PlanEntry, env: RunEnvironment, { jobs, sessionHeader, policy }: RunOptions): LaneKeys {
  if (entry.kind !== 'run' || jobs === 1) return new Set();
  if (exhaustsLimits(entry.storyboard)) return 'unknown';
  if (sessionHeader !== undefined) return new Set();
  const ready = env.credentialFor(entry.storyboard);
  return policy.name === 'authored' && ready.kind === 'ready' ? accountsOf(entry.storyboard, brandDomain(ready.kit)) : 'unknown';
}

/** A seller that is driven into its limits may refuse whoever else calls. */
function exhaustsLimits({ phases }: Storyboard): boolean {
  return phases.some(({ steps }) => steps.some(({ special }) => special?.kind === 'rate_limit_trip'));
}

async function* runEntry(entry: PlanEntry, env: RunEnvironment, options: RunOptions, rest: () => void): AsyncGenerator<RunEvent> {
  if (entry.kind === 'skip') yield* skippedWhole(entry);
  if (entry.kind !== 'run') return;
  if (options.sessionHeader === undefined) {
    yield* runStoryboard(entry, env, rest);
    return;
  }
  const partition = seededIds(options.seed, `partition ${entry.storyboard.id}`).uuid();
  const agent = agentOf(options, env.signal, { [options.sessionHeader]: partition });
  yield* runStoryboard(entry, { ...env, agent, scenarios: {} }, rest);
  await agent.close();
}

function agentOf(options: RunOptions, signal: AbortSignal, headers: Readonly<Record<string, string>>): Agent {
  const { url, clock, limits, reach, policy, transport, polling } = options;
  const pollMs = Math.min(polling.intervalMs, A2A_POLL_MS);
  if (transport === 'a2a') return new A2aAgent({ url, clock, signal, limits, reach, headers, newId: randomUUID, pollMs });
  return new McpAgent({ url, clock, signal, limits, reach, headers, ...(policy.requests === 'enriched' && { moreHeaders: clientHeaders }) });
}

function* skippedWhole(entry: Extract<PlanEntry, { kind: 'skip' }>): Generator<RunEvent> {
  yield { kind: 'storyboard_started', storyboard_id: entry.storyboard_id };
  yield {
    kind: 'step_finished',
    report: wholeStoryboardReport({ id: entry.storyboard_id, title: entry.title, location: entry.location }, entry.skip),
  };
  yield { kind: 'storyboard_finished', storyboard_id: entry.storyboard_id, verdict: 'not_applicable', duration_ms: 0, invariants: [] };
}

/** Whether the seller takes connections again within a few moments. */
async function isBack(env: RunEnvironment): Promise<boolean> {
  for (const pause of RECONNECT_PAUSES_MS) {
    await env.clock.sleep(pause, env.signal);
    if (await env.agent.isListening()) return true;
  }
  return false;
}
