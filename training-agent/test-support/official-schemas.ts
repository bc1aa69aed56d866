import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSchemaFolder, type SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';

const OFFICIAL = join(import.meta.dirname, '../../../shared/adcp/3.1.19/schemas');

/** The official schemas; undefined, said loudly, where they are not at hand. @throws Error in CI, which has them */
export function officialSchemas(leftOut: string): SchemaCatalogue | undefined {
  if (existsSync(OFFICIAL)) return openSchemaFolder(OFFICIAL);
  if (process.env['CI']) throw new Error(`no official schemas at ${OFFICIAL}`);
  console.warn(`LEFT OUT: ${leftOut}, because the official schemas are not at ${OFFICIAL}`);
  return undefined;
}
