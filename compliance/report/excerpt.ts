import type { Location } from '../location.ts';
import type { Paint } from './paint.ts';
import { escapeControls } from './quote.ts';

const MAX_SOURCE = 120;

/**
 * A message with the line that it is about, as compilers print it:
 * heading, place, source line, then one line for each note.
 */
export function excerpt(heading: string, location: Location, notes: readonly string[], remarks: readonly string[], colours: Paint): string {
  const number = String(location.line);
  const gutter = ' '.repeat(number.length);
  const source = shownSource(location);
  return [
    heading,
    `${gutter}${colours.dim('-->')} ${escapeControls(location.file)}:${location.line}:${location.column}`,
    ...(source === '' ? [] : [`${colours.dim(`${number} |`)}   ${source}`]),
    ...notes.map((note) => `${gutter} ${colours.dim('|')}   ${note}`),
    ...remarks.map((remark) => `${gutter} ${colours.dim('=')} ${remark}`),
  ].join('\n');
}

/** The line without its indentation; of a long one the part around the column. */
function shownSource({ source, column }: Location): string {
  const text = source.trim();
  if (text.length <= MAX_SOURCE) return escapeControls(text);
  const at = column - 1 - (source.length - source.trimStart().length);
  const from = at <= MAX_SOURCE / 2 ? 0 : Math.min(at - 20, text.length - MAX_SOURCE);
  return `${from > 0 ? '…' : ''}${escapeControls(text.slice(from, from + MAX_SOURCE))}${from + MAX_SOURCE < text.length ? '…' : ''}`;
}
