import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../../config/config.ts';
import { maskedDatabaseUrl, postgresUrl } from '../../config/database-url.ts';
import { ConfigError } from '../../config/yaml-file.ts';
import { intake } from '../../store/postgres/transfer.ts';
import { openDatabase } from '../../store/sqlite/database.ts';
import { sqliteRowCount, sqliteRows } from '../../store/sqlite/transfer.ts';
import { Summing, TRANSFER_TABLES, type TransferRow, type TransferTable } from '../../store/transfer.ts';
import { EXIT } from '../exit.ts';
import { explain } from '../explain.ts';
import { systemClock } from '../system.ts';
import { act } from './act.ts';
import { table as columns } from './operator-command.ts';

interface MigrateFlags {
  readonly to?: string;
  readonly config?: string;
  readonly data?: string;
}

/** Rows that are written at once, and the characters at which fewer are. */
const ROWS = 2_000;
const CHARACTERS = 8 * 1024 * 1024;
/** How often a table that is long says how far it is. */
const TOLD_EACH = 100_000;

/** `adwright migrate`: the embedded store, moved to PostgreSQL. */
export function migrateCommand(): Command {
  return new Command('migrate').description('copy the store of a stopped server to an empty PostgreSQL database')
    .option('--to <url>', 'the database (default: $DATABASE_URL, or what $DATABASE_URL_FILE holds, so that no password stands among the processes)')
    .option('--config <file>', 'the configuration that the server runs with').option('--data <dir>', 'the data folder (default: .adwright)')
    .addHelpText('after', `
Everything is copied in one transaction, read back and compared: all of it is there at the end, or nothing. What was interrupted begins anew.
The store itself stays as it is. Keys are not in it: start the server with the same data folder (vault.key, signing-keys/) and DATABASE_URL.

Example:
  DATABASE_URL_FILE=/run/secrets/database_url adwright migrate --data /var/lib/adwright

Exit codes: 0 copied and compared, 1 nothing was copied, 2 wrong usage`)
    .action(async (flags: MigrateFlags) => {
      try {
        process.stdout.write(`${await moved(flags)}\n`);
      } catch (error) {
        process.stderr.write(`adwright: nothing was copied: ${explain(error)}\n`);
        process.exitCode = EXIT.failed;
      }
    });
}

async function moved({ to, config: file, data }: MigrateFlags): Promise<string> {
  const { config } = loadConfig({ ...(file ? { config: file } : {}), ...(data ? { data } : {}) }, to === undefined ? process.env : {});
  const url = to === undefined ? config.database_url : postgresUrl(to, '--to');
  if (url === undefined) throw new ConfigError('name the database with --to, or in DATABASE_URL');
  const store = join(config.data, 'adwright.sqlite');
  if (!existsSync(store)) throw new ConfigError(`there is no store at ${store}; name the data folder with --data`);
  const source = openDatabase(store);
  try {
    const sums = await intake(url, act('store.migrate', systemClock.now(), `store:${store}`), async (into) => {
      const compared: string[][] = [];
      for (const table of TRANSFER_TABLES) {
        const given = await copied(table, sqliteRows(source.sql, table), sqliteRowCount(source.sql, table), into.put);
        const { rows, digest } = await into.sum(table);
        if (rows !== given.rows || digest !== given.digest) throw new Error(`"${table.name}" is not there as it was: ${rows} rows of ${given.rows}, digest ${digest} in place of ${given.digest}`);
        compared.push([table.name, String(rows), digest.slice(0, 16)]);
      }
      return compared;
    });
    return `${columns(['TABLE', 'ROWS', 'DIGEST'], sums)}\n\ncopied to ${maskedDatabaseUrl(url)} and compared; the audit trail verifies there`;
  } finally {
    source.close();
  }
}

/** Writes the rows of a table in batches. @returns what they add up to */
async function copied(table: TransferTable, rows: Iterable<TransferRow>, total: number, put: (table: TransferTable, rows: readonly TransferRow[]) => Promise<void>) {
  const summing = new Summing();
  let [batch, characters, done, told]: [TransferRow[], number, number, number] = [[], 0, 0, 0];
  const write = async () => {
    await put(table, batch);
    done += batch.length;
    if (done - told >= TOLD_EACH) process.stderr.write(`${table.name}: ${(told = done)} of ${total}\n`);
    [batch, characters] = [[], 0];
  };
  for (const row of rows) {
    summing.add(row);
    batch.push(row);
    characters += row.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
    if (batch.length >= ROWS || characters >= CHARACTERS) await write();
  }
  if (batch.length > 0) await write();
  return summing.sum;
}
