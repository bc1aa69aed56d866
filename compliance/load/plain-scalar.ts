/** Scalars of YAML that are written in the ordinary way. */
import { NotPlain } from './plain-node.ts';

/** What a name or a plain text may begin with; a dash only before something. */
export const PLAIN_START = /[\w$./+(<=~^;\u{a1}-\u{2fff}]|-(?=[^\s,[\]{}])/uy;
/** The name of a member and its colon. */
const KEY = /(?:([A-Za-z_$][\w$./-]*)|"([^"\\]*)"|'([^']*)') *:(?= |$)/y;
const NULL = /^(?:~|null|Null|NULL)$/;
const TRUE = /^(?:true|True|TRUE)$/;
const FALSE = /^(?:false|False|FALSE)$/;
const WHOLE = /^[-+]?[0-9]+$/;
const DECIMAL = /^[-+]?[0-9]+\.[0-9]+$/;
/** Numbers that are seldom written. */
const ODD_NUMBER = /^(?:0[ox][0-9a-fA-F]+|[-+]?(?:\.[0-9]+|[0-9]+\.?[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|nan))$/i;
const DOUBLE = /"(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/y;
const SINGLE = /'(?:[^']|'')*'/y;

/** The name at a column, and the column behind its colon; undefined when no member begins there. */
export function keyAt(line: string, column: number): { readonly name: string; readonly end: number } | undefined {
  KEY.lastIndex = column;
  const found = KEY.exec(line);
  if (found === null) return undefined;
  const [whole, plain, double, single] = found;
  if (plain !== undefined && (NULL.test(plain) || TRUE.test(plain) || FALSE.test(plain))) throw new NotPlain();
  return { name: plain ?? double ?? single!, end: column + whole.length };
}

/** What a plain text on one line stands for. */
export function plainValue(text: string): unknown {
  if (text === '' || NULL.test(text)) return null;
  if (TRUE.test(text)) return true;
  if (FALSE.test(text)) return false;
  if (WHOLE.test(text)) return Number.parseInt(text, 10);
  if (DECIMAL.test(text)) return Number.parseFloat(text);
  if (ODD_NUMBER.test(text)) throw new NotPlain();
  return text;
}

/** A quoted text that ends on its line, and the column behind it. */
export function quotedAt(line: string, column: number): { readonly value: string; readonly end: number } {
  const isDouble = line[column] === '"';
  const pattern = isDouble ? DOUBLE : SINGLE;
  pattern.lastIndex = column;
  const found = pattern.exec(line)?.[0];
  if (found === undefined) throw new NotPlain();
  return { value: isDouble ? (JSON.parse(found) as string) : found.slice(1, -1).replaceAll("''", "'"), end: column + found.length };
}

/** Whether nothing but a comment follows. */
export function endsAt(line: string, column: number): boolean {
  for (let at = column; at < line.length; at += 1)
    if (line[at] !== ' ') return line[at] === '#' && (at === 0 || line[at - 1] === ' ');
  return true;
}

/** A plain text to the end of its line: what of it is text, and whether a comment follows. */
export function plainToEnd(line: string, column: number): { readonly text: string; readonly isClosed: boolean } {
  const comment = line.indexOf(' #', column);
  const text = (comment < 0 ? line.slice(column) : line.slice(column, comment)).trimEnd();
  if (text.includes(': ') || text.endsWith(':')) throw new NotPlain();
  return { text, isClosed: comment >= 0 };
}

export function beginsPlain(line: string, column: number): boolean {
  PLAIN_START.lastIndex = column;
  return PLAIN_START.test(line);
}

/**
 * A block of text below `|` (kept as it is) or `>` (folded).
 * @param lines without its indentation; those at the end are not empty
 */
export function blockText(lines: readonly string[], folded: boolean): string {
  if (!folded) return lines.join('\n');
  let text = '';
  let separator = '';
  let wasIndented = false;
  for (const line of lines) {
    if (line === '') {
      if (separator === '\n') text += '\n';
      else separator = '\n';
    } else if (line.startsWith(' ')) {
      if (separator === ' ') separator = '\n';
      else if (!wasIndented && separator === '\n') separator = '\n\n';
      text += separator + line;
      separator = '\n';
      wasIndented = true;
    } else {
      text += separator + line;
      separator = ' ';
      wasIndented = false;
    }
  }
  return text;
}
