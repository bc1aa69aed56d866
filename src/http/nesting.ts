/** How deep a message may be nested: beyond any request, and well before code that walks it runs out of stack. */
export const MOST_LEVELS = 200;

export function isNestedDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) return value.some((each) => isNestedDeeper(each, levels - 1));
  for (const name in value) if (isNestedDeeper((value as Readonly<Record<string, unknown>>)[name], levels - 1)) return true;
  return false;
}
