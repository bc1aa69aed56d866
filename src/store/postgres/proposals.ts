import type { Reach } from '../../domain/caller.ts';
import { forgottenAt, type ProposalRecord } from '../../domain/proposal/proposal.ts';
import { Stale } from '../stale.ts';
import type { Queries } from './connections.ts';
import { recordsOf, type RecordRow } from './rows.ts';
import { every, sql } from './sql.ts';

type ProposalRow = RecordRow<ProposalRecord>;

/** How many that nobody has to remember any more go with each new one, so that neither a table grows for ever nor one call pays for all. */
const FORGOTTEN_AT_ONCE = 20;

/** In the order of the ids. One that was drafted without an account is within the reach of any account of the caller. */
export async function proposals(db: Queries, reach: Reach, proposal_ids: readonly string[]): Promise<ProposalRecord[]> {
  const where = every(
    sql`principal_id = ${reach.principal_id} AND proposal_id = ANY(${proposal_ids}::text[])`,
    reach.library !== undefined && !reach.wide ? sql`library IN (${reach.library}, '')` : undefined);
  const records = recordsOf(await db.all<ProposalRow>(sql`SELECT seq, record FROM proposals WHERE ${where}`));
  return proposal_ids.flatMap((id) => records.find(({ proposal_id }) => proposal_id === id) ?? []);
}

/** The untouched drafts of a search, in the order in which they were drafted. */
export async function draftedProposals(db: Queries, principal_id: string, library: string, origin: string): Promise<ProposalRecord[]> {
  return recordsOf(await db.all<ProposalRow>(
    sql`SELECT seq, record FROM proposals WHERE principal_id = ${principal_id} AND library = ${library} AND origin = ${origin} AND origin <> '' ORDER BY seq`));
}

/** @throws Stale */
export async function putProposal(tx: Queries, record: ProposalRecord): Promise<void> {
  const { principal_id, library, proposal_id, origin = '', row_version } = record;
  const text = JSON.stringify({ ...record, row_version: row_version + 1 });
  if (row_version === 0)
    await tx.run(
      sql`DELETE FROM proposals WHERE seq IN (SELECT seq FROM proposals WHERE forget_at < ${record.created_at} ORDER BY forget_at LIMIT ${FORGOTTEN_AT_ONCE} FOR UPDATE SKIP LOCKED)`);
  const done = await tx.run(row_version > 0
    ? sql`UPDATE proposals SET origin = ${origin}, forget_at = ${forgottenAt(record)}, row_version = row_version + 1, record = ${text}
          WHERE principal_id = ${principal_id} AND proposal_id = ${proposal_id} AND row_version = ${row_version}`
    : sql`INSERT INTO proposals (principal_id, library, proposal_id, origin, forget_at, row_version, record)
          VALUES (${principal_id}, ${library}, ${proposal_id}, ${origin}, ${forgottenAt(record)}, 1, ${text}) ON CONFLICT DO NOTHING`);
  if (done === 0) throw new Stale();
}
