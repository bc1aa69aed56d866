/** Everything sealed that stands anywhere in a store is sealed anew: found by how it looks, so that nothing can be forgotten. */
import type { AuditEntry } from '../domain/ports/store.ts';

export interface Renewal {
  /** Told when the store is held, before anything is written. */
  readonly held: () => void;
  /** What stands sealed in a text, each with what is to stand there instead. */
  readonly renewed: (text: string) => ReadonlyMap<string, string>;
  readonly act: AuditEntry;
}

/** What every sealed text begins with, as SQL's LIKE finds it. */
export const LOOKS_SEALED = ['%v1.%', '%v2.%'] as const;

/** The audit trail never changes, and nothing is sealed in it. */
export const UNTOUCHED = ['audit', 'audit_head', 'migrations'] as const;
