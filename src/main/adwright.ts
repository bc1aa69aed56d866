/** The `adwright` command. */
import { Command, CommanderError } from 'commander';
import { configCommand } from './config-command.ts';
import { demoCommand } from './demo-command.ts';
import { EXIT } from './exit.ts';
import { judgeCommand } from './judge.ts';
import { serveCommand } from './serve-command.ts';
import { VERSION } from './version.ts';

// Whoever reads what we print may stop before the end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = new Command('adwright')
  .description('An AdCP 3.1 sales agent, and a judge that grades any AdCP seller by what it claims.')
  .version(VERSION)
  .showHelpAfterError('(adwright --help shows what there is)')
  .exitOverride()
  .addHelpText('after', `
Examples:
  adwright serve --sandbox                                   start a seller to play with
  adwright storyboard run http://127.0.0.1:4100/mcp --token demo-acme-outdoor-v1
                                                             grade it, or anybody else's
  adwright demo                                              both, with a buyer's day in between

Exit codes: 0 done, 1 failed, 2 wrong usage; "adwright storyboard run --help" has its own.`);

for (const command of [serveCommand(), demoCommand(), configCommand()]) program.addCommand(command.copyInheritedSettings(program));

try {
  const [asked] = process.argv.slice(2);
  if (asked === undefined || asked.startsWith('-') || asked === 'help' || asked === 'storyboard')
    program.addCommand(await judgeCommand());
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
