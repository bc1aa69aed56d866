import type { Schema, SchemaObject } from './check.ts';

const ARMS = ['oneOf', 'anyOf', 'allOf'] as const;

/** Lets unknown members pass on the root and on its arms. */
export function opened(schema: SchemaObject): SchemaObject {
  const arms = ARMS.flatMap((arm) => {
    const all = schema[arm];
    return Array.isArray(all) ? [[arm, (all as Schema[]).map((each) => (typeof each === 'boolean' ? each : opened(each)))] as const] : [];
  });
  return { ...schema, ...(schema['additionalProperties'] === false && { additionalProperties: true }), ...Object.fromEntries(arms) };
}
