/** The embedded store as rows that another engine takes: columns that only the other one has are derived from the records. */
import type { ColumnKind, TransferRow, TransferTable, TransferValue } from '../transfer.ts';
import type { Sql } from './database.ts';

const member = (path: string): string => `json_extract(record, '$.${path}')`;
/** Answers are kept, whoever gave them; claims end with their process. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Columns that are not simply read, by table. */
const DERIVED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  accounts: { governed: `json_type(record, '$.governance_agents') IS NOT NULL` },
  media_buys: { currency: member('currency'), start_time: member('start_time'), end_time: member('end_time') },
  packages: {
    product_id: `coalesce((SELECT json_extract(p.value, '$.package.product_id') FROM media_buys m, json_each(m.record, '$.packages') p
      WHERE m.seq = packages.buy AND json_extract(p.value, '$.package.package_id') = packages.package_id), '')`,
  },
  goals: { position: 'row_number() OVER (PARTITION BY buy ORDER BY rowid)' },
  creatives: {
    account_id: member('account_id'), concept_id: member('creative.concept_id'), tags: `coalesce(${member('creative.tags')}, '[]')`,
    format_agent: `coalesce(${member('creative.format_id.agent_url')}, '')`, format_id: `coalesce(${member('creative.format_id.id')}, '')`,
    format_width: member('creative.format_id.width'), format_height: member('creative.format_id.height'), format_duration_ms: member('creative.format_id.duration_ms'),
    variables: `coalesce(json_array_length(record, '$.creative.variables'), 0)`, purge: member('purge.kind'),
  },
  tasks: { waiting: `status = 'submitted' AND json_type(record, '$.request') IS NOT NULL`, context: `coalesce(record -> '$.context', '')` },
  idempotency: { holder: `'${NOBODY}'` },
};

export const sqliteRowCount = (sql: Sql, { name }: TransferTable): number => (sql.prepare(`SELECT count(*) n FROM ${name}`).get() as { n: number }).n;

/** Every row of a table, as it is stored now. */
export function* sqliteRows(sql: Sql, { name, columns }: TransferTable): Generator<TransferRow> {
  const kinds = Object.values(columns);
  const select = Object.keys(columns).map((column) => `${DERIVED[name]?.[column] ?? column} "${column}"`);
  for (const row of sql.prepare(`SELECT ${select.join(', ')} FROM ${name}`).raw().iterate() as IterableIterator<unknown[]>)
    yield row.map((value, at) => (value === null ? null : READ[kinds[at]!](value)));
}

/** What SQLite gives for each kind, as both engines know it. */
const READ: Readonly<Record<ColumnKind, (value: unknown) => TransferValue>> = {
  text: String,
  uuid: String,
  texts: canonical,
  json: canonical,
  integer: Number,
  real: Number,
  boolean: (value) => value === 1,
  time: (value) => new Date(value as string).toISOString(),
  bytes: (value) => (value as Buffer).toString('hex'),
};

function canonical(value: unknown): string {
  return JSON.stringify(JSON.parse(value as string));
}
