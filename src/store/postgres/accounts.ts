import type { AccountRecord } from '../../domain/account.ts';
import type { AccountFilter, Page, PageRequest } from '../../domain/ports/store-queries.ts';
import { Stale } from '../stale.ts';
import type { Queries } from './connections.ts';
import { pageBySeq, type RecordRow } from './rows.ts';
import { among, every, raw, sql, when } from './sql.ts';

export async function account(db: Queries, principal_id: string, account_id: string): Promise<AccountRecord | undefined> {
  const row = await db.get<RecordRow<AccountRecord>>(sql`SELECT seq, record FROM accounts WHERE principal_id = ${principal_id} AND account_id = ${account_id}`);
  return row?.record;
}

export function accounts(db: Queries, principal_id: string, filter: AccountFilter, page: PageRequest): Promise<Page<AccountRecord>> {
  const where = every(
    sql`principal_id = ${principal_id}`,
    when(filter.account_id, (value) => sql`account_id = ${value}`),
    among(raw('account_id'), filter.account_ids),
    when(filter.brand_domain, (value) => sql`brand_domain = ${value}`),
    when(filter.brand_id, (value) => sql`brand_id = ${value}`),
    when(filter.operator, (value) => sql`operator = ${value}`),
    when(filter.sandbox, (value) => sql`sandbox = ${value}`),
    when(filter.status, (value) => sql`status = ${value}`));
  return pageBySeq(db, 'accounts', where, page);
}

/** @param onlyIfNew refuses a second account of the same brand, operator and sandbox flag, whoever makes it at the same time. @throws Stale */
export async function putAccount(tx: Queries, given: AccountRecord, onlyIfNew: boolean): Promise<void> {
  const { principal_id, account_id, brand: { domain, brand_id = '' }, operator, sandbox, status, row_version } = given;
  const record = JSON.stringify({ ...given, row_version: row_version + 1 });
  const governed = given.governance_agents !== undefined;
  if (row_version > 0) {
    const changed = await tx.run(
      sql`UPDATE accounts SET brand_domain = ${domain}, brand_id = ${brand_id}, operator = ${operator}, sandbox = ${sandbox}, status = ${status},
          governed = ${governed}, row_version = row_version + 1, record = ${record}
          WHERE principal_id = ${principal_id} AND account_id = ${account_id} AND row_version = ${row_version}`);
    if (changed === 0) throw new Stale();
    return;
  }
  if (onlyIfNew) await refuseSecond(tx, given);
  const added = await tx.run(
    sql`INSERT INTO accounts (principal_id, account_id, brand_domain, brand_id, operator, sandbox, status, governed, row_version, record)
        VALUES (${principal_id}, ${account_id}, ${domain}, ${brand_id}, ${operator}, ${sandbox}, ${status}, ${governed}, 1, ${record}) ON CONFLICT DO NOTHING`);
  if (added === 0) throw new Stale();
}

async function refuseSecond(tx: Queries, { principal_id, brand: { domain, brand_id = '' }, operator, sandbox }: AccountRecord): Promise<void> {
  await tx.run(sql`SELECT pg_advisory_xact_lock(hashtextextended(${JSON.stringify(['account', principal_id, domain, brand_id, operator, sandbox])}, 0))`);
  const known = await tx.get(
    sql`SELECT 1 FROM accounts WHERE principal_id = ${principal_id} AND brand_domain = ${domain} AND brand_id = ${brand_id} AND operator = ${operator} AND sandbox = ${sandbox}`);
  if (known !== undefined) throw new Stale();
}
