/** Pieces of GitHub's Markdown in which no foreign text can become markup. */
import { closeMark, fenced, openMark } from './fence.ts';
import { escapeControls, isPlainId, quote } from './quote.ts';

/** Text on one line as code. The cell of a table may hold it: a pipe is written as controls are, for a backslash before it could free it. */
export function code(text: string): string {
  const ticks = '`'.repeat(longestRun(text) + 1);
  const room = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${ticks}${room}${escapeControls(text).replaceAll('|', '\\u007c')}${room}${ticks}`;
}

/** An id as code; one that is no ordinary id is foreign text. */
export function idCode(id: string, nonce: string): string {
  return isPlainId(id) ? code(id) : foreignCode(id, nonce);
}

/** Foreign text as code, quoted and fenced. */
export function foreignCode(text: string, nonce: string, max = 200): string {
  return code(fenced(quote(text, max), nonce));
}

/** Lines of text, foreign parts and all, as one block between the marks. */
export function foreignBlock(text: string, nonce: string): string {
  const ticks = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${ticks}text\n${openMark(nonce)}\n${text}\n${closeMark(nonce)}\n${ticks}`;
}

export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map((name) => (/^(?:steps|passed|failed|skipped|not run|ms)$/.test(name) ? '---:' : '---')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Lines that are shown when a reader asks for them. `summary` is ours. */
export function folded(summary: string, body: string): string {
  return `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
