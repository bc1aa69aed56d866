interface Version {
  readonly numbers: readonly number[];
  readonly pre: readonly string[];
}

/** Whether `version` is at least `bound` in the order of semantic versioning, pre-releases included. */
export function isReached(version: string, bound: string): boolean {
  const [a, b] = [parse(version), parse(bound)];
  for (let i = 0; i < 3; i += 1)
    if (a.numbers[i] !== b.numbers[i]) return (a.numbers[i] ?? 0) > (b.numbers[i] ?? 0);
  if (a.pre.length === 0 || b.pre.length === 0) return a.pre.length === 0;
  return comparePre(a.pre, b.pre) >= 0;
}

function parse(text: string): Version {
  const [core = '', ...pre] = text.replace(/\+.*$/, '').split('-');
  return { numbers: core.split('.').map(Number), pre: pre.length === 0 ? [] : pre.join('-').split('.') };
}

function comparePre(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.max(a.length, b.length); i += 1) {
    const [left, right] = [a[i], b[i]];
    if (left === right) continue;
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const [leftNumber, rightNumber] = [/^\d+$/.test(left), /^\d+$/.test(right)];
    if (leftNumber && rightNumber) return Number(left) - Number(right);
    if (leftNumber !== rightNumber) return leftNumber ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}
