import { goalEntries, valuations, type GoalEntry } from '../../domain/attribution.ts';
import type { Reach } from '../../domain/caller.ts';
import { dueAt } from '../../domain/media-buy-lifecycle.ts';
import { isTerminal, type MediaBuyRecord } from '../../domain/media-buy.ts';
import type { AttributionPolicy } from '../../domain/ports/attribution-policy.ts';
import type { MediaBuyFilter, Page, PageRequest } from '../../domain/ports/store-queries.ts';
import type { CreativeAssignmentRow } from '../../domain/ports/store.ts';
import { Stale } from '../stale.ts';
import { positionOf } from '../positions.ts';
import { RecordCache } from './record-cache.ts';
import { Conditions, pageBySeq, recordOf, type RecordRow, type Statements } from './rows.ts';

interface KeptBuy {
  readonly seq: number;
  readonly record: MediaBuyRecord;
}

const MOST_KEPT = 5_000;
/** So many ids are looked up one by one. */
const FEW = 100;
const keyOf = (principal_id: string, media_buy_id: string): string => `${principal_id}\n${media_buy_id}`;

export class MediaBuys {
  readonly #sql: Statements;
  readonly #policy: AttributionPolicy;
  readonly #kept = new RecordCache<KeptBuy>(MOST_KEPT);

  constructor(statements: Statements, policy: AttributionPolicy) {
    this.#sql = statements;
    this.#policy = policy;
  }

  get(reach: Reach, media_buy_id: string): MediaBuyRecord | undefined {
    return this.#within(reach, media_buy_id)?.record;
  }

