import type { AccountRecord } from '../../domain/account.ts';
import type { AccountFilter, Page, PageRequest } from '../../domain/ports/store-queries.ts';
import { Stale } from '../stale.ts';
import { RecordCache } from './record-cache.ts';
import { Conditions, pageBySeq, recordOf, type RecordRow, type Statements } from './rows.ts';

const MOST_KEPT = 10_000;
const keyOf = (principal_id: string, account_id: string): string => `${principal_id}\n${account_id}`;

export class Accounts {
  readonly #sql: Statements;
  readonly #kept = new RecordCache<AccountRecord>(MOST_KEPT);
  /** First pages of what callers ask for again and again: the account that a brand and an operator name. */
  readonly #pages = new RecordCache<Page<AccountRecord>>(MOST_KEPT);

  constructor(statements: Statements) {
    this.#sql = statements;
  }

  get(principal_id: string, account_id: string): AccountRecord | undefined {
    return this.#kept.get(keyOf(principal_id, account_id), () => {
      const row = this.#sql.get<RecordRow>('SELECT seq, record FROM accounts WHERE principal_id = ? AND account_id = ?', principal_id, account_id);
      return row && recordOf<AccountRecord>(row);
    });
  }

  list(principal_id: string, filter: AccountFilter, page: PageRequest): Page<AccountRecord> {
    if (filter.brand_domain === undefined || page.after !== undefined) return this.#list(principal_id, filter, page);
    return this.#pages.get(JSON.stringify([principal_id, filter, page.limit]), () => this.#list(principal_id, filter, page))!;
  }

  #list(principal_id: string, filter: AccountFilter, page: PageRequest): Page<AccountRecord> {
    const where = new Conditions().and('principal_id = ?', principal_id)
      .when(filter.account_id, 'account_id = ?')
      .among('account_id', filter.account_ids)
      .when(filter.brand_domain, 'brand_domain = ?')
      .when(filter.brand_id, 'brand_id = ?')
      .when(filter.operator, 'operator = ?')
      .when(filter.sandbox, 'sandbox = ?', filter.sandbox ? 1 : 0)
      .when(filter.status, 'status = ?');
    return pageBySeq(this.#sql, 'accounts', where, page);
  }

  /** It is read anew from now on. */
  forget({ principal_id, account_id }: AccountRecord): void {
    this.#kept.forget(keyOf(principal_id, account_id));
    this.#pages.clear();
  }

  put(account: AccountRecord, onlyIfNew: boolean): void {
    const record = { ...account, row_version: account.row_version + 1 };
    const key = [account.brand.domain, account.brand.brand_id ?? '', account.operator, account.sandbox ? 1 : 0];
    if (account.row_version > 0) {
      const changed = this.#sql.run(
        `UPDATE accounts SET brand_domain = ?, brand_id = ?, operator = ?, sandbox = ?, status = ?, row_version = row_version + 1, record = ?
         WHERE principal_id = ? AND account_id = ? AND row_version = ?`,
        ...key, account.status, JSON.stringify(record), account.principal_id, account.account_id, account.row_version);
      if (changed === 0) throw new Stale();
      return;
    }
    if (onlyIfNew && this.#sql.get('SELECT 1 FROM accounts WHERE brand_domain = ? AND brand_id = ? AND operator = ? AND sandbox = ? AND principal_id = ?', ...key, account.principal_id))
      throw new Stale();
    const added = this.#sql.run(
      `INSERT INTO accounts (brand_domain, brand_id, operator, sandbox, status, row_version, record, principal_id, account_id)
       VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING`,
      ...key, account.status, JSON.stringify(record), account.principal_id, account.account_id);
    if (added === 0) throw new Stale();
  }
}
