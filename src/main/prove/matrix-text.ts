/** The matrix as a person reads it: a line for each lie, and what it comes to. */
import type { Suite } from './grading.ts';
import { fateOf, isCaught, killedBy, type Fate, type Row } from './matrix.ts';

const LIE_WIDTH = 46;
const CELL_WIDTH = 44;
const SIGNS: Readonly<Record<Fate, string>> = { caught: '✓', only_ours: '✓', only_official: '✓', survives: '✗', unclear: '?' };
const NOTES: Readonly<Record<Fate, string>> = { caught: '', only_ours: 'only ours', only_official: 'only official', survives: 'SURVIVES', unclear: 'no verdict' };
const TITLES: Readonly<Record<Suite, string>> = { ours: 'OURS', official: 'OFFICIAL' };

export const headText = (suites: readonly Suite[]): string => line('', 'LIE', suites.map((suite) => TITLES[suite]), '');

/** @param verbose names every storyboard and step that caught the lie, and the promise that it breaks */
export function rowText(row: Row, suites: readonly Suite[], verbose: boolean): string {
  const fate = fateOf(row);
  const first = line(SIGNS[fate], `${row.kind}/${row.name}`, suites.map((suite) => cell(Object.keys(row.caught_by[suite] ?? {}))), NOTES[fate]);
  const details = verbose || fate === 'survives' || fate === 'unclear' ? [`promise  ${row.promise}`, ...row.unclear] : [];
  const steps = verbose ? suites.flatMap((suite) => Object.entries(row.caught_by[suite] ?? {}).flatMap(([id, addresses]) =>
    (addresses.length > 0 ? addresses : [`${id} (its fixtures)`]).map((address) => `${suite.padEnd(9)}${address}`))) : [];
  return [first, ...[...details, ...steps].map((each) => `    ${each}`)].join('\n');
}

/** What it comes to: by kind, by suite, in all. */
export function totalsText(rows: readonly Row[], suites: readonly Suite[]): string {
  const kinds = [...new Set(rows.map(({ kind }) => kind))].map((kind) => {
    const those = rows.filter((row) => row.kind === kind);
    return `${kind} ${those.filter(isCaught).length}/${those.length}`;
  });
  const more = rows.filter((row) => fateOf(row) === 'only_ours').length;
  return [
    `by kind   ${kinds.join(', ')}`,
    ...(suites.length > 1 ? [...suites.map((suite) => `${suite.padEnd(9)} ${killedBy(rows, suite)} / ${rows.length}`), `only ours ${more} that the official suite misses`] : []),
    `killed    ${rows.filter(isCaught).length} / ${rows.length}`,
  ].join('\n');
}

const line = (sign: string, lie: string, cells: readonly string[], note: string): string =>
  `${sign.padEnd(2)}${lie.padEnd(LIE_WIDTH)}${cells.map((each) => each.padEnd(CELL_WIDTH)).join('')}${note}`.trimEnd();

function cell(storyboards: readonly string[]): string {
  const [first] = storyboards;
  if (first === undefined) return '-';
  const name = first.split('/').at(-1)!;
  return storyboards.length === 1 ? name : `${name} +${storyboards.length - 1}`;
}
