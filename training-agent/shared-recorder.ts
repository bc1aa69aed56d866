import type { RecordedCall, Recorder } from '../src/domain/ports/recorder.ts';
import type { SharedState } from './shared-state.ts';

/** How much is kept; the oldest goes first. Their size is looked at every so many calls: adding it up costs more than keeping a few too many. */
const MOST = { calls: 5_000, bytes: 64 * 1024 * 1024, weighed_each: 256 } as const;

/** What every server of the sandbox has sent: a job may run in another one than the call that left it. */
export function sharedRecorder({ rows }: SharedState, most: Readonly<Record<keyof typeof MOST, number>> = MOST): Recorder {
  return {
    record(call) {
      const { seq } = rows.get<{ seq: number }>('INSERT INTO calls (at, bytes, call) VALUES (?, ?, ?) RETURNING seq', Date.parse(call.timestamp), call.payload.length, JSON.stringify(call))!;
      rows.run('DELETE FROM calls WHERE seq <= ?', seq - most.calls);
      if (seq % most.weighed_each === 0)
        rows.run('DELETE FROM calls WHERE seq <= (SELECT max(seq) FROM (SELECT seq, sum(bytes) OVER (ORDER BY seq DESC) together FROM calls) WHERE together > ?)', most.bytes);
    },
    since(since) {
      const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since);
      return rows.all<{ call: string }>('SELECT call FROM calls WHERE at >= ? ORDER BY seq', Number.isFinite(from) ? from : -1).map(({ call }) => JSON.parse(call) as RecordedCall);
    },
  };
}
