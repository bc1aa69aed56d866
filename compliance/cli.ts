/** The commands `adwright storyboard` (run, step, replay, list, show, lint, new) and `adwright bundle`. */
import { Command, CommanderError } from 'commander';
import { bundleCommand } from './cli/bundle-command.ts';
import { withContractOptions } from './cli/contract-options.ts';
import { givenFlags } from './cli/given-flags.ts';
import type { CliIo } from './cli/io.ts';
import type { NewSettings } from './cli/new-command.ts';
import { BUNDLE_HELP, collect, guarded, prepared } from './cli/prepared.ts';
import { type RunFlags, runSettings } from './cli/run-options.ts';
import { REPORT_FORMATS } from './report/format.ts';

export type { CliIo } from './cli/io.ts';
export { bundleCommand } from './cli/bundle-command.ts';
export { processIo } from './cli/process-io.ts';

const EXIT_CODES = `
Exit codes:
  0  the seller conforms (known failures of a baseline aside)
  1  a step failed, or a selected storyboard could show nothing
  2  wrong usage, or a broken storyboard (the others still run)
  3  the seller could not be reached, nothing was selected, or the run is incomplete (or the judge itself broke)
  The first of usage, 3, broken storyboard, 1 that holds decides.
`;

/** The headings of a long list of flags. */
const GROUPS = {
  scope: 'What to run:', seller: 'How to reach the seller:', manner: 'How to run:', contracts: 'Special contracts:', told: 'How it is told:',
};

const RUN_EXAMPLE = 'adwright storyboard run http://127.0.0.1:4100/mcp --token "$TOKEN" --select \'media_buy_seller/*\' --json report.json';

const STEP_EXAMPLE = 'adwright storyboard step http://127.0.0.1:4100/mcp media_buy_seller/reach_buy_flow#reach_delivery/get_reach_delivery';

/**
 * The `storyboard` command, to be mounted on a program or parsed on its own. Exit codes go to `io.exit`; wrong flags
 * are told in one line and thrown as a CommanderError, which whoever parses has to catch; so is the end of `--help`.
 */
export function storyboardCommand(io: CliIo): Command {
  const storyboard = prepared(new Command('storyboard'), io)
    .description('Grade a seller with storyboards, and look after the storyboards.')
    .addHelpText('after', '\nExample:\n  adwright storyboard run http://127.0.0.1:4100/mcp --token "$TOKEN"\n');
  return storyboard.addCommand(run(io)).addCommand(step(io)).addCommand(replay(io))
    .addCommand(list(io)).addCommand(show(io)).addCommand(lint(io)).addCommand(create(io));
}

/** Runs `adwright storyboard …` or `adwright bundle …` and gives the exit code. */
export async function runJudgeCli(args: readonly string[], io: Omit<CliIo, 'exit'>): Promise<number> {
  let exitCode = 0;
  const ending: CliIo = { ...io, exit: (code) => { exitCode = code; } };
  const program = new Command('adwright').addCommand(storyboardCommand(ending)).addCommand(bundleCommand(ending));
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return exitCode;
}

/** Runs `adwright storyboard` with arguments and gives the exit code. */
export function runStoryboardCli(args: readonly string[], io: Omit<CliIo, 'exit'>): Promise<number> {
  return runJudgeCli(['storyboard', ...args], io);
}

function run(io: CliIo): Command {
  const command = prepared(new Command('run'), io)
    .description('Grade the seller at URL (its MCP endpoint).')
    .argument('<url>', 'MCP endpoint of the seller')
    .argument('[path...]', 'storyboard files or folders to run, inside a bundle or not (default: what the seller claims)');
  return reportOptions(sellerOptions(scopeOptions(command))).optionsGroup(GROUPS.scope)
    .option('--watch', 'run again what failed, when the seller comes back or a storyboard changes')
    .addHelpText('after', `${EXIT_CODES}\nExample:\n  ${RUN_EXAMPLE}\n`)
    .action(guarded(io, async (url: string, paths: string[], flags: RunFlags, own: Command) => {
      const settings = runSettings({ url, paths }, flags, io.env, givenFlags(own));
      if (settings.watch) return (await import('./cli/watch-command.ts')).watchCommand(settings, io);
      return (await import('./cli/run-command.ts')).runCommand(settings, io);
    }));
}

/** Which part of a bundle. */
function scopeOptions(command: Command): Command {
  return command.optionsGroup(GROUPS.scope)
    .option('--select <address>', 'ID, ID#phase or ID#phase/step, * for any text (repeatable; default: what the seller claims)', collect)
    .option('--exclude <id>', 'leave a storyboard out (repeatable)', collect)
    .option('--track <track>', 'of what is selected, only this track (repeatable)', collect)
    .option('--specialism <id>', 'the storyboards of a specialism, claimed or not (repeatable)', collect)
    .option('--dry-run', 'ask the seller what it claims, say what would run and what would not, and stop');
}

