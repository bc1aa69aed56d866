/** Pieces of HTML in which foreign text is only ever text, and stands between the marks of the run. */
import { closeMark, openMark } from '../fence.ts';
import { escapeMarkup } from '../markup.ts';
import { isPlainId, quote } from '../quote.ts';

/** Text of our own, or of the operator's. */
export const text = escapeMarkup;

/** Foreign text as it stands. The marks are there for whoever reads the file as text, and hidden from the eye. */
export function foreign(value: string, nonce: string): string {
  const mark = (fence: string): string => `<span class="fence" aria-hidden="true">${fence}</span>`;
  return `${mark(`${openMark(nonce)} `)}<bdi>${escapeMarkup(value)}</bdi>${mark(` ${closeMark(nonce)}`)}`;
}

/** What a link's `#` names; ids that are no ordinary ones have none. */
export function anchor(address: string): string | undefined {
  return isPlainId(address) ? `at:${address}` : undefined;
}

/** An id; one that is no ordinary id is foreign text. */
export function idOf(id: string, nonce: string): string {
  return isPlainId(id) ? escapeMarkup(id) : foreign(quote(id), nonce);
}
