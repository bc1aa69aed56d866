/** A store whose writes are watched: when it cannot record, that is said once; when it can again, it is found out without a call. */
import type { Clock } from '../domain/ports/clock.ts';
import { StoreUnavailable, type Hindrance } from '../domain/ports/hindrance.ts';
import type { Store } from '../domain/ports/store.ts';

export interface GuardedStore {
  readonly store: Store;
  /** Why nothing can be recorded now; undefined when it can. */
  hindrance(): Hindrance | undefined;
  /** Looks no more. */
  close(): void;
}

export interface Guard {
  readonly clock: Clock;
  /** Why nothing may be recorded although the store could. */
  readonly forbidden: () => Hindrance | undefined;
  /** Told once when something begins to hinder the store, and with nothing when it has ended. */
  readonly news: (hindrance: Hindrance | undefined) => void;
}

/** How often a store that could not be written is tried. */
const TRIED_EVERY_MS = 1_000;

export function guardedStore(store: Store, { clock, forbidden, news }: Guard): GuardedStore {
  let failing: Hindrance | undefined;
  let said: Hindrance['kind'] | undefined;
  const closed = new AbortController();

  const hindrance = (): Hindrance | undefined => {
    const found = forbidden() ?? failing;
    if (found?.kind !== said) {
      said = found?.kind;
      news(found);
    }
    return found;
  };
  const watch = async (): Promise<void> => {
    while (failing !== undefined && !closed.signal.aborted) {
      await clock.sleep(TRIED_EVERY_MS);
      if (closed.signal.aborted) return;
      const found = await store.tryWrite().then(() => undefined, (error: unknown) => (error instanceof StoreUnavailable ? error.hindrance : undefined));
      failing = found;
      hindrance();
    }
  };
  const failed = (found: Hindrance): void => {
    const isNew = failing === undefined;
    failing = found;
    hindrance();
    if (isNew) void watch();
  };
  /** @throws StoreUnavailable */
  const guarded = async <Result>(write: () => Promise<Result>): Promise<Result> => {
    if (forbidden() !== undefined) throw new StoreUnavailable(hindrance()!);
    try {
      return await write();
    } catch (error) {
      if (error instanceof StoreUnavailable) failed(error.hindrance);
      throw error;
    }
  };
  return {
    hindrance,
    close: () => closed.abort(),
    store: {
      ...store,
      commit: (set) => guarded(() => store.commit(set)),
      attempted: (webhook_id, attempt, status) => guarded(() => store.attempted(webhook_id, attempt, status)),
      apiKeyUsed: (key_id, at) => guarded(() => store.apiKeyUsed(key_id, at)),
      leaseJobs: (now, until, limit) => guarded(() => store.leaseJobs(now, until, limit)),
      finishJob: (job_id, outcome) => guarded(() => store.finishJob(job_id, outcome)),
    },
  };
}
