/** A whole run as one stream of events: discovery, plan, storyboards, end. Nothing is printed and no verdict on the run is made here. */
import type { RunEnd, RunEvent } from '../events.ts';
import type { TransportFailure } from '../exchange.ts';
import type { Bundle } from '../load/bundle.ts';
import { credentialFor, defaultCredential, type OperatorTokens } from '../plan/kit-credential.ts';
import { type PlanEntry, planRun } from '../plan/plan.ts';
import type { Scope } from '../plan/scope.ts';
import type { Policy } from '../policy.ts';
import type { SellerProfile } from '../seller.ts';
import type { Agent } from './agent.ts';
import type { Clock } from './clock.ts';
import { discover } from './discover.ts';
import type { HttpLimits } from './http.ts';
import { McpAgent } from './mcp-agent.ts';
import { clientHeaders } from './policy/client-additions.ts';
import type { Reach } from './reach.ts';
import type { PollingTimes, RunEnvironment } from './run-environment.ts';
import { runStoryboard, wholeStoryboardReport } from './run-storyboard.ts';
import { sellerNotices } from './seller-notices.ts';

export interface RunOptions {
  readonly url: string;
  readonly bundle: Bundle;
  readonly scope: Scope;
  readonly policy: Policy;
  readonly tokens: OperatorTokens;
  readonly secrets: readonly string[];
  readonly seed: string;
  readonly limits: HttpLimits;
  readonly reach: Reach;
  readonly polling: PollingTimes;
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
const RECONNECT_PAUSES_MS = [250, 500, 1000];

export async function* runSuite(options: RunOptions): AsyncGenerator<RunEvent> {
  const { bundle, clock, url, seed } = options;
  const deadline = options.deadlineMs === undefined ? undefined : AbortSignal.timeout(options.deadlineMs);
  const signal = deadline === undefined ? options.signal : AbortSignal.any([options.signal, deadline]);
  const agent = new McpAgent({
    url, clock, signal, limits: options.limits, reach: options.reach,
    ...(options.policy.requests === 'enriched' && { moreHeaders: clientHeaders }),
  });
  yield { kind: 'run_started', at_ms: clock.now(), run: {
    seller_url: url, request_policy: options.policy.name, seed,
    bundle: { source: bundle.source, version: bundle.version, digest: bundle.digest, schemas: bundle.schemas?.source ?? null },
  } };
  let ended: RunEnd = { kind: 'completed' };
  try {
    ended = yield* discovered(options, agent, signal);
    if (!signal.aborted) await agent.close();
  } catch (error) {
    if (!signal.aborted) throw error;
    ended = options.signal.aborted ? { kind: 'interrupted' } : { kind: 'deadline', after_ms: options.deadlineMs ?? 0 };
  }
  yield { kind: 'run_finished', at_ms: clock.now(), ended };
}

async function* discovered(options: RunOptions, agent: Agent, signal: AbortSignal): AsyncGenerator<RunEvent, RunEnd> {
  const { bundle, tokens } = options;
  const credential = defaultCredential(bundle, tokens);
  const discovery = await discover(agent, credential, bundle.adcp_version);
  if (discovery.kind === 'failed') yield { kind: 'discovery_failed', failure: discovery.failure, authentication: discovery.authentication };
  if (discovery.kind === 'failed' && !discovery.authentication) return { kind: 'completed' };
  const profile: SellerProfile = discovery.kind === 'discovered' ? discovery.profile : { url: options.url, tools: new Set(), mcp_version: '' };
  if (discovery.kind === 'discovered') {
    yield { kind: 'seller_discovered', profile };
    for (const notice of sellerNotices(profile, options.policy.noticeCodes)) yield { kind: 'notice', notice };
  }
  const credentials = (storyboard: Parameters<RunEnvironment['credentialFor']>[0]) => credentialFor(storyboard, bundle, tokens);
  const planned = planRun(bundle, profile, {
    missingController: options.policy.missingController, scope: options.scope, unauthenticated: discovery.kind === 'failed',
    credentialGap: (storyboard) => {
      const ready = credentials(storyboard);
      return ready.kind === 'gap' ? ready.detail : undefined;
    },
  });
  if (planned.kind === 'refused') {
    yield { kind: 'run_refused', code: planned.code, message: planned.message };
    return { kind: 'completed' };
  }
  yield { kind: 'planned', plan: planned.plan };
  if (options.planOnly) return { kind: 'completed' };
  const env: RunEnvironment = {
    bundle, profile, agent, signal, clock: options.clock, seed: options.seed, credentialFor: credentials, secrets: options.secrets,
    polling: options.polling, policy: options.policy, reach: options.reach, limits: options.limits,
    startedAtMs: options.clock.now(), scenarios: {},
  };
  return yield* storyboards(planned.plan.entries, env);
}

async function* storyboards(entries: readonly PlanEntry[], env: RunEnvironment): AsyncGenerator<RunEvent, RunEnd> {
  for (const entry of entries) {
    if (entry.kind === 'skip') yield* skippedWhole(entry);
    if (entry.kind !== 'run') continue;
    for await (const event of runStoryboard(entry, env)) {
      yield event;
      const gone = event.kind === 'step_finished' && event.report.outcome.kind === 'failed' ? event.report.outcome.transport : undefined;
      if (gone !== undefined && GONE.has(gone.code) && !(await isBack(env))) return { kind: 'seller_lost', message: gone.message };
    }
  }
  return { kind: 'completed' };
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
