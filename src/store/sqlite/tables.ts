import type { AudienceRecord } from '../../domain/audience.ts';
import type { CreativeRecord } from '../../domain/creative.ts';
import type { EventSourceRecord } from '../../domain/event-source.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import { Accounts } from './accounts.ts';
import { ApiKeys } from './api-keys.ts';
import { Books } from './books.ts';
import { Catalogs } from './catalogs.ts';
import { Delivery } from './delivery.ts';
import { Events } from './events.ts';
import { Idempotency } from './idempotency.ts';
import { StoredInventory } from './inventory.ts';
import { Jobs } from './jobs.ts';
import { LibraryTable } from './libraries.ts';
import { MediaBuys } from './media-buys.ts';
import { Previews } from './previews.ts';
import { Proposals } from './proposals.ts';
import { Old } from './retention.ts';
import type { Statements } from './rows.ts';
import { Tasks } from './tasks.ts';
import { SignatureNonces } from './signature-nonces.ts';
import { Webhooks } from './webhooks.ts';

/** The aggregates over one connection. */
export interface Tables {
  readonly apiKeys: ApiKeys;
  readonly nonces: SignatureNonces;
  readonly accounts: Accounts;
  readonly buys: MediaBuys;
  readonly proposals: Proposals;
  readonly inventory: StoredInventory;
  readonly creatives: LibraryTable<CreativeRecord>;
  readonly previews: Previews;
  readonly audiences: LibraryTable<AudienceRecord>;
  readonly catalogs: Catalogs;
  readonly sources: LibraryTable<EventSourceRecord>;
  readonly events: Events;
  readonly delivery: Delivery;
  readonly books: Books;
  readonly old: Old;
  readonly keys: Idempotency;
  readonly jobs: Jobs;
  readonly tasks: Tasks;
  readonly webhooks: Webhooks;
  readonly rows: Statements;
}

export function tablesOver(rows: Statements, attribution: AttributionPolicy): Tables {
  return {
    apiKeys: new ApiKeys(rows),
    nonces: new SignatureNonces(rows),
    accounts: new Accounts(rows),
    buys: new MediaBuys(rows, attribution),
    proposals: new Proposals(rows),
    inventory: new StoredInventory(rows),
    creatives: new LibraryTable<CreativeRecord>(rows, 'creatives', 'creative_id', (each) => each.creative_id, {
      name: (each) => each.creative.name, status: (each) => each.status, created_date: (each) => each.created_date, updated_date: (each) => each.updated_date,
      purged_at: (each) => each.purge?.at ?? null,
    }, 'purged_at'),
    previews: new Previews(rows),
    audiences: new LibraryTable<AudienceRecord>(rows, 'audiences', 'audience_id', (each) => each.audience_id),
    catalogs: new Catalogs(rows),
    sources: new LibraryTable<EventSourceRecord>(rows, 'event_sources', 'event_source_id', (each) => each.event_source_id),
    events: new Events(rows, attribution),
    delivery: new Delivery(rows),
    books: new Books(rows),
    old: new Old(rows),
    keys: new Idempotency(rows),
    jobs: new Jobs(rows),
    tasks: new Tasks(rows),
    webhooks: new Webhooks(rows),
    rows,
  };
}
