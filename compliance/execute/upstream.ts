/** Asks the test controller what the seller called upstream because of a step. */
import { createHash } from 'node:crypto';
import type { Credential } from '../credential.ts';
import type { JsonObject } from '../json/object.ts';
import { MAX_DIGESTS, recordedCalls, sinceOf, upstreamQuestions } from '../judge/checks/upstream-traffic.ts';
import type { UpstreamObservation, UpstreamQuestion } from '../judge/upstream-observation.ts';
import type { Step } from '../storyboard.ts';
import { CONTROLLER } from './build-request.ts';
import { callController, controllerScenarios } from './controller.ts';
import type { RunEnvironment } from './run-environment.ts';
import type { SandboxAccount } from './sandbox-account.ts';

const SCENARIO = 'query_upstream_traffic';
/** The seller's clock may run behind ours. */
const CLOCK_SKEW_MS = 250;
const CALL_LIMIT = 100;
/** Answers of a controller that keeps payloads to itself. */
const REFUSES_RAW: ReadonlySet<string> = new Set(['INVALID_PARAMS', 'FORBIDDEN']);

export interface UpstreamTools {
  readonly env: RunEnvironment;
  readonly credential: Credential;
  readonly account: SandboxAccount;
  /** When each step of the storyboard was sent. */
  readonly sentAt: ReadonlyMap<string, number>;
}

/** The observation for each `upstream_traffic` check of a step, by its entry. Checks of the same window share one call. */
export async function observeUpstream(
  step: Step, request: unknown, sentAtMs: number, tools: UpstreamTools
): Promise<ReadonlyMap<JsonObject, UpstreamObservation>> {
  const entries = step.validations.filter((check) => check.check === 'upstream_traffic').map(({ authored }) => authored);
  const observations = new Map<JsonObject, UpstreamObservation>();
  for (const question of upstreamQuestions(entries, request)) {
    const observation = await ask(question, question.since === undefined ? sentAtMs : tools.sentAt.get(question.since), tools);
    for (const entry of entries) if (sinceOf(entry) === question.since) observations.set(entry, observation);
  }
  return observations;
}

/**
 * Raw calls are asked for: digests prove identifiers in JSON only, and what the seller speaks upstream is not known before.
 * A controller that discloses digests alone finds those of the identifiers in the question; one that refuses to show raw calls is asked
 * for digests.
 */
async function ask(question: UpstreamQuestion, since: number | undefined, tools: UpstreamTools): Promise<UpstreamObservation> {
  const { env, credential, account } = tools;
  if (!env.profile.tools.has(CONTROLLER)) return { kind: 'not_advertised' };
  const scenarios = await controllerScenarios(env, credential, account);
  if (scenarios === 'unknown' || !scenarios.has(SCENARIO)) return { kind: 'not_advertised' };
  if (since === undefined) return { kind: 'unknown_since', since: question.since ?? '' };
  const raw = await query(question, since, 'raw', tools);
  return raw.kind === 'refused' && REFUSES_RAW.has(raw.error) ? query(question, since, 'digest', tools) : raw;
}

type Answered = Extract<UpstreamObservation, { kind: 'recorded' | 'refused' }>;

async function query(
  { identifiers }: UpstreamQuestion, since: number, mode: 'raw' | 'digest', { env, credential, account }: UpstreamTools
): Promise<Answered> {
  const digests = new Map(identifiers.slice(0, MAX_DIGESTS).map((value) => [value, createHash('sha256').update(value).digest('hex')]));
  const reply = await callController(env, credential, account, SCENARIO, {
    since_timestamp: new Date(since - CLOCK_SKEW_MS).toISOString(), limit: CALL_LIMIT, attestation_mode: mode,
    ...(digests.size > 0 && { identifier_value_digests: [...digests.values()] }),
  });
  const talk = { request: reply.exchange.request.payload, response: reply.payload };
  return reply.success
    ? { kind: 'recorded', calls: recordedCalls(reply.payload), digests, ...talk }
    : { kind: 'refused', error: reply.error ?? 'refused', ...talk };
}
