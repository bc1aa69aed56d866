import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';
import { startHousekeeper } from '../jobs/housekeeper.ts';

/** Starts forgetting what has been kept as long as the configuration says. @returns what ends it */
export function housekeeping({ retention }: Config, { store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Logger }): () => Promise<void> {
  const housekeeper = startHousekeeper({ store, clock, retention, report: (error) => log.error({ err: error }, 'forgetting what is old failed') });
  return () => housekeeper.stop();
}
