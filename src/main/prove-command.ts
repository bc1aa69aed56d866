import { Command, InvalidArgumentError, Option } from 'commander';
import { availableParallelism } from 'node:os';

/** Exit codes of `adwright prove`. */
export const PROVE_EXIT = { proven: 0, survived: 1, usage: 2, unproven: 3 } as const;

/** Most of a grading is waiting for webhooks that must not come. */
const SELLERS_A_PROCESSOR = 8;

export interface ProveFlags {
  readonly official?: string;
  readonly baseline?: string;
  readonly only?: readonly string[];
  readonly select?: readonly string[];
  readonly jobs: number;
  readonly json?: string;
  readonly verbose?: true;
}

export function proveCommand(): Command {
  return new Command('prove')
    .description('judge the judge: grade sellers that tell one lie each, and show which storyboard caught which')
    .addOption(new Option('--official <bundle>', 'grade with this bundle, too, and show what it misses (a folder, or what --bundle of "storyboard run" takes)'))
    .option('--baseline <file>', 'known failures of the honest seller under --official')
    .option('--only <lie>', 'a lie, as kind/name, name or kind (repeatable; default: all)', collect)
    .option('--select <id>', 'a storyboard of ours to grade with (repeatable; default: all that apply)', collect)
    .option('--jobs <n>', 'sellers that are graded at a time', positive, SELLERS_A_PROCESSOR * availableParallelism())
    .option('--json <file>', 'write the matrix as JSON; - for standard output')
    .option('-v, --verbose', 'with the promise, and every step that caught it')
    .addHelpText('after', `
Each lie is a seller of its own, honest but for one promise. A storyboard catches it that fails on it and not on the honest seller.

Examples:
  adwright prove
  adwright prove --official ../adcp/3.1.19 --json matrix.json
  adwright prove --only delivery -v

Exit codes:
  0  every lie was caught
  1  a lie was not caught
  2  wrong usage
  3  nothing is proven: the honest seller does not pass, or a run came to no verdict`)
    .action(async (flags: ProveFlags) => {
      const { prove } = await import('./prove/prove.ts');
      process.exitCode = await prove(flags);
    });
}

const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [...(earlier ?? []), value];

function positive(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('it takes a whole number above 0');
  return value;
}
