/** Holds what use cases answer to the official schemas, which lie beside the project. Without them the check is left out, and said so. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { succeeded } from '../../src/protocol/envelope.ts';
import { openSchemaFolder, type SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'shared', 'adcp', '3.1.19', 'schemas');

let opened: SchemaCatalogue | undefined;
let told = false;

/** The official schemas, or nothing where they are not at hand. @throws Error in CI, where they must be */
export function officialSchemas(): SchemaCatalogue | undefined {
  if (existsSync(FOLDER)) return (opened ??= openSchemaFolder(FOLDER));
  if (process.env['CI']) throw new Error(`the official schemas are missing at ${FOLDER}`);
  if (!told) console.warn(`LEFT OUT: answers are not held to the official schemas, which are missing at ${FOLDER}`);
  told = true;
  return undefined;
}

/** What the official response schema finds wrong with a use case's body in its envelope; empty when nothing. */
export function officialFlaws(task: string, body: object): readonly string[] {
  const schemas = officialSchemas();
  if (schemas === undefined) return [];
  const { document } = succeeded(JSON.parse(JSON.stringify(body)) as Record<string, unknown>, undefined);
  return schemas.validate(schemas.refOf(task, 'response')!, document).map(({ instance_path, message }) => `${instance_path} ${message}`);
}
