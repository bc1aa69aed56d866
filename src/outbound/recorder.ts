import type { RecordedCall, Recorder } from '../domain/ports/recorder.ts';

/** Keeps the newest calls up to a number and a total size of payloads. */
export function boundedRecorder(limits: { readonly calls: number; readonly bytes: number } = { calls: 5_000, bytes: 64 * 1024 * 1024 }): Recorder {
  let kept: RecordedCall[] = [];
  let bytes = 0;
  return {
    record(call) {
      kept.push(call);
      bytes += call.payload.length;
      let surplus = 0;
      while (kept.length - surplus > limits.calls || (bytes > limits.bytes && surplus < kept.length - 1)) bytes -= kept[surplus++]!.payload.length;
      if (surplus > 0) kept = kept.slice(surplus);
    },
    since: (since) => (since === undefined ? kept : kept.filter((call) => Date.parse(call.timestamp) >= Date.parse(since))),
  };
}
