import { stepCounts } from './summary.ts';
import type { Paint } from './paint.ts';
import { showId } from './quote.ts';
import type { RunRecord } from './run-record.ts';

const BAR_WIDTH = 30;

/**
 * How far a run has come, on one line of at most `width` columns: a bar, steps reached of those planned, failures so far, the storyboard
 * that was begun last.
 * @param current undefined when none is running
 */
export function progressBar(record: RunRecord, current: string | undefined, width: number, colours: Paint): string {
  const { planned, failed, failed_optional: optional, not_run: open } = stepCounts(record);
  const done = planned - open;
  const filled = planned === 0 ? 0 : Math.floor((done / planned) * BAR_WIDTH);
  const counted = failed - optional;
  const facts = [
    `${done}/${planned} steps`, ...(counted > 0 ? [`${counted} failed`] : []), ...(current === undefined ? [] : [showId(current)]),
  ].join('  ');
  const shade = counted > 0 ? colours.bad : colours.good;
  const room = width - BAR_WIDTH - 2;
  const shown = facts.length <= room ? facts : `${facts.slice(0, Math.max(0, room - 1))}…`;
  return `${shade('━'.repeat(filled))}${colours.dim('─'.repeat(BAR_WIDTH - filled))} ${shown}`;
}
