import type { Clock } from '../execute/clock.ts';

/** What a command may touch of the process that it runs in. */
export interface CliIo {
  readonly stdout: { write(text: string): void };
  readonly stderr: { write(text: string): void };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Whether standard output is a terminal that shows colours. */
  readonly isTTY: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Aborted when the operator wants the command to end. */
  readonly signal: AbortSignal;
  /** Undefined: the system's. */
  readonly clock?: Clock;
  /** Takes the exit code of a command that has ended; nothing more is written after it. */
  exit(code: number): void;
}

/** Wrong usage, to be told in one line. Ends a command with exit code 2. */
export class UsageError extends Error {}

/** Exit code of wrong usage and of broken storyboards. */
export const EXIT_USAGE = 2;
/** Exit code of a run that did not come to a verdict on the seller. */
export const EXIT_INCOMPLETE = 3;

/** The width of a terminal on which a line can be drawn anew; undefined for pipes, files, and terminals that cannot. */
export function redrawnColumns({ isTTY, env, width }: CliIo): number | undefined {
  return isTTY && env['TERM'] !== 'dumb' ? width : undefined;
}

export function coloursWanted(io: CliIo, option: boolean): boolean {
  return option && io.isTTY && (io.env['NO_COLOR'] ?? '') === '';
}
