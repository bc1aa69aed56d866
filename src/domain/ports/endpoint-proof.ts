import type { NotificationConfigRecord } from '../account.ts';

/** Finds out whether an endpoint wants what it was registered for: it has to give a challenge back (seller specification §2.2). */
export interface EndpointProof {
  /** @returns whether it did; never why not, because that would tell a stranger what stands behind an address */
  prove(account_id: string, subscriber: NotificationConfigRecord): Promise<boolean>;
}
