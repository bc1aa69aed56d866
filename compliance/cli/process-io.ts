import { type CliIo, EXIT_USAGE } from './io.ts';

/** Ctrl-C reaches every process of a terminal, and those that started this one may hand it on: within so long it is the same one. */
const SAME_INTERRUPT_MS = 1000;
/** As shells count it: 128 and the number of the signal. */
const INTERRUPTED = 130;

/**
 * The real process as a command sees it. A reader that goes away (`| head`) is no error; output that cannot be written (a full
 * disk) ends with the exit code of wrong usage, whatever the command found.
 */
export function processIo(signal: AbortSignal): CliIo {
  let lost = false;
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || lost) return;
      lost = true;
      process.exitCode = EXIT_USAGE;
      if (stream === process.stdout) process.stderr.write(`adwright: cannot write the output: ${error.message}\n`);
    });
  process.on('SIGINT', onlyOneInterrupt());
  return {
    stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd(), isTTY: process.stdout.isTTY ?? false,
    width: process.stdout.columns ?? 80, signal,
    exit(code) {
      process.exitCode = lost ? EXIT_USAGE : code;
    },
  };
}

/**
 * Whoever made the signal acts on the first interrupt, so that the command can say what it has; this keeps the process alive for
 * that. A second one ends it at once.
 */
function onlyOneInterrupt(): () => void {
  let first: number | undefined;
  return () => {
    if (first !== undefined && performance.now() - first > SAME_INTERRUPT_MS) process.exit(INTERRUPTED);
    first ??= performance.now();
  };
}
