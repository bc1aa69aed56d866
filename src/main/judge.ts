import type { Command } from 'commander';

/** The judge as a command. Loaded only when it is asked for: a server that starts needs none of it. */
export async function judgeCommand(): Promise<Command> {
  const { processIo, storyboardCommand } = await import('../../compliance/cli.ts');
  return storyboardCommand(processIo(interrupted()));
}

/** Its bundles of storyboards, as a command. */
export async function bundlesCommand(): Promise<Command> {
  const { bundleCommand, processIo } = await import('../../compliance/cli.ts');
  return bundleCommand(processIo(interrupted()));
}

/** Runs `adwright storyboard run` in this process. @returns its exit code */
export async function gradeWithJudge(args: readonly string[]): Promise<number> {
  const { processIo, runStoryboardCli } = await import('../../compliance/cli.ts');
  return runStoryboardCli(['run', ...args], processIo(interrupted()));
}

function interrupted(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}
