import type { Command } from 'commander';
import type { GivenFlag } from '../report/rerun.ts';

/** The flags that were typed, without those that stand at their defaults. */
export function givenFlags(command: Command): readonly GivenFlag[] {
  return command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli').map((option) => {
    const value: unknown = command.getOptionValue(option.attributeName());
    return { flag: option.long ?? option.flags, values: typeof value === 'boolean' ? [] : [value].flat().map(String) };
  });
}
