import { Command } from 'commander';
import { EXIT } from '../exit.ts';
import { configOf, rebuiltIndexesOf } from './opened.ts';
import { table } from './operator-command.ts';

/** `adwright rebuild`: indexes anew, from what they are over. */
export function rebuildCommand(): Command {
  return new Command('rebuild').description('count the indexes anew, of a server that is stopped or of a database that servers use: conversions by day and hour, packages, goals, assignments, due flights')
    .option('--config <file>', 'the configuration that the server runs with')
    .option('--data <dir>', 'the data folder (default: .adwright)')
    .addHelpText('after', '\nIt changes no fact, and says how many rows were not what the facts say. On a sound store that is none.\n\nExample:\n  adwright rebuild --data /var/lib/adwright\n\nExit codes: 0 done, 1 failed, 2 wrong usage')
    .action(async (flags: { readonly config?: string; readonly data?: string }) => {
      try {
        process.stdout.write(`${await rebuilt(flags)}\n`);
      } catch (error) {
        process.stderr.write(`adwright: ${(error as Error).message}\n`);
        process.exitCode = EXIT.failed;
      }
    });
}

async function rebuilt(flags: { readonly config?: string; readonly data?: string }): Promise<string> {
  const indexes = await rebuiltIndexesOf(configOf(flags));
  return table(['INDEX', 'ROWS', 'WERE WRONG'], indexes.map(({ index, rows, wrong }) => [index, String(rows), String(wrong)]));
}
