import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../../config/config.ts';
import { withinWindow } from '../../domain/ports/attribution-policy.ts';
import { rebuildIndexes } from '../../store/sqlite/rebuild.ts';
import { EXIT } from '../exit.ts';
import { switchedFeatures } from '../features.ts';
import { table } from './operator-command.ts';

/** `adwright rebuild`: indexes anew, from what they are over. */
export function rebuildCommand(): Command {
  return new Command('rebuild').description('count the indexes of a stopped server anew: conversions by day and hour, packages, goals, assignments, due flights')
    .option('--config <file>', 'the configuration that the server runs with')
    .option('--data <dir>', 'the data folder (default: .adwright)')
    .addHelpText('after', '\nIt changes no fact, and says how many rows were not what the facts say. On a sound store that is none.\n\nExit codes: 0 done, 1 failed, 2 wrong usage')
    .action((flags: { readonly config?: string; readonly data?: string }) => {
      try {
        process.stdout.write(`${rebuilt(flags)}\n`);
      } catch (error) {
        process.stderr.write(`adwright: ${(error as Error).message}\n`);
        process.exitCode = EXIT.failed;
      }
    });
}

function rebuilt(flags: { readonly config?: string; readonly data?: string }): string {
  const { config } = loadConfig(flags, {});
  const file = join(config.data, 'adwright.sqlite');
  if (!existsSync(file)) throw new Error(`there is no store at ${file}; name the data folder with --data`);
  const dedup = switchedFeatures(config.features).conversion_tracking?.multi_source_event_dedup ?? false;
  const indexes = rebuildIndexes(file, withinWindow(dedup));
  return table(['INDEX', 'ROWS', 'WERE WRONG'], indexes.map(({ index, rows, wrong }) => [index, String(rows), String(wrong)]));
}
