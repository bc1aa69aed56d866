/** What a probe task found out: a document with its HTTP reply, a finding of the probe's own, or a reason to leave the step out. */
import type { Skip } from '../../step-report.ts';
import type { StepRun } from '../step-run.ts';
import type { FetchedDocument } from './document.ts';

export type Probed =
  | {
    readonly kind: 'looked';
    /** The last request that was made, undefined when none was needed. */
    readonly fetched?: FetchedDocument;
    /** What the step's checks look at. */
    readonly data: unknown;
    /** What is wrong, beside the checks of the step: a code of the contract and a sentence. */
    readonly fault?: ProbeFault;
  }
  | { readonly kind: 'skip'; readonly skip: Skip };

export interface ProbeFault {
  readonly code: string;
  /** What the sentence is about: a document, a member. */
  readonly subject: string;
  readonly problem: string;
  readonly actual?: unknown;
}

export type Probe = (run: StepRun) => Promise<Probed>;
