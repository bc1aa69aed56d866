/** Text inside XML and HTML: nothing in it can be read as markup. */

// XML 1.0 cannot carry most of these, and no reader wants them: controls, marks that turn the direction of writing, non-characters.
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The text as content of an element, or of an attribute between quotes. */
export function escapeMarkup(text: string): string {
  return text.toWellFormed().replaceAll(UNFIT, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** Attributes of a tag, those without a value left out. Names are ours. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeMarkup(String(value))}"`])).join('');
}
