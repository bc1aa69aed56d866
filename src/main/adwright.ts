/** The `adwright` command. */
import { Command, CommanderError } from 'commander';
import { EXIT } from './exit.ts';
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

/** Each is loaded only when it is asked for: the judge starts without the seller, and the seller without the judge. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve-command.ts')).serveCommand().copyInheritedSettings(program),
  demo: async () => (await import('./demo-command.ts')).demoCommand().copyInheritedSettings(program),
  config: async () => (await import('./config-command.ts')).configCommand().copyInheritedSettings(program),
  prove: async () => (await import('./prove-command.ts')).proveCommand().copyInheritedSettings(program),
  catalogue: async () => inheriting((await import('./catalogue-command.ts')).catalogueCommand()),
  webhooks: async () => inheriting((await import('./operate/webhooks-command.ts')).webhooksCommand()),
  creatives: async () => inheriting((await import('./operate/creatives-command.ts')).creativesCommand()),
  governance: async () => inheriting((await import('./operate/governance-command.ts')).governanceCommand()),
  rebuild: async () => inheriting((await import('./operate/rebuild-command.ts')).rebuildCommand()),
  tasks: async () => inheriting((await import('./operate/tasks-command.ts')).tasksCommand()),
  catalogs: async () => inheriting((await import('./operate/catalogs-command.ts')).catalogsCommand()),
  reports: async () => inheriting((await import('./operate/reports-command.ts')).reportsCommand()),
  audit: async () => inheriting((await import('./operate/audit-command.ts')).auditCommand()),
  backup: async () => inheriting((await import('./operate/backup-command.ts')).backupCommand()),
  restore: async () => inheriting((await import('./operate/backup-command.ts')).restoreCommand()),
  migrate: async () => inheriting((await import('./operate/migrate-command.ts')).migrateCommand()),
  doctor: async () => inheriting((await import('./operate/doctor/doctor-command.ts')).doctorCommand()),
  key: async () => inheriting((await import('./operate/key-command.ts')).keyCommand()),
  vault: async () => inheriting((await import('./operate/vault-command.ts')).vaultCommand()),
  storyboard: async () => (await import('./judge.ts')).judgeCommand(),
  bundle: async () => (await import('./judge.ts')).bundlesCommand(),
};

/** A command, and those below it, that tell of wrong usage as the program does. */
function inheriting(command: Command): Command {
  for (const below of command.commands) inheriting(below as Command);
  return command.copyInheritedSettings(program);
}

try {
  const asked = process.argv[2] ?? '';
  for (const name of Object.hasOwn(COMMANDS, asked) ? [asked] : Object.keys(COMMANDS))
    program.addCommand(await COMMANDS[name]!());
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
}
