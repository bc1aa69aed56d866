import type { SchemaCatalogue } from '../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject } from './json/object.ts';

/**
 * A schema of the bundle as a document, undefined when there is none or its file holds none. Whoever looks something up in it then
 * has nothing to go by; a check that grades against it says why it cannot.
 */
export function readableSchema(schemas: SchemaCatalogue | undefined, ref: string | undefined): JsonObject | undefined {
  if (schemas === undefined || ref === undefined) return undefined;
  try {
    const schema: unknown = schemas.schema(ref);
    return isObject(schema) ? schema : undefined;
  } catch {
    return undefined;
  }
}
