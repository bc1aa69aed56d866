/** The entries of `refine`: of what kind each is, and which of them may stand together (seller specification §2.5). */
import { invalid, type Refused } from '../../protocol/errors.ts';
import type { RefineEntry } from '../../protocol/wire/get-products.ts';

export type RequestEntry = Extract<RefineEntry, { scope: 'request' }>;
export type ProductEntry = Extract<RefineEntry, { scope: 'product' }>;
export type ProposalEntry = Extract<RefineEntry, { scope: 'proposal' }>;

export const isFinal = (entry: RefineEntry): entry is ProposalEntry => entry.scope === 'proposal' && entry.action === 'finalize';

/** Whoever commits has done refining: `finalize` stands with its like only, and once for a proposal. */
export function finalizeFlaw(entries: readonly RefineEntry[]): Refused | undefined {
  if (!entries.some(isFinal)) return undefined;
  const other = entries.findIndex((entry) => !isFinal(entry));
  if (other >= 0) return invalid(`refine[${other}]`, 'where a proposal is finalised, nothing else may be refined; send two calls');
  const ids = entries.map((entry) => (entry as ProposalEntry).proposal_id);
  const again = ids.findIndex((id, at) => ids.indexOf(id) < at);
  return again < 0 ? undefined : invalid(`refine[${again}]`, `proposal "${ids[again]!}" is finalised twice in one call`);
}

/** Every wish about the whole or a product, as one text for the ranking. */
export const asksOf = (entries: readonly RefineEntry[]): string =>
  entries.flatMap((entry) => (entry.scope === 'proposal' || entry.ask === undefined ? [] : [entry.ask])).join('. ');
