/** What a rule of `lint` is: a function from a suite to what it finds, with the place of each finding. */
import type { YamlNode } from '../load/yaml-node.ts';
import type { Location } from '../location.ts';
import type { Problem } from '../problem.ts';
import type { RuleId } from './rule-table.ts';
import type { LintSuite } from './suite.ts';

export type LintFinding = Problem<RuleId>;

export type LintRule = (suite: LintSuite) => readonly LintFinding[];

/** Something that a judge cannot or will not do as it is written, or that no seller can satisfy. */
export function wrong(code: RuleId, at: YamlNode | Location, message: string, wayOut: string): LintFinding {
  return finding('error', code, at, message, wayOut);
}

/** Something that works, and is hardly what the author means. */
export function doubtful(code: RuleId, at: YamlNode | Location, message: string, wayOut: string): LintFinding {
  return finding('warning', code, at, message, wayOut);
}

function finding(severity: LintFinding['severity'], code: RuleId, at: YamlNode | Location, message: string, wayOut: string): LintFinding {
  return { code, severity, message, way_out: wayOut, location: 'isMap' in at ? at.location : at };
}

export const quoted = (value: unknown): string => JSON.stringify(value);

/** At most three names that a mistyped one may stand for: no more than so many letters are added, dropped or changed. */
export function nearest(name: string, known: readonly string[], most = Math.max(1, Math.floor(name.length / 3))): readonly string[] {
  return known.map((each) => ({ each, distance: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ distance: far }) => far <= most)
    .sort((a, b) => a.distance - b.distance || (a.each < b.each ? -1 : 1)).slice(0, 3).map(({ each }) => each);
}

/** What to write instead: the names that may be meant, or something else when there are none. */
export const orElse = (near: readonly string[], otherwise: string): string => (near.length > 0 ? `write ${near.join(' or ')}` : otherwise);

/** Levenshtein's: how many letters are added, dropped or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
