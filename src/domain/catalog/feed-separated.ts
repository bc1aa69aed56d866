/** Reads feeds in lines of values: separated by commas (RFC 4180), or by tabs or semicolons. */
import type { FeedReading } from './feed.ts';
import type { CatalogItem } from './item-ids.ts';

const SEPARATORS = ['\t', ';', ','] as const;

/** Each line after the first as a record with the names of the first; values that are empty are left out. */
export function separatedRecords(text: string): FeedReading {
  const head = text.split(/\r?\n/, 1)[0]!;
  const separator = SEPARATORS.find((each) => head.includes(each));
  if (separator === undefined) return { kind: 'unreadable', reason: 'the feed is neither XML nor JSON, nor lines of separated values' };
  const rows = rowsOf(text, separator);
  if (rows === undefined) return { kind: 'unreadable', reason: 'a value in quotes does not end' };
  const [names = [], ...lines] = rows;
  const stray = lines.findIndex((line) => line.length > names.length);
  if (stray >= 0) return { kind: 'unreadable', reason: `record ${stray} of the feed has more values than the head has names` };
  return { kind: 'items', items: lines.map((line) => recordOf(names, line)) };
}

function recordOf(names: readonly string[], line: readonly string[]): CatalogItem {
  return Object.fromEntries(line.flatMap((value, at) => (value === '' || names[at]!.trim() === '' ? [] : [[names[at]!.trim(), value]])));
}

/** @returns undefined when a quote stays open */
function rowsOf(text: string, separator: string): string[][] | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const read = text[at] === '"' ? quoted(text, at) : bare(text, at, separator);
    if (read === undefined) return undefined;
    row.push(read.value);
    at = read.end;
    if (text[at] === separator) {
      at += 1;
      if (at === text.length) row.push('');
      continue;
    }
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (row.some((value) => value !== '')) rows.push(row);
    row = [];
  }
  if (row.some((value) => value !== '')) rows.push(row);
  return rows;
}

interface Read {
  readonly value: string;
  /** Behind the value. */
  readonly end: number;
}

function quoted(text: string, from: number): Read | undefined {
  let value = '';
  for (let at = from + 1; ;) {
    const end = text.indexOf('"', at);
    if (end < 0) return undefined;
    value += text.slice(at, end);
    if (text[end + 1] !== '"') return { value, end: end + 1 };
    value += '"';
    at = end + 2;
  }
}

function bare(text: string, from: number, separator: string): Read {
  let end = from;
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
  return { value: text.slice(from, end), end };
}
