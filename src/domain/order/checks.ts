/**
 * The table of refusals of an order, in its order (seller specification §2.8, rows 1 and 7 to 15). The first row that finds anything
 * answers, with everything that it found.
 */
import { refused, type AdcpError, type Refused } from '../../protocol/errors.ts';
import { catalogs } from './catalogs.ts';
import { creativeFeatures, inlineCreatives, inlineProvenance } from './creatives.ts';
import { packageFlight } from './flight.ts';
import { formats } from './formats.ts';
import { goals } from './goals.ts';
import type { LineCheck, OrderFacts, PackageLine } from './line.ts';
import { amounts, bid, budget, currency } from './price.ts';
import { signals } from './signals.ts';
import { targeting } from './targeting.ts';
import { committedMetrics, measurementTerms, performanceStandards } from './terms.ts';

const ROWS: readonly (readonly LineCheck[])[] = [
  [amounts],
  [bid],
  [budget],
  [currency],
  [packageFlight],
  [formats, creativeFeatures],
  [inlineCreatives],
  [inlineProvenance],
  [targeting, signals],
  [goals],
  [measurementTerms, performanceStandards, committedMetrics],
  [catalogs],
];

/** The refusal of an order's packages, or nothing when they may be bought. */
export function linesFlaw(lines: readonly PackageLine[], facts: OrderFacts): Refused | undefined {
  return firstRow(ROWS.map((row) => () => lines.flatMap((line) => row.flatMap((check) => check(line, facts)))));
}

/** Refuses with all errors of the first row that has any. Later rows are not asked. */
export function firstRow(rows: readonly (() => readonly AdcpError[])[]): Refused | undefined {
  for (const row of rows) {
    const [first, ...more] = row();
    if (first) return refused(first, ...more);
  }
  return undefined;
}
