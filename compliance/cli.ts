/** The command `adwright storyboard`: run, list, show, lint, new. */
import { Command, CommanderError } from 'commander';
import { type CliIo, EXIT_INCOMPLETE, EXIT_USAGE, UsageError } from './cli/io.ts';
import { lintCommand, listRulesCommand } from './cli/lint-command.ts';
import { listCommand } from './cli/list-command.ts';
import { newCommand } from './cli/new-command.ts';
import { runCommand } from './cli/run-command.ts';
import { type RunFlags, runSettings } from './cli/run-options.ts';
import { showCommand } from './cli/show-command.ts';

export type { CliIo } from './cli/io.ts';
export { processIo } from './cli/process-io.ts';

const EXIT_CODES = `
Exit codes:
  0  the seller conforms (known failures of a baseline aside)
  1  a step failed, or a selected storyboard could show nothing
  2  wrong usage, or a broken storyboard (the others still run)
  3  the seller could not be reached, nothing was selected, or the run is incomplete (or the judge itself broke)
  The first of usage, 3, broken storyboard, 1 that holds decides.
`;

const RUN_EXAMPLE = 'adwright storyboard run http://127.0.0.1:4100/mcp --token "$TOKEN" --select \'media_buy_seller/*\' --json report.json';

/**
 * The `storyboard` command, to be mounted on a program or parsed on its own. Exit codes go to `io.exit`; wrong flags
 * are told in one line and thrown as a CommanderError, which whoever parses has to catch; so is the end of `--help`.
 */
export function storyboardCommand(io: CliIo): Command {
  const storyboard = prepared(new Command('storyboard'), io)
    .description('Grade a seller with storyboards, and look after the storyboards.')
    .addHelpText('after', '\nExample:\n  adwright storyboard run http://127.0.0.1:4100/mcp --token "$TOKEN"\n');
  return storyboard.addCommand(run(io)).addCommand(list(io)).addCommand(show(io)).addCommand(lint(io)).addCommand(create(io));
}

