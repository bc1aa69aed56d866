/** Foreign text on a terminal: nothing in it may move the cursor, change colours or reorder the line. */

// C0 and C1 controls, and the marks that turn the direction of writing.
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g;

/** The text with every control character written as an escape. */
export function escapeControls(text: string): string {
  return text.replaceAll(CONTROLS, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** A value as JSON on one line, cut at `max` characters. */
export function quote(value: unknown, max = 200): string {
  const text = escapeControls(JSON.stringify(value) ?? 'undefined');
  return text.length <= max ? text : `${text.slice(0, max)}… (${text.length} characters)`;
}

/** Whether an id is made of what ids are made of, so that it can hide nothing. */
export function isPlainId(id: string): boolean {
  return /^[\w./:#*@-]{1,200}$/.test(id);
}

/** An id as it stands when it is an ordinary one, quoted otherwise. */
export function showId(id: string): string {
  return isPlainId(id) ? id : quote(id);
}

/** Foreign prose: quoted, cut. */
export function showText(text: string, max = 300): string {
  return quote(text, max);
}

const MAX_DETAIL = 160;

/** A detail of the judge's own making that may quote others: escaped, cut. */
export function cut(text: string): string {
  const safe = escapeControls(text);
  return safe.length > MAX_DETAIL ? `${safe.slice(0, MAX_DETAIL)}…` : safe;
}
