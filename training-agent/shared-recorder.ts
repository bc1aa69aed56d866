import type { RecordedCall, Recorder } from '../src/domain/ports/recorder.ts';
import type { SharedState } from './shared-state.ts';

/** How much is kept; the oldest goes first. */
const MOST_CALLS = 5_000;
const MOST_BYTES = 64 * 1024 * 1024;
/** Their size is looked at now and then: adding it up costs more than keeping a few too many. */
const WEIGHED_EACH = 256;

/** What every server of the sandbox has sent: a job may run in another one than the call that left it. */
export function sharedRecorder({ rows }: SharedState): Recorder {
  return {
    record(call) {
      const { seq } = rows.get<{ seq: number }>('INSERT INTO calls (at, bytes, call) VALUES (?, ?, ?) RETURNING seq', Date.parse(call.timestamp), call.payload.length, JSON.stringify(call))!;
      rows.run('DELETE FROM calls WHERE seq <= ?', seq - MOST_CALLS);
      if (seq % WEIGHED_EACH === 0)
        rows.run('DELETE FROM calls WHERE seq <= (SELECT max(seq) FROM (SELECT seq, sum(bytes) OVER (ORDER BY seq DESC) together FROM calls) WHERE together > ?)', MOST_BYTES);
    },
    since(since) {
      const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
      return rows.all<{ call: string }>('SELECT call FROM calls WHERE at >= ? ORDER BY seq', Number.isFinite(from) ? from : -1).map(({ call }) => JSON.parse(call) as RecordedCall);
    },
  };
}
