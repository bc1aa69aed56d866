import type { StoryboardRecord } from './run-record.ts';
import { checkCounts } from './summary.ts';

/** What a storyboard says and the judge does not know: a slip of the pen, or of a later release. It graded nothing. */
export interface Ungraded {
  readonly checks: number;
  readonly members: number;
}

export function ungradedOf({ reports, warnings }: StoryboardRecord): Ungraded {
  return {
    checks: checkCounts([...reports.values()].flatMap(({ validations }) => validations)).unknown,
    members: warnings.filter(({ code }) => code === 'unknown_member').length,
  };
}

/** Whether something of it may not have been graded, so that it must not be shown as simply passed. */
export function isGradedInPart(storyboard: StoryboardRecord): boolean {
  const { checks, members } = ungradedOf(storyboard);
  return checks + members > 0;
}
