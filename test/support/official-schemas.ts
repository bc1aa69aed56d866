/**
 * The official AdCP 3.1.19 data beside the project. Tests that need it say loudly what was left out when it is absent, and
 * fail instead when they run in CI.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSchemaFolder, type SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'shared', 'adcp', '3.1.19');

/** Whether the data is here; `leftOut` says what does not run without it. */
export function hasOfficial(leftOut: string): boolean {
  if (existsSync(FOLDER)) return true;
  if (process.env['CI']) throw new Error(`${FOLDER} is missing, so this cannot be tested: ${leftOut}`);
  console.warn(`NOT TESTED, because ${FOLDER} is missing: ${leftOut}`);
  return false;
}

let schemas: SchemaCatalogue | undefined;

/** The official schemas, by their paths. */
export function officialSchemas(): SchemaCatalogue {
  return (schemas ??= openSchemaFolder(join(FOLDER, 'schemas')));
}

/** The folder of the official storyboards. */
export const OFFICIAL_STORYBOARDS = join(FOLDER, 'compliance');
