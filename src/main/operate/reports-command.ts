import { Command } from 'commander';
import type { FeedbackRecord } from '../../domain/performance-feedback.ts';
import { bindingUsage, type UsageRecord } from '../../domain/usage-record.ts';
import { limitOf, operatorCommand, table } from './operator-command.ts';

/** `adwright reports`: what buyers say is owed, and how their buys do. */
export function reportsCommand(): Command {
  const usage = new Command('usage').description('what was used and is owed, newest first; what may be invoiced on binds')
    .option('--account <id>', 'only of this account').option('--limit <n>', 'as many', '50').option('--json', 'whole, a line each');
  const feedback = new Command('feedback').description('what buyers think of their buys, newest first; 1 is as expected')
    .option('--buy <id>', 'only on this media buy').option('--limit <n>', 'as many', '50').option('--json', 'whole, a line each');
  return new Command('reports').description('read what buyers report: usage and feedback')
    .addCommand(operatorCommand(usage, async (store, flags) => told(await store.usage(flags['account'] as string | undefined, limitOf(flags['limit'])), flags, USAGE)))
    .addCommand(operatorCommand(feedback, async (store, flags) => told(await store.feedback(flags['buy'] as string | undefined, limitOf(flags['limit'])), flags, FEEDBACK)))
    .addHelpText('afterAll', '\nExample:\n  adwright reports usage --account acct_7203\n\nExit codes: 0 done, 1 failed, 2 wrong usage');
}

interface Columns<Row> {
  readonly none: string;
  readonly head: readonly string[];
  readonly cells: (row: Row, all: readonly Row[]) => readonly string[];
}

const days = ({ start, end }: { readonly start: string; readonly end: string }): string => `${start.slice(0, 10)} to ${end.slice(0, 10)}`;

const USAGE: Columns<UsageRecord> = {
  none: 'no usage was reported',
  head: ['RECEIVED', 'ACCOUNT', 'MEDIA BUY', 'PERIOD', 'OWED', 'WINDOW', 'STANDS'],
  cells: (row, all) => {
    const { entry: { media_buy_id, vendor_cost, currency, measurement_window, final } } = row;
    const stands = bindingUsage(all.toReversed()).includes(row) ? 'binds' : final === true ? 'replaced' : 'preliminary';
    return [row.received_at, row.account_id, media_buy_id ?? '', days(row.reporting_period), `${vendor_cost} ${currency}`, measurement_window ?? '', stands];
  },
};

const FEEDBACK: Columns<FeedbackRecord> = {
  none: 'no feedback was given',
  head: ['RECEIVED', 'MEDIA BUY', 'PACKAGE', 'CREATIVE', 'PERIOD', 'ON', 'INDEX', 'FROM'],
  cells: (row) => [
    row.received_at, row.media_buy_id, row.package_id ?? '', row.creative_id ?? '', days(row.measurement_period), row.metric_type, String(row.performance_index), row.feedback_source,
  ],
};

function told<Row>(rows: readonly Row[], { json }: Readonly<Record<string, unknown>>, { none, head, cells }: Columns<Row>): string {
  if (json) return rows.map((row) => JSON.stringify(row)).join('\n');
  return rows.length === 0 ? none : table(head, rows.map((row) => cells(row, rows)));
}
