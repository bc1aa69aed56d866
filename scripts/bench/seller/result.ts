/** One line of the table: a rate beside the one that it is measured against. */
export interface Result {
  /** Name of the ratio in the JSON: `create_media_buy_to_empty_sdk`. */
  readonly name: string;
  readonly ours: number;
  readonly beside: number;
  readonly unit: string;
  readonly target: number;
  /** Whether the ratio has to reach the target, or to stay below it; `within`: what is measured stays below what stands beside it. */
  readonly sense: 'at least' | 'at most' | 'within';
}

export const ratioOf = ({ ours, beside, sense }: Result): number => (sense === 'at most' ? beside / ours : ours / beside);

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

export function table(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const ratio = ratioOf(result);
    const reached = result.sense === 'at least' ? ratio >= result.target : ratio <= result.target;
    return [result.name, rate(result.ours), rate(result.beside), result.unit, ratio.toFixed(2), `${result.sense} ${result.target}`, reached ? 'yes' : 'NO'];
  });
  const all = [['', 'ours', 'beside', '', 'ratio', 'target', 'reached'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) => row.map((cell, column) => (column === 0 || column > 4 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ').trimEnd()).join('\n');
}

const rate = (value: number): string => Math.round(value).toLocaleString('en');
