import type { ComparedBaseline } from './baseline.ts';
import type { Conclusion } from './conclusion.ts';
import type { Redactor } from './redact.ts';
import type { RerunCommand } from './rerun.ts';
import type { RunRecord } from './run-record.ts';

/** A run that is over, with everything that a report needs to tell of it. */
export interface FinishedRun {
  readonly record: RunRecord;
  readonly conclusion: Conclusion;
  readonly baseline?: ComparedBaseline;
  readonly redact: Redactor;
  readonly rerun: RerunCommand;
  /** Marks where foreign text begins and ends in what people and models read (md, html). Nobody who is judged can know it. */
  readonly nonce: string;
}
