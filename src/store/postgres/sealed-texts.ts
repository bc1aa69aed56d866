import { OperatorError } from '../../domain/ports/operator-store.ts';
import { LOOKS_SEALED, UNTOUCHED, type Renewal } from '../sealed-texts.ts';
import { writeAudit } from './audit.ts';
import { openConnections, type Queries } from './connections.ts';
import { OPERATOR } from './operator.ts';
import { serversLiving } from './presence.ts';
import { joined, raw, sql } from './sql.ts';

interface Column {
  readonly table_name: string;
  readonly column_name: string;
  readonly data_type: string;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Writes every sealed text anew, in one transaction with the entry of the audit trail. What PostgreSQL keeps of rows as they were goes when it vacuums.
 * @returns how many rows were written
 * @throws OperatorError while servers use the database
 */
export async function renewSealedInDatabase(url: string, { held, renewed, act }: Renewal): Promise<number> {
  const db = openConnections({ url, connections: 1, application: OPERATOR });
  try {
    return await db.transaction(async (tx) => {
      await tx.script('SET LOCAL statement_timeout = 0');
      const living = await serversLiving(tx);
      if (living > 0) throw new OperatorError(`${living} ${living === 1 ? 'server uses' : 'servers use'} the database; stop them first`);
      held();
      const columns = await tx.all<Column>(sql`SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
        JOIN information_schema.tables t USING (table_schema, table_name)
        WHERE table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.data_type IN ('text', 'character varying', 'json', 'jsonb') AND NOT table_name = ANY(${[...UNTOUCHED]}::text[])`);
      let rows = 0;
      for (const column of columns) rows += await renewColumn(tx, column, renewed);
      await writeAudit(tx, act);
      return rows;
    });
  } finally {
    await db.close();
  }
}

async function renewColumn(tx: Queries, { table_name, column_name, data_type }: Column, renewed: Renewal['renewed']): Promise<number> {
  const [table, column] = [raw(quoted(table_name)), raw(quoted(column_name))];
  const cells = await tx.all<{ id: string; cell: string }>(
    sql`SELECT ctid::text AS id, ${column}::text AS cell FROM ${table} WHERE ${joined(LOOKS_SEALED.map((pattern) => sql`${column}::text LIKE ${pattern}`), ' OR ')}`);
  const found = cells.map(({ id, cell }) => ({ id, anew: renewed(cell) })).filter(({ anew }) => anew.size > 0);
  for (const { id, anew } of found) {
    const text = [...anew].reduce((inner, [old, next]) => sql`replace(${inner}, ${old}, ${next})`, sql`${column}::text`);
    await tx.run(sql`UPDATE ${table} SET ${column} = ${text}::${raw(data_type)} WHERE ctid = ${id}::tid`);
  }
  return found.length;
}
