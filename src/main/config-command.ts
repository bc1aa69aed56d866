import { Command } from 'commander';
import { describeConfig, loadConfig, type Flags } from '../config/config.ts';
import { EXIT } from './exit.ts';

export function configCommand(): Command {
  return new Command('config')
    .description('print every setting and where it comes from; secrets are masked')
    .option('--config <file>', 'YAML or JSON; unknown keys are refused')
    .option('--data <dir>', 'as for serve').option('--port <port>', 'as for serve').option('--host <address>', 'as for serve').option('--sandbox', 'as for serve')
    .addHelpText('after', '\nExample:\n  adwright config --config adwright.yaml\n\nExit codes: 0 usable, 1 not usable, 2 wrong usage')
    .action((flags: Flags) => {
      try {
        process.stdout.write(`${describeConfig(loadConfig(flags, process.env))}\n`);
      } catch (error) {
        process.stderr.write(`adwright: ${(error as Error).message}\n`);
        process.exitCode = EXIT.failed;
      }
    });
}
