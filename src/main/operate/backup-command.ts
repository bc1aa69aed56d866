import { Command } from 'commander';
import type { Flags } from '../../config/config.ts';
import { OperatorError } from '../../domain/ports/operator-store.ts';
import { backUp, restore } from '../../store/sqlite/backup.ts';
import { EXIT } from '../exit.ts';
import { explain } from '../explain.ts';
import { storeFile } from '../open-store.ts';
import { configOf } from './opened.ts';

/** `adwright backup`: a copy of the store, taken while the server goes on. */
export function backupCommand(): Command {
  return new Command('backup').description('copy the store to a file, while the server goes on').argument('<file>', 'the copy; must not exist')
    .option('--config <file>', 'the configuration that the server runs with').option('--data <dir>', 'the data folder (default: .adwright)')
    .addHelpText('after', '\nExample:\n  adwright backup /var/backups/adwright-$(date +%F).sqlite\n\nKeys are not in it: keep vault.key and signing-keys/ of the data folder apart from it.'
      + '\n\nExit codes: 0 copied and sound, 1 not copied, 2 wrong usage')
    .action((file: string, flags: Flags) => told(async () => {
      const { pages, migration } = await backUp(storeOf(flags), file);
      return `copied to ${file}: ${pages} pages, migration ${migration}, sound`;
    }));
}

/** `adwright restore`: a copy in the place of the store. */
export function restoreCommand(): Command {
  return new Command('restore').description('put a copy in the place of the store; the server must not run').argument('<file>', 'the copy')
    .option('--config <file>', 'the configuration that the server runs with').option('--data <dir>', 'the data folder (default: .adwright)')
    .addHelpText('after', '\nExample:\n  adwright restore /var/backups/adwright-2026-11-20.sqlite --data /var/lib/adwright\n\nExit codes: 0 restored, 1 not restored, 2 wrong usage')
    .action((file: string, flags: Flags) => told(async () => {
      const { pages, migration, kept } = await restore(file, storeOf(flags));
      return `restored from ${file}: ${pages} pages, migration ${migration}${kept ? `; what was there is ${kept}` : ''}`;
    }));
}

/** @throws OperatorError when the store is in a database, which has tools of its own for this */
function storeOf(flags: Flags): string {
  const config = configOf(flags);
  if (config.database_url !== undefined) throw new OperatorError('the store is in PostgreSQL: pg_dump and pg_restore copy it, or the tools of whoever runs the database');
  return storeFile(config);
}

async function told(work: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await work()}\n`);
  } catch (error) {
    process.stderr.write(`adwright: ${explain(error)}\n`);
    process.exitCode = EXIT.failed;
  }
}
