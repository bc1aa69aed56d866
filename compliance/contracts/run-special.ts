/** A step in which the judge itself does what a contract says, other than waiting for webhooks. */
import type { StepRun } from '../execute/step-run.ts';
import type { SpecialStep } from '../special-step.ts';
import type { StepReport } from '../step-report.ts';
import { tripRateLimit } from './idempotency/rate-limit-trip.ts';
import { runSigningProbe } from './request-signing/run-signing-probe.ts';
import { observeSubstitution } from './substitution/observe-substitution.ts';
import { replayVector } from './vector-replay.ts';
import { watchWebhooks } from './webhooks/watch.ts';

export function runSpecial(run: StepRun, report: StepReport, special: SpecialStep): Promise<StepReport> {
  switch (special.kind) {
    case 'webhook': return watchWebhooks(run, special, report, new AbortController().signal);
    case 'vector_replay': return replayVector(run, report, special);
    case 'rate_limit_trip': return tripRateLimit(run, report, special);
    case 'substitution': return observeSubstitution(run, report, special);
    case 'signing_probe': return runSigningProbe(run, report, special);
    case 'parallel_dispatch': throw new Error(`${special.kind} is not run here`);
  }
}
