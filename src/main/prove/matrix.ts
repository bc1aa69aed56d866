/** Which storyboard caught which lie. */
import type { Grading, Suite } from './grading.ts';

export interface Lie {
  readonly name: string;
  readonly kind: string;
  readonly promise: string;
}

export interface Row extends Lie {
  /** By suite: the storyboards that caught the lie, with the steps that did. */
  readonly caught_by: Readonly<Partial<Record<Suite, Readonly<Record<string, readonly string[]>>>>>;
  /** Runs that came to no verdict: neither a catch nor an escape. */
  readonly unclear: readonly string[];
}

export type Fate = 'caught' | 'only_ours' | 'only_official' | 'survives' | 'unclear';

/** What failed on a lying seller and not on the honest one. */
export function rowOf(lie: Lie, gradings: readonly Grading[], honest: readonly Grading[]): Row {
  const caught = gradings.filter(({ code }) => code < 2).map(({ suite, failed }) => {
    const anyway = honest.find((each) => each.suite === suite)?.failed ?? {};
    return [suite, Object.fromEntries(Object.entries(failed).filter(([storyboard]) => !(storyboard in anyway)))] as const;
  });
  return { name: lie.name, kind: lie.kind, promise: lie.promise, caught_by: Object.fromEntries(caught), unclear: gradings.filter(({ code }) => code >= 2).map(({ suite, detail }) => `${suite}: ${detail}`) };
}

const catches = (row: Row, suite: Suite): number => Object.keys(row.caught_by[suite] ?? {}).length;

export function fateOf(row: Row): Fate {
  const [ours, official] = [catches(row, 'ours') > 0, catches(row, 'official') > 0];
  if (!ours && !official) return row.unclear.length > 0 ? 'unclear' : 'survives';
  if (row.caught_by.ours === undefined || row.caught_by.official === undefined) return 'caught';
  return ours && official ? 'caught' : ours ? 'only_ours' : 'only_official';
}

export const isCaught = (row: Row): boolean => catches(row, 'ours') + catches(row, 'official') > 0;

/** How many of the lies a suite caught. */
export const killedBy = (rows: readonly Row[], suite: Suite): number => rows.filter((row) => catches(row, suite) > 0).length;
