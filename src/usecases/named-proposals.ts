import type { Caller } from '../domain/caller.ts';
import { hasExpired, type ProposalRecord } from '../domain/proposal/proposal.ts';
import { adcpError, refused, type Refused } from '../protocol/errors.ts';
import type { RefineEntry } from '../protocol/wire/get-products.ts';
import type { Desk } from './desk.ts';

/** The proposals that the entries of `refine` name, by id. One that is unknown or has expired refuses the whole call. */
export async function namedProposals(
  entries: readonly RefineEntry[], caller: Caller, desk: Desk,
): Promise<{ readonly kind: 'named'; readonly records: ReadonlyMap<string, ProposalRecord> } | Refused> {
  const ids = entries.flatMap((entry) => (entry.scope === 'proposal' ? [entry.proposal_id] : []));
  const found = ids.length > 0 ? await desk.store.proposals(caller.reach, [...new Set(ids)]) : [];
  const records = new Map(found.map((record) => [record.proposal_id, record]));
  const now = desk.clock.now().toISOString();
  const [first, ...more] = entries.flatMap((entry, at) => {
    if (entry.scope !== 'proposal') return [];
    const field = `refine[${at}].proposal_id`;
    const record = records.get(entry.proposal_id);
    if (record === undefined) return [adcpError('PROPOSAL_NOT_FOUND', `proposal "${entry.proposal_id}" is not known`, { field })];
    return hasExpired(record, now) ? [adcpError('PROPOSAL_EXPIRED', `proposal "${entry.proposal_id}" expired at ${record.proposal.expires_at!}`, { field })] : [];
  });
  return first ? refused(first, ...more) : { kind: 'named', records };
}
