import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { withinWindow, type AttributionPolicy } from '../domain/ports/attribution-policy.ts';
import type { Store } from '../domain/ports/store.ts';
import { openPostgresStore } from '../store/postgres/store.ts';
import { openSqliteStore } from '../store/sqlite/store.ts';
import { openThreadedStore } from '../store/sqlite/threaded-store.ts';

export interface StoreMeans {
  /** The sandbox's rule; absent: events count within their windows. */
  readonly attribution?: AttributionPolicy | undefined;
  /** Whether one event that several sources log counts once; absent: only what the first source of a goal logs counts. */
  readonly dedup?: boolean | undefined;
  readonly log?: Pick<Logger, 'warn'>;
}

/** The file of the embedded store. */
export const storeFile = ({ data }: Pick<Config, 'data'>): string => join(data, 'adwright.sqlite');

/**
 * Opens what keeps everything: the database that the configuration names, which other servers may share, or else a file that is this server's alone.
 * @throws StoreInUse when another server has the file; StoreUnavailable when the database cannot be reached
 */
export async function openStore(config: Config, { attribution, dedup = false, log }: StoreMeans): Promise<Store> {
  const { database_url: url } = config;
  if (url !== undefined) return openPostgresStore({
    url, attribution: attribution ?? withinWindow(dedup), ...config.database,
    lost: ({ message }) => log?.warn({ reason: message }, 'lost an idle connection to the database; another is opened when it is needed'),
  });
  const file = storeFile(config);
  return attribution ? openSqliteStore({ file, attribution }) : openThreadedStore({ file, multi_source_event_dedup: dedup });
}
