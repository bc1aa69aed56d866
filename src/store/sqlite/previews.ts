import { PREVIEWS_KEPT, type PreviewRecord } from '../../domain/preview/preview.ts';
import { recordOf, type RecordRow, type Statements } from './rows.ts';

/** How many expired ones go with each new one, so that neither the table grows for ever nor one call pays for all. */
const EXPIRED_AT_ONCE = 20;

export class Previews {
  readonly #sql: Statements;

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  get(preview_id: string, now: string): PreviewRecord | undefined {
    const row = this.#sql.get<RecordRow>('SELECT seq, record FROM previews WHERE preview_id = ? AND expires_at > ?', preview_id, now);
    return row && recordOf<PreviewRecord>(row);
  }

  put(preview: PreviewRecord): void {
    const { preview_id, principal_id, library = '', creative_id = '', made_at, expires_at } = preview;
    this.#sql.run('DELETE FROM previews WHERE seq IN (SELECT seq FROM previews WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)', made_at, EXPIRED_AT_ONCE);
    this.#sql.run('INSERT INTO previews (preview_id, principal_id, library, creative_id, expires_at, record) VALUES (?, ?, ?, ?, ?, ?)',
      preview_id, principal_id, library, creative_id, expires_at, JSON.stringify(preview));
    this.#sql.run('DELETE FROM previews WHERE seq IN (SELECT seq FROM previews WHERE principal_id = ? ORDER BY seq DESC LIMIT -1 OFFSET ?)', principal_id, PREVIEWS_KEPT);
  }

  forget(library: string, creative_id: string): void {
    this.#sql.run("DELETE FROM previews WHERE library = ? AND creative_id = ? AND creative_id <> ''", library, creative_id);
  }
}
