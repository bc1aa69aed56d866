/** How deep a message may be nested: beyond any request, and well before code that walks it runs out of stack. */
export const MOST_LEVELS = 200;

export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isNestedDeeper(each, levels - 1));
}
