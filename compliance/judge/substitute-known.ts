import { isObject, type JsonObject } from '../json/object.ts';

const CONTEXT = /^\$context\.(\w+)$/;

/** The key of a text that is a context reference as a whole, undefined for any other text. */
export function contextKey(text: string): string | undefined {
  return CONTEXT.exec(text)?.[1];
}

/** Replaces `$context.<key>` by what the context holds, keeping its type. References that it cannot answer stay as they are. */
export function substituteKnown(value: unknown, accumulator: JsonObject): unknown {
  if (typeof value === 'string') {
    const key = contextKey(value);
    return key !== undefined && Object.hasOwn(accumulator, key) ? accumulator[key] : value;
  }
  if (Array.isArray(value)) return value.map((each) => substituteKnown(each, accumulator));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, substituteKnown(each, accumulator)]));
}
