import type { Reach } from '../../domain/caller.ts';
import { forgottenAt, type ProposalRecord } from '../../domain/proposal/proposal.ts';
import { Stale } from '../stale.ts';
import { Conditions, recordOf, type RecordRow, type Statements } from './rows.ts';

/** How many that nobody has to remember any more go with each new one, so that neither a table grows for ever nor one call pays for all. */
const FORGOTTEN_AT_ONCE = 20;

export class Proposals {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  /** In the order of the ids. One that was drafted without an account is within the reach of any account of the caller. */
  find(reach: Reach, proposal_ids: readonly string[]): ProposalRecord[] {
    const where = new Conditions().and('principal_id = ?', reach.principal_id).among('proposal_id', proposal_ids);
    if (reach.library !== undefined && !reach.wide) where.and("library IN (?, '')", reach.library);
    const rows = this.#sql.all<RecordRow>(`SELECT seq, record FROM proposals WHERE ${where}`, ...where.values).map((row) => recordOf<ProposalRecord>(row));
    return proposal_ids.flatMap((id) => rows.find((row) => row.proposal_id === id) ?? []);
  }

  /** The untouched drafts of a search, in the order in which they were drafted. */
  drafted(principal_id: string, library: string, origin: string): ProposalRecord[] {
    return this.#sql.all<RecordRow>("SELECT seq, record FROM proposals WHERE principal_id = ? AND library = ? AND origin = ? AND origin <> '' ORDER BY seq", principal_id, library, origin)
      .map((row) => recordOf<ProposalRecord>(row));
  }

  put(record: ProposalRecord): void {
    const { principal_id, library, proposal_id, origin = '', row_version } = record;
    const text = JSON.stringify({ ...record, row_version: row_version + 1 });
    if (row_version === 0) this.#forget(record.created_at);
    const done = row_version > 0
      ? this.#sql.run('UPDATE proposals SET origin = ?, forget_at = ?, row_version = row_version + 1, record = ? WHERE principal_id = ? AND proposal_id = ? AND row_version = ?',
          origin, forgottenAt(record), text, principal_id, proposal_id, row_version)
      : this.#sql.run('INSERT INTO proposals (principal_id, library, proposal_id, origin, forget_at, row_version, record) VALUES (?, ?, ?, ?, ?, 1, ?) ON CONFLICT DO NOTHING',
          principal_id, library, proposal_id, origin, forgottenAt(record), text);
    if (done === 0) throw new Stale();
  }

  #forget(now: string): void {
    this.#sql.run('DELETE FROM proposals WHERE seq IN (SELECT seq FROM proposals WHERE forget_at < ? ORDER BY forget_at LIMIT ?)', now, FORGOTTEN_AT_ONCE);
  }
}
