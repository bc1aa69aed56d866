/** Holds answers against AdCP's own schemas, which lie beside the project and are no part of it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { succeeded } from '../../src/protocol/envelope.ts';
import { openSchemaFolder } from '../../src/protocol/schema-catalogue.ts';
import type { TaskName } from '../../src/protocol/tasks.ts';

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'shared', 'adcp', '3.1.19', 'schemas');
const official = existsSync(FOLDER) ? openSchemaFolder(FOLDER) : undefined;
export const officialIsThere = official !== undefined;
if (official === undefined) {
  const missing = `${FOLDER} is not there: answers are not held against AdCP's own schemas`;
  if (process.env['CI']) throw new Error(missing);
  console.warn(missing);
}

/** @throws when AdCP's own schema of the task's response does not accept the body in its envelope */
export function expectOfficial(task: TaskName, body: object): void {
  const ref = official?.refOf(task, 'response');
  if (official === undefined) return;
  const issues = official.validate(ref!, succeeded(body as Record<string, unknown>, undefined).document);
  expect(issues.map(({ instance_path, message }) => `${instance_path} ${message}`)).toEqual([]);
}