/** How to get at the seller, and how to deal with it. */
function sellerOptions(command: Command): Command {
  command.optionsGroup(GROUPS.scope)
    .option('--bundle <bundle>', BUNDLE_HELP);
  command.optionsGroup(GROUPS.seller)
    .option('--token <token>', 'bearer token; replaces the key of every ordinary test kit')
    .option('--kit-token <id=token>', 'token for one kit with a special relationship (repeatable)', collect)
    .option('--transport <mcp|a2a|both>', 'how the seller is reached; both: and where its answers differ (default: mcp)')
    .option('--agent <key=url[,token]>', 'another agent, for storyboards that need several (repeatable)', collect)
    .option('--timeout <seconds>', 'longest wait for one reply', '30')
    .option('--deadline <seconds>', 'longest time for the whole run (default: none)')
    .option('--max-body <mebibytes>', 'largest reply', '10')
    .option('--allow-private', 'let URLs that the seller or a storyboard names lead to private addresses')
    .option('--map <origin=origin>', 'send what is for one origin to another: https://host=http://127.0.0.1:PORT (repeatable)', collect);
  command.optionsGroup(GROUPS.manner)
    .option('--compat <policy>', 'official: send, skip and count as the official runner does (default: authored)')
    .option('--jobs <n>', 'storyboards that may run at a time, when they share no account', '1')
    .option('--session-header <name>', 'gives each storyboard a partition of the seller, so that those that share an account can run at a time')
    .option('--shuffle', 'runs the storyboards in an order that follows from the seed: whether one passes may not depend on what ran before')
    .option('--seed <text>', 'fixes the generated ids, and the order of --shuffle (default: random, printed)');
  withContractOptions(command.optionsGroup(GROUPS.contracts));
  return command.optionsGroup(GROUPS.told)
    .option('-v, --verbose', 'show every step, and what was sent and came when one fails')
    .option('--no-color', 'no colours');
}

/** What a run is compared with, and where it is told. */
function reportOptions(command: Command): Command {
  return command.optionsGroup(GROUPS.told)
    .option('--json <file>', 'write the report as JSON; - for standard output')
    .option('--report <format=file>', `write a report; formats: ${REPORT_FORMATS.join(', ')}; - for standard output (repeatable)`, collect)
    .option('--baseline <file>', 'known failures: they do not fail the run, new and mended ones do')
    .option('--update-baseline', 'rewrite the baseline with the failures of this run');
}

function step(io: CliIo): Command {
  const command = prepared(new Command('step'), io)
    .description('Run one step with its prerequisites, and show what was sent, what came, and every check.')
    .argument('<url>', 'MCP endpoint of the seller')
    .argument('<address>', 'ID#phase/step')
    .argument('[path...]', 'file or folder that the storyboard is in (default: the bundle)');
  return sellerOptions(command)
    .addHelpText('after', `${EXIT_CODES}\nExample:\n  ${STEP_EXAMPLE}\n`)
    .action(guarded(io, async (url: string, address: string, paths: string[], flags: RunFlags, own: Command) => {
      const settings = runSettings({ url, paths }, { ...flags, select: [address] }, io.env, givenFlags(own));
      return (await import('./cli/step-command.ts')).stepCommand(settings, io);
    }));
}

function replay(io: CliIo): Command {
  const command = prepared(new Command('replay'), io)
    .description('Run again what a JSON report tells of, and print only what changed.')
    .argument('<report>', 'file that --json wrote')
    .argument('[url]', 'another seller than the one of the report');
  return sellerOptions(command)
    .addHelpText('after', `${EXIT_CODES}\nExample:\n  adwright storyboard replay report.json --token "$TOKEN"\n`)
    .action(guarded(io, async (report: string, url: string | undefined, flags: RunFlags, own: Command) =>
      (await import('./cli/replay-command.ts')).replayCommand({ report, flags, given: givenFlags(own), ...(url !== undefined && { url }) }, io)));
}

function list(io: CliIo): Command {
  return prepared(new Command('list'), io)
    .description('List the storyboards of a bundle.')
    .option('--bundle <bundle>', BUNDLE_HELP)
    .addHelpText('after', '\nExample:\n  adwright storyboard list --bundle ./adcp/3.1.19\n')
    .action(guarded(io, async (flags: { bundle?: string }) => (await import('./cli/list-command.ts')).listCommand(flags.bundle, io)));
}

function show(io: CliIo): Command {
  return prepared(new Command('show'), io)
    .description('Show what a storyboard asks and checks.')
    .argument('<id>', 'id of the storyboard')
    .option('--bundle <bundle>', BUNDLE_HELP)
    .addHelpText('after', '\nExample:\n  adwright storyboard show capability_discovery --bundle ./adcp/3.1.19\n')
    .action(guarded(io, async (id: string, flags: { bundle?: string }) => (await import('./cli/show-command.ts')).showCommand(id, flags.bundle, io)));
}

function lint(io: CliIo): Command {
  return prepared(new Command('lint'), io)
    .description('Find the problems of storyboard files, without a network. Exit code 0: none (warnings aside), 1: some, 2: wrong usage.')
    .argument('[path...]', 'bundles, folders or files (default: the storyboards of this package)')
    .option('--bundle <bundle>', 'bundle to check when no path is given, or that files outside of any are joined to')
    .option('--rule <id>', 'look only for what this rule finds (repeatable)', collect)
    .option('--list-rules', 'print every rule and what it finds')
    .option('--strict', 'warnings fail, too')
    .option('--json', 'print the problems as JSON')
    .option('--no-color', 'no colours')
    .addHelpText('after', '\nExample:\n  adwright storyboard lint storyboards/protocols\n')
    .action(guarded(io, async (paths: string[], flags: LintFlags) => {
      const { lintCommand, listRulesCommand } = await import('./cli/lint-command.ts');
      return flags.listRules === true ? listRulesCommand(io) : lintCommand({
        paths, color: flags.color, json: flags.json === true, strict: flags.strict === true, rules: flags.rule ?? [],
        ...(flags.bundle !== undefined && { bundle: flags.bundle }),
      }, io);
    }));
}

interface LintFlags {
  readonly bundle?: string;
  readonly rule?: readonly string[];
  readonly listRules?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly color: boolean;
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
    .action(guarded(io, async (id: string, { task, ...flags }: Omit<NewSettings, 'id' | 'tasks'> & { readonly task?: readonly string[] }) =>
      (await import('./cli/new-command.ts')).newCommand({ id, tasks: task ?? [], ...flags }, io)));
}
