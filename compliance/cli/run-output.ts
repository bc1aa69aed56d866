/** Everything that a run tells: live lines, reports, the final text, and annotations inside a workflow. */
import { randomBytes } from 'node:crypto';
import type { RunEvent } from '../events.ts';
import { systemClock } from '../execute/clock.ts';
import type { FailureStyle } from '../report/failure-text.ts';
import type { FinishedRun } from '../report/finished-run.ts';
import type { ReportTarget } from '../report/format.ts';
import type { RunRecord } from '../report/run-record.ts';
import { finalText } from '../report/terminal.ts';
import { type CliIo, redrawnColumns } from './io.ts';
import { LiveOutput } from './live-output.ts';
import { ReportFiles, STANDARD_OUTPUT } from './report-files.ts';
import { Workflow } from './workflow.ts';

export class RunOutput {
  readonly #style: FailureStyle;
  readonly #reports: ReportFiles;
  readonly #live: LiveOutput;
  readonly #workflow: Workflow;
  readonly #write: (text: string) => void;
  readonly #nonce = randomBytes(6).toString('hex');

  /** @throws UsageError when a report cannot be written */
  constructor(targets: readonly ReportTarget[], style: FailureStyle, io: CliIo) {
    const taken = targets.some(({ file }) => file === STANDARD_OUTPUT);
    this.#style = style;
    this.#write = (text) => (taken ? io.stderr : io.stdout).write(text);
    this.#reports = new ReportFiles(targets, io);
    this.#live = new LiveOutput(
      { write: this.#write, columns: taken ? undefined : redrawnColumns(io), clock: io.clock ?? systemClock }, style
    );
    this.#workflow = new Workflow(io, this.#write, this.#nonce);
    this.#workflow.begin();
  }

  /** @param record with the event folded in */
  show(event: RunEvent, record: RunRecord): void {
    this.#reports.event(event, this.#style.redact);
    this.#live.show(event, record);
  }

  /** Leaves the screen as others expect it, whatever came of the run. */
  close(): void {
    this.#live.clear();
    this.#workflow.end();
  }

  /** @throws UsageError when a report could not be written; the others are */
  finish(told: Omit<FinishedRun, 'nonce' | 'redact' | 'rerun'>): void {
    const { redact, rerun } = this.#style;
    const run: FinishedRun = { ...told, redact, rerun, nonce: this.#nonce };
    this.#live.clear();
    this.#write(`${redact.text(finalText(run.record, run.conclusion, run.baseline, this.#style))}\n`);
    this.#workflow.end();
    this.#workflow.annotate(run);
    this.#reports.finish(run);
  }
}
