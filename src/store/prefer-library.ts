import type { Reach } from '../domain/caller.ts';

/**
 * Of rows that share an id over several libraries, the one of the library asked for, else the first.
 * A reach that is not wide and names no library keeps them all: which one is meant is then for the caller to say.
 */
export function preferLibrary<Rec extends { readonly library: string }>(records: readonly Rec[], idOf: (record: Rec) => string, reach: Reach): Rec[] {
  if (!reach.wide) return [...records];
  const chosen = new Map<string, Rec>();
  for (const record of records) {
    const known = chosen.get(idOf(record));
    if (known === undefined || (known.library !== reach.library && record.library === reach.library)) chosen.set(idOf(record), record);
  }
  return [...chosen.values()];
}
