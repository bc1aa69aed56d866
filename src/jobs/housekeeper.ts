/** Forgets what has been kept long enough: a little at a time, so that calls do not wait for it. */
import type { Clock } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';
import { forgottenBefore, type Retention } from '../domain/retention.ts';

export interface Housekeeper {
  /** Begins nothing new and waits for what runs. */
  stop(): Promise<void>;
}

export interface HousekeeperOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly retention: Retention;
  /** Told of a round that failed; the next one tries again. */
  readonly report: (error: unknown) => void;
}

const ROUND_MS = 3_600_000;
/** As many rows go in one commit. */
const AT_ONCE = 200;

/** One round now, and one each hour. */
export function startHousekeeper({ store, clock, retention, report }: HousekeeperOptions): Housekeeper {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => { stopping.signal.addEventListener('abort', () => resolve()); });
  const rounds = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await forgetOld(store, retention, clock.now(), stopping.signal).catch(report);
      await Promise.race([clock.sleep(ROUND_MS), stopped]);
    }
  };
  const ended = rounds();
  return { stop: () => { stopping.abort(); return ended; } };
}

/** @returns how many rows were forgotten */
export async function forgetOld(store: Store, retention: Retention, now: Date, signal?: AbortSignal): Promise<number> {
  let forgotten = 0;
  for (const { what, before } of forgottenBefore(retention, now)) {
    for (;;) {
      const rows = signal?.aborted ? 0 : await store.forgettable(what, before, AT_ONCE);
      if (rows === 0) break;
      const audit = { at: now.toISOString(), principal_id: 'operator', task: 'retention', subjects: [`${what}:${rows}`] };
      await store.commit({ changes: [{ kind: 'forget', what, before, limit: AT_ONCE }], audit });
      forgotten += rows;
    }
  }
  return forgotten;
}
