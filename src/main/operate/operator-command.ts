/** What the commands for operators share: they look into a store, whether its servers run or not. */
import type { Command } from 'commander';
import type { OperatorStore } from '../../domain/ports/operator-store.ts';
import { EXIT } from '../exit.ts';
import { configOf, operatorStoreOf } from './opened.ts';

export interface OperatorFlags {
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
}

/** A command over the store; what it throws is told in one line. */
export function operatorCommand<Args extends readonly unknown[]>(
  command: Command, run: (store: OperatorStore, flags: OperatorFlags & Readonly<Record<string, unknown>>, ...args: Args) => string | Promise<string>,
  /** `create`: whether a data folder that is new is no mistake. */
  { create = false }: { readonly create?: boolean } = {},
): Command {
  return command
    .option('--config <file>', 'the configuration that the server runs with')
    .option('--data <dir>', 'the data folder (default: .adwright)')
    .action(async (...given: unknown[]) => {
      const flags = given.at(-2) as OperatorFlags & Record<string, unknown>;
      try {
        const store = await operatorStoreOf(configOf(flags), create);
        try {
          process.stdout.write(`${await run(store, flags, ...(given.slice(0, -2) as unknown as Args))}\n`);
        } finally {
          await store.close();
        }
      } catch (error) {
        process.stderr.write(`adwright: ${(error as Error).message}\n`);
        process.exitCode = EXIT.failed;
      }
    });
}

/** A number of rows, from a flag. @throws Error when it is none */
export function limitOf(value: unknown): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000) throw new Error(`--limit: "${String(value)}" is not a number from 1 to 10000`);
  return limit;
}

/** Columns as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)));
  return [head, ...rows].map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n');
}