  list(reach: Reach, filter: MediaBuyFilter, page: PageRequest): Page<MediaBuyRecord> {
    const { media_buy_ids: ids, statuses, or_due_by } = filter;
    if (ids !== undefined && ids.length <= FEW) return this.#named([...new Set(ids)], reach, filter, page);
    const where = new Conditions().reach(reach, 'media_buys').among('media_buy_id', ids);
    if (or_due_by === undefined) where.among('status', statuses);
    else where.and('(status IN (SELECT value FROM json_each(?)) OR due_at <= ?)', JSON.stringify(statuses ?? []), or_due_by);
    return pageBySeq(this.#sql, 'media_buys', where, page);
  }

  #within(reach: Reach, media_buy_id: string): KeptBuy | undefined {
    const { principal_id, library, wide } = reach;
    const kept = this.#kept.get(keyOf(principal_id, media_buy_id), () => {
      const row = this.#sql.get<RecordRow>('SELECT seq, record FROM media_buys WHERE principal_id = ? AND media_buy_id = ?', principal_id, media_buy_id);
      return row && { seq: row.seq, record: recordOf<MediaBuyRecord>(row) };
    });
    return kept && (library === undefined || wide || kept.record.library === library) ? kept : undefined;
  }

  #named(ids: readonly string[], reach: Reach, filter: MediaBuyFilter, page: PageRequest): Page<MediaBuyRecord> {
    const after = positionOf(page.after);
    const found = ids.flatMap((id) => this.#within(reach, id) ?? []).filter(({ record }) => fits(record, filter)).sort((a, b) => a.seq - b.seq);
    const rest = found.filter(({ seq }) => seq > after);
    const shown = rest.slice(0, page.limit);
    return { items: shown.map(({ record }) => record), total: found.length, ...(rest.length > shown.length ? { last: String(shown.at(-1)!.seq) } : {}) };
  }

  anyDue(principal_id: string, now: string): boolean {
    return this.#sql.get('SELECT 1 FROM media_buys WHERE principal_id = ? AND due_at <= ? LIMIT 1', principal_id, now) !== undefined;
  }

  ofPackages(reach: Reach, package_ids: readonly string[]): MediaBuyRecord[] {
    const where = new Conditions().reach(reach, 'media_buys').and('packages.principal_id = ?', reach.principal_id).among('packages.package_id', package_ids);
    return this.#distinct(`FROM packages JOIN media_buys ON media_buys.seq = packages.buy WHERE ${where}`, where);
  }

  awaiting(reach: Reach, creative_ids: readonly string[]): MediaBuyRecord[] {
    const where = new Conditions().reach(reach, 'media_buys').and('creative_assignments.principal_id = ?', reach.principal_id)
      .among('creative_assignments.creative_id', creative_ids);
    return this.#distinct(`FROM creative_assignments JOIN media_buys ON media_buys.seq = creative_assignments.buy WHERE ${where}`, where);
  }

  assignments(reach: Reach, creative_ids: readonly string[]): CreativeAssignmentRow[] {
    const where = new Conditions().reach(reach, 'media_buys').and('a.principal_id = ?', reach.principal_id).among('a.creative_id', creative_ids);
    return this.#sql.all<CreativeAssignmentRow>(
      `SELECT a.creative_id, media_buys.library, media_buys.media_buy_id, a.package_id, a.assigned_date
       FROM creative_assignments a JOIN media_buys ON media_buys.seq = a.buy WHERE ${where} ORDER BY a.buy, a.package_id`, ...where.values);
  }

  /** It is read anew from now on. */
  forget({ principal_id, media_buy_id }: MediaBuyRecord): void {
    this.#kept.forget(keyOf(principal_id, media_buy_id));
  }

  /** Stores the buy and renews the indexes over it. @returns its position, and how it valued what it aimed at before */
  put(buy: MediaBuyRecord): { readonly seq: number; readonly before: ReadonlyMap<string, string> } {
    const text = JSON.stringify({ ...buy, row_version: buy.row_version + 1 });
    const row = buy.row_version > 0
      ? this.#sql.get<{ seq: number }>(
          `UPDATE media_buys SET status = ?, account_id = ?, due_at = ?, row_version = row_version + 1, record = ? WHERE principal_id = ? AND media_buy_id = ? AND row_version = ? RETURNING seq`,
          buy.status, buy.account_id, dueAt(buy) ?? null, text, buy.principal_id, buy.media_buy_id, buy.row_version)
      : this.#sql.get<{ seq: number }>(
          `INSERT INTO media_buys (principal_id, library, media_buy_id, status, account_id, due_at, row_version, record) VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT DO NOTHING RETURNING seq`,
          buy.principal_id, buy.library, buy.media_buy_id, buy.status, buy.account_id, dueAt(buy) ?? null, text);
    if (row === undefined) throw new Stale();
    const known = buy.row_version > 0;
    const before = known ? this.#valuations(row.seq) : new Map<string, string>();
    if (known) this.#unindex(row.seq);
    this.#index(buy, row.seq);
    this.#assign(buy, row.seq, known);
    return { seq: row.seq, before };
  }

  /** Writes everything that follows from a stored buy anew. */
  reindex(buy: MediaBuyRecord, seq: number): void {
    this.#sql.run('UPDATE media_buys SET status = ?, account_id = ?, due_at = ? WHERE seq = ?', buy.status, buy.account_id, dueAt(buy) ?? null, seq);
    this.#unindex(seq);
    this.#index(buy, seq);
    this.#assign(buy, seq, true);
  }

  #valuations(seq: number): ReadonlyMap<string, string> {
    const rows = this.#sql.all<{ entry: string }>('SELECT entry FROM goals WHERE buy = ? ORDER BY rowid', seq);
    return valuations(rows.map((row) => JSON.parse(row.entry) as GoalEntry));
  }

  #unindex(seq: number): void {
    for (const table of ['packages', 'goals']) this.#sql.run(`DELETE FROM ${table} WHERE buy = ?`, seq);
  }

  #index(buy: MediaBuyRecord, seq: number): void {
    for (const { package: bought } of buy.packages)
      this.#sql.run('INSERT OR IGNORE INTO packages (principal_id, package_id, buy) VALUES (?, ?, ?)', buy.principal_id, bought.package_id, seq);
    for (const entry of goalEntries(buy, this.#policy))
      this.#sql.run('INSERT INTO goals (library, event_source_id, event_type, buy, entry) VALUES (?, ?, ?, ?, ?)',
        buy.library, entry.event_source_id, entry.event_type, seq, JSON.stringify(entry));
  }

  /** A buy that has ended and a package that was canceled release their creatives. An assignment that stays keeps its date. */
  #assign(buy: MediaBuyRecord, seq: number, known: boolean): void {
    const live = isTerminal(buy.status) ? [] : buy.packages.filter(({ package: { canceled } }) => canceled !== true);
    const pairs = live.flatMap(({ package: { package_id, creative_assignments = [] } }) =>
      creative_assignments.map(({ creative_id }) => ({ package_id, creative_id })));
    if (known) this.#sql.run(
      `DELETE FROM creative_assignments WHERE buy = ? AND NOT EXISTS (SELECT 1 FROM json_each(?) p
         WHERE json_extract(p.value, '$.package_id') = package_id AND json_extract(p.value, '$.creative_id') = creative_id)`,
      seq, JSON.stringify(pairs));
    for (const { package_id, creative_id } of pairs)
      this.#sql.run(
        'INSERT OR IGNORE INTO creative_assignments (principal_id, creative_id, buy, package_id, assigned_date) VALUES (?, ?, ?, ?, ?)',
        buy.principal_id, creative_id, seq, package_id, buy.updated_at);
  }

  #distinct(from: string, where: Conditions): MediaBuyRecord[] {
    return this.#sql.all<RecordRow>(`SELECT DISTINCT media_buys.seq, media_buys.record ${from} ORDER BY media_buys.seq`, ...where.values)
      .map((row) => recordOf<MediaBuyRecord>(row));
  }
}

function fits(record: MediaBuyRecord, { statuses, or_due_by }: MediaBuyFilter): boolean {
  const due = or_due_by === undefined ? undefined : dueAt(record);
  return (statuses?.includes(record.status) ?? or_due_by === undefined) || (due !== undefined && due <= or_due_by!);
}
