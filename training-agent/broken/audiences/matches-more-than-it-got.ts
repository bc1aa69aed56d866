import { lying } from '../lying.ts';
import { number } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Says that it found more people than it was given. */
export const { promise, facade, openSandbox } = lying({
  promise: 'No more members are matched than were uploaded.',
  tells: retellsRows(['sync_audiences'], 'audiences', (row) => ('uploaded_count' in row
    ? { ...row, matched_count: number(row['total_uploaded_count'] ?? row['uploaded_count']) + 1000, effective_match_rate: 1 } : row)),
});
