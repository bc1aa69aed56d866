/** `storyboard run --dry-run`: asks the seller what it claims, says what would run, and runs nothing. */
import type { RunEvent } from '../events.ts';
import type { FailureStyle } from '../report/failure-text.ts';
import { planText } from '../report/plan-text.ts';
import { RunRecord } from '../report/run-record.ts';
import { liveText } from '../report/terminal.ts';
import { type CliIo, EXIT_INCOMPLETE, EXIT_USAGE } from './io.ts';

/** Exit codes: 0 something would run, 2 a storyboard of the plan is broken, 3 there is no plan, or nothing in it. */
export async function showPlan(events: AsyncIterable<RunEvent>, style: FailureStyle, io: CliIo): Promise<number> {
  const record = new RunRecord();
  for await (const event of events) {
    record.add(event);
    const text = event.kind === 'planned' ? planText(event.plan, style.colours) : liveText(event, record, style);
    if (text !== undefined) io.stdout.write(`${style.redact.text(text)}\n`);
  }
  const entries = record.plan?.entries ?? [];
  if (entries.some(({ kind }) => kind === 'broken')) return EXIT_USAGE;
  return entries.some(({ kind }) => kind !== 'broken') ? 0 : EXIT_INCOMPLETE;
}
