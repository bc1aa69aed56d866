/** A step whose task is a question of the judge's own to the seller's public documents. */
import { failed } from '../../judge/checks/check.ts';
import { holds, judgeChecks } from '../../judge/judge-step.ts';
import { type StepReport, synthesized } from '../../step-report.ts';
import { failure, skippedReport, type StepRun, surroundings } from '../step-run.ts';
import { authorizationServer } from './authorization-server.ts';
import type { FetchedDocument } from './document.ts';
import { assertJwksPurpose, fetchBrandJwks } from './jwks.ts';
import type { Probe, ProbeFault } from './probe.ts';
import { protectedResource } from './protected-resource.ts';

const PROBES: ReadonlyMap<string, Probe> = new Map([
  ['protected_resource_metadata', protectedResource], ['oauth_auth_server_metadata', authorizationServer],
  ['fetch_brand_jwks', fetchBrandJwks], ['assert_jwks_purpose', assertJwksPurpose],
]);

/** Whether the judge itself does what a task stands for by looking at public documents. */
export const isDocumentProbe = (task: string): boolean => PROBES.has(task);

/** Passes when every document could be fetched, the probe found no fault, and the step's checks hold. Nothing is captured. */
export async function runProbe(run: StepRun, blank: StepReport): Promise<StepReport> {
  const { step, env } = run;
  const from = env.clock.elapsed();
  const probed = await PROBES.get(step.task)!(run);
  const report = { ...blank, duration_ms: env.clock.elapsed() - from };
  if (probed.kind === 'skip') return skippedReport(run, report, probed.skip);
  const { fetched, data, fault } = probed;
  const seen = { ...report, ...(fetched !== undefined && exchangeOf(step.task, fetched)) };
  if (fault === undefined && fetched?.kind === 'failed')
    return { ...seen, outcome: { ...failure(run), transport: fetched.failure } };
  const checks = judgeChecks(step, {
    ...surroundings(run), task: step.task, outcome: { kind: 'succeeded' }, data, ...(fetched?.http !== undefined && { http: fetched.http }),
  });
  const validations = [...(fault === undefined ? [] : [faultFound(fault, run)]), ...checks];
  return { ...seen, validations, outcome: validations.every(holds) ? { kind: 'passed' } : failure(run) };
}

function faultFound({ code, subject, problem, actual }: ProbeFault, { step }: StepRun): StepReport['validations'][number] {
  return synthesized(code, step.title || step.task, failed(subject, problem, actual === undefined ? {} : { actual }), step.location);
}

function exchangeOf(task: string, fetched: FetchedDocument): Pick<StepReport, 'request' | 'response'> {
  return {
    request: { transport: 'http', operation: task, payload: null, url: fetched.url },
    response: {
      payload: fetched.kind === 'fetched' ? fetched.document : undefined, ...(fetched.http !== undefined && { http: fetched.http }),
    },
  };
}
