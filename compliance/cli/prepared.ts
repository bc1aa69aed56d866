/** What every command of the judge has in common. */
import type { Command } from 'commander';
import { type CliIo, EXIT_INCOMPLETE, EXIT_USAGE, UsageError } from './io.ts';

/** What `--bundle` takes. */
export const BUNDLE_HELP = 'ours, sdk, a folder, a .tgz file, or the version of a fetched release such as 3.1.19 (default: ours)';

/** Errors in one line, help on standard output, no way to end the process from within. */
export function prepared(command: Command, io: CliIo): Command {
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
export function guarded<A extends unknown[]>(io: CliIo, action: (...args: A) => number | Promise<number>): (...args: A) => Promise<void> {
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
/** The values of a repeatable option. */
export const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), value];
