import type { CliIo } from './io.ts';

/** The real process as a command sees it. A reader that goes away (`| head`) is no error. */
export function processIo(signal: AbortSignal): CliIo {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  return {
    stdout: process.stdout, stderr: process.stderr, env: process.env, cwd: process.cwd(), isTTY: process.stdout.isTTY ?? false,
    width: process.stdout.columns ?? 80, signal,
    exit(code) {
      process.exitCode = code;
    },
  };
}