/** Runs the command with arguments and gives the exit code. */
export async function runStoryboardCli(args: readonly string[], io: Omit<CliIo, 'exit'>): Promise<number> {
  let exitCode = 0;
  const program = new Command('adwright').addCommand(storyboardCommand({ ...io, exit: (code) => { exitCode = code; } }));
  try {
    await program.parseAsync(['storyboard', ...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return exitCode;
}

function run(io: CliIo): Command {
  return prepared(new Command('run'), io)
    .description('Grade the seller at URL (its MCP endpoint).')
    .argument('<url>', 'MCP endpoint of the seller')
    .option('--token <token>', 'bearer token; replaces the key of every ordinary test kit')
    .option('--kit-token <id=token>', 'token for one kit with a special relationship (repeatable)', collect)
    .option('--bundle <dir>', 'folder with compliance/ and schemas/ (default: the storyboards of this package)')
    .option('--select <address>', 'ID, ID#phase or ID#phase/step, * for any text (repeatable; default: what the seller claims)', collect)
    .option('--exclude <id>', 'leave a storyboard out (repeatable)', collect)
    .option('--json <file>', 'write the report as JSON; - for standard output')
    .option('--report <format=file>', 'write a report; formats: json (repeatable)', collect)
    .option('--baseline <file>', 'known failures: they do not fail the run, new and mended ones do')
    .option('--update-baseline', 'rewrite the baseline with the failures of this run')
    .option('--timeout <seconds>', 'longest wait for one reply', '30')
    .option('--deadline <seconds>', 'longest time for the whole run (default: none)')
    .option('--max-body <mebibytes>', 'largest reply', '10')
    .option('--seed <text>', 'fixes the generated ids (default: random, printed)')
    .option('-v, --verbose', 'show every step, and what was sent and came when one fails')
    .option('--no-color', 'no colours')
    .addHelpText('after', `${EXIT_CODES}\nExample:\n  ${RUN_EXAMPLE}\n`)
    .action(guarded(io, (url: string, flags: RunFlags) => runCommand(runSettings(url, flags, io.env), io)));
}

function list(io: CliIo): Command {
  return prepared(new Command('list'), io)
    .description('List the storyboards of a bundle.')
    .option('--bundle <dir>', 'folder with compliance/ and schemas/ (default: the storyboards of this package)')
    .addHelpText('after', '\nExample:\n  adwright storyboard list --bundle ./adcp/3.1.19\n')
    .action(guarded(io, (flags: { bundle?: string }) => listCommand(flags.bundle, io)));
}

function show(io: CliIo): Command {
  return prepared(new Command('show'), io)
    .description('Show what a storyboard asks and checks.')
    .argument('<id>', 'id of the storyboard')
    .option('--bundle <dir>', 'folder with compliance/ and schemas/ (default: the storyboards of this package)')
    .addHelpText('after', '\nExample:\n  adwright storyboard show capability_discovery --bundle ./adcp/3.1.19\n')
    .action(guarded(io, (id: string, flags: { bundle?: string }) => showCommand(id, flags.bundle, io)));
}

function lint(io: CliIo): Command {
  return prepared(new Command('lint'), io)
    .description('Find the problems of storyboard files, without a network. Exit code 0: none (warnings aside), 1: some, 2: wrong usage.')
    .argument('[path...]', 'bundles, folders or files of a bundle (default: the storyboards of this package)')
    .option('--bundle <dir>', 'bundle to check when no path is given')
    .option('--rule <id>', 'look only for what this rule finds (repeatable)', collect)
    .option('--list-rules', 'print every rule and what it finds')
    .option('--strict', 'warnings fail, too')
    .option('--json', 'print the problems as JSON')
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExample:\n  adwright storyboard lint storyboards/protocols\n')
    .action(guarded(io, (paths: string[], flags: LintFlags) => (flags.listRules === true ? listRulesCommand(io) : lintCommand({
      paths, color: flags.color, json: flags.json === true, strict: flags.strict === true, rules: flags.rule ?? [],
      ...(flags.bundle !== undefined && { bundle: flags.bundle }),
    }, io))));
}

function create(io: CliIo): Command {
  return prepared(new Command('new'), io)
    .description('Write the beginning of a storyboard: it lints clean and runs as it is.')
    .argument('<id>', 'id of the storyboard, its last part is the name of the file')
    .option('--protocol <name>', 'put it among the scenarios of a protocol, media-buy')
    .option('--specialism <name>', 'put it among the storyboards of a specialism')
    .option('--task <tool>', 'tool to call, in order (repeatable; default: get_adcp_capabilities)', collect)
    .option('--bundle <dir>', 'folder of the bundle to write it into (default: here)', '.')
    .addHelpText('after', '\nExample:\n  adwright storyboard new our_seller/late_events --protocol media-buy --task log_event --task get_media_buy_delivery\n')
    .action(guarded(io, (id: string, { task, ...flags }: NewFlags) => newCommand({ id, tasks: task ?? [], ...flags }, io)));
}

interface NewFlags {
  readonly protocol?: string;
  readonly specialism?: string;
  readonly task?: readonly string[];
  readonly bundle: string;
}

interface LintFlags {
  readonly bundle?: string;
  readonly rule?: readonly string[];
  readonly listRules?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
}

/** Errors in one line, help on standard output, no way to end the process from within. */
function prepared(command: Command, io: CliIo): Command {
  return command
    .configureOutput({
      writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => Math.max(60, Math.min(io.width, 120)),
      outputError: (text, write) => write(`adwright: ${text.trim().replace(/^error: /, '').replaceAll('\n', ' ')}\n`),
    })
    .showSuggestionAfterError(true)
    .exitOverride((error) => {
      if (error.exitCode !== 0) io.exit(EXIT_USAGE);
      throw error;
    });
}

/** Runs an action and takes its exit code; wrong usage becomes one line. What the judge itself broke over says nothing about the seller. */
function guarded<A extends unknown[]>(io: CliIo, action: (...args: A) => number | Promise<number>): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      io.exit(await action(...args));
    } catch (error) {
      const wrongUsage = error instanceof UsageError;
      io.stderr.write(wrongUsage ? `adwright: ${error.message}\n` : `adwright: the judge broke, which is a bug of its own: ${stackOf(error)}\n`);
      io.exit(wrongUsage ? EXIT_USAGE : EXIT_INCOMPLETE);
    }
  };
}

const stackOf = (error: unknown): string => (error instanceof Error ? error.stack ?? error.message : String(error));
const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), value];
