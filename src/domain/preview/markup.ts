/** Markup that holds what others wrote as text and nothing else. */

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand between tags and inside quoted attributes. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);

const VOID: ReadonlySet<string> = new Set(['img', 'source']);

/** Attributes by name; true: without a value; undefined: not there. Values are escaped here. */
export type Attributes = Readonly<Record<string, string | number | true | undefined>>;

/** One element. @param children markup, escaped where it is text */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const stated = Object.entries(attributes).map(([attribute, value]) => {
    if (value === undefined) return '';
    return value === true ? ` ${attribute}` : ` ${attribute}="${escaped(String(value))}"`;
  });
  const open = `<${name}${stated.join('')}>`;
  return VOID.has(name) ? open : `${open}${children.join('')}</${name}>`;
}
