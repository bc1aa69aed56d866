/** What every engine behind the Store port keeps: one suite, run by each. */
import { describe } from 'vitest';
import { accounts } from './store/accounts.ts';
import { books } from './store/books.ts';
import { catalogs } from './store/catalogs.ts';
import { commits } from './store/commits.ts';
import { creatives } from './store/creatives.ts';
import { delivery } from './store/delivery.ts';
import { deliveryDetails } from './store/delivery-details.ts';
import { events } from './store/events.ts';
import { idempotency } from './store/idempotency.ts';
import { inventory } from './store/inventory.ts';
import { jobs } from './store/jobs.ts';
import { libraries } from './store/libraries.ts';
import { mediaBuys } from './store/media-buys.ts';
import { previews } from './store/previews.ts';
import { proposals } from './store/proposals.ts';
import { retention } from './store/retention.ts';
import { signatureNonces } from './store/signature-nonces.ts';
import type { OpenStore } from './store/opening.ts';
import { tasks } from './store/tasks.ts';
import { webhooks } from './store/webhooks.ts';

const CHAPTERS = [commits, accounts, mediaBuys, inventory, proposals, libraries, catalogs, creatives, previews, events, delivery, deliveryDetails, books, idempotency, jobs, tasks, webhooks, retention, signatureNonces];

/** @param open gives every test an empty store of its own */
export function storeContract(engine: string, open: OpenStore): void {
  describe(`store on ${engine}`, () => {
    for (const chapter of CHAPTERS) chapter(open);
  });
}
