/** Colours of a terminal, or none. */
export interface Paint {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly strong: (text: string) => string;
}

const sgr = (code: number, end: number) => (text: string) => `\u001b[${code}m${text}\u001b[${end}m`;
const plain = (text: string): string => text;

export function paint(colours: boolean): Paint {
  if (!colours) return { good: plain, bad: plain, warn: plain, dim: plain, strong: plain };
  return { good: sgr(32, 39), bad: sgr(31, 39), warn: sgr(33, 39), dim: sgr(2, 22), strong: sgr(1, 22) };
}
