/** How a chapter of the contract gets a store to try. */
import { onTestFinished } from 'vitest';
import { withinWindow, type AttributionPolicy } from '../../../src/domain/ports/attribution-policy.ts';
import type { Change, ChangeSet, Store } from '../../../src/domain/ports/store.ts';

/** A store over data of its own. */
export interface OpenedStore {
  readonly store: Store;
  /** Closes the store and opens another over the same data. */
  reopen(): Promise<Store>;
  /** Closes what is open and throws the data away. */
  dispose(): Promise<void>;
}

export type OpenStore = (attribution: AttributionPolicy) => Promise<OpenedStore>;

/** A fresh store that ends with its test. */
export async function opened(open: OpenStore, attribution = withinWindow(true)): Promise<OpenedStore> {
  const fresh = await open(attribution);
  onTestFinished(() => fresh.dispose());
  return fresh;
}

export const freshStore = async (open: OpenStore, attribution?: AttributionPolicy): Promise<Store> =>
  (await opened(open, attribution)).store;

/** A change set with its audit row. */
export const changeSet = (changes: readonly Change[], more: Partial<ChangeSet> = {}): ChangeSet => ({
  changes,
  audit: { at: '2026-11-20T12:00:00.000Z', principal_id: 'buyer', task: 'test', subjects: [] },
  ...more,
});

export const commit = (store: Store, ...changes: readonly Change[]): Promise<'committed' | 'stale'> => store.commit(changeSet(changes));

/** Commits what has to stand before a test begins. @throws Error when it is stale */
export async function given(store: Store, ...changes: readonly Change[]): Promise<void> {
  if ((await commit(store, ...changes)) !== 'committed') throw new Error('the beginning of the test is stale');
}

export const OWN = { principal_id: 'buyer', library: 'acct_test', wide: false } as const;
export const WIDE = { principal_id: 'buyer', library: 'acct_test', wide: true } as const;
