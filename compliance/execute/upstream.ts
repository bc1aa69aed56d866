/** Asks the test controller what the seller called upstream because of a step. */
import { createHash } from 'node:crypto';
import type { Credential } from '../credential.ts';
import type { JsonObject } from '../json/object.ts';
import { MAX_DIGESTS, recordedCalls, upstreamQuestion } from '../judge/checks/upstream-traffic.ts';
import type { UpstreamObservation, UpstreamQuestion } from '../judge/upstream-observation.ts';
import type { Step } from '../storyboard.ts';
import { callController, CONTROLLER, controllerScenarios } from './controller.ts';
import type { RunEnvironment } from './run-environment.ts';

const SCENARIO = 'query_upstream_traffic';
/** The seller's clock may run behind ours. */
const CLOCK_SKEW_MS = 250;
const CALL_LIMIT = 100;

export interface UpstreamTools {
  readonly env: RunEnvironment;
  readonly credential: Credential;
  readonly brandDomain?: string;
  /** When each step of the storyboard was sent. */
  readonly sentAt: ReadonlyMap<string, number>;
}

/** The observation for each `upstream_traffic` check of a step, by its entry. Checks with the same question share one call. */
export async function observeUpstream(step: Step, request: unknown, sentAtMs: number, tools: UpstreamTools): Promise<ReadonlyMap<JsonObject, UpstreamObservation>> {
  const checks = step.validations.filter((check) => check.check === 'upstream_traffic');
  const observations = new Map<JsonObject, UpstreamObservation>();
  const asked = new Map<string, UpstreamObservation>();
  for (const { authored } of checks) {
    const question = upstreamQuestion(authored, request);
    const since = question.since === undefined ? sentAtMs : tools.sentAt.get(question.since);
    const key = JSON.stringify([since, question.mode, question.identifiers]);
    const observation = asked.get(key) ?? await ask(question, since, tools);
    asked.set(key, observation);
    observations.set(authored, observation);
  }
  return observations;
}

async function ask(question: UpstreamQuestion, since: number | undefined, { env, credential, brandDomain }: UpstreamTools): Promise<UpstreamObservation> {
  if (!env.profile.tools.has(CONTROLLER)) return { kind: 'not_advertised' };
  const scenarios = await controllerScenarios(env, credential, brandDomain);
  if (scenarios === 'unknown' || !scenarios.has(SCENARIO)) return { kind: 'not_advertised' };
  if (since === undefined) return { kind: 'unknown_since', since: question.since ?? '' };
  const digests = new Map(question.identifiers.slice(0, MAX_DIGESTS).map((value) => [value, createHash('sha256').update(value).digest('hex')]));
  const reply = await callController(env, credential, brandDomain, SCENARIO, {
    since_timestamp: new Date(since - CLOCK_SKEW_MS).toISOString(), limit: CALL_LIMIT, attestation_mode: question.mode,
    ...(digests.size > 0 && question.mode === 'digest' && { identifier_value_digests: [...digests.values()] }),
  });
  const talk = { request: reply.exchange.request.payload, response: reply.payload };
  return reply.success ? { kind: 'recorded', calls: recordedCalls(reply.payload), digests, ...talk } : { kind: 'refused', error: reply.error ?? 'refused', ...talk };
}
