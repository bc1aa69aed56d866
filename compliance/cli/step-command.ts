/** `storyboard step ADDRESS`: runs one step with its prerequisites and shows what was sent, what came, and every check. */
import { stepText } from '../report/step-text.ts';
import { conclude, plural } from '../report/conclusion.ts';
import { failureText } from '../report/failure-text.ts';
import { RunRecord } from '../report/run-record.ts';
import { verdictLine } from '../report/summary-text.ts';
import { liveText } from '../report/terminal.ts';
import { chooseBundle } from './chosen-bundle.ts';
import { type CliIo, UsageError } from './io.ts';
import { follow, prepareRun } from './run-command.ts';
import type { RunSettings } from './run-options.ts';

/** @param settings with the step as their only selection */
export async function stepCommand(settings: RunSettings, io: CliIo): Promise<number> {
  const [address] = settings.select;
  if (address?.step === undefined || address.storyboard.includes('*'))
    throw new UsageError(`${JSON.stringify(address?.text ?? '')} is no step: write it as ID#phase/step`);
  const { events, style } = prepareRun(await chooseBundle(settings, io), settings, io);
  const say = (text: string | undefined): void => {
    if (text !== undefined) io.stdout.write(`${style.redact.text(text)}\n`);
  };
  const record = new RunRecord();
  const broke = await follow(events(), record, (event) => {
    if (event.kind !== 'storyboard_finished') say(liveText(event, record, style));
  });
  if (broke !== undefined) throw broke.error;
  for (const report of record.reports) {
    if (report.prerequisite && report.outcome.kind === 'passed') continue;
    say(report.prerequisite ? undefined : stepText(report, style));
    if (report.outcome.kind === 'failed') say(`\n${failureText(report, report.prerequisite ? style : { ...style, verbose: false })}`);
  }
  const conclusion = conclude(record, undefined);
  const prerequisites = record.reports.filter(({ prerequisite }) => prerequisite).length;
  say(`\n${prerequisites === 0 ? '' : `${plural(prerequisites, 'earlier step', 'earlier steps')} ran before it\n`}${verdictLine(conclusion, style.colours)}`);
  return conclusion.exit_code;
}
