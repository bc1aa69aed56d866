import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', 'golden');

/**
 * The text of a golden file below `test/golden`, to hold an actual text to: `expect(text).toBe(golden('x.txt', text))`.
 * `UPDATE_GOLDENS=1 npm test` rewrites the file with the actual text.
 * @throws Error when the file is missing, so that a golden is only ever made on purpose
 */
export function golden(name: string, actual: string): string {
  const path = join(FOLDER, name);
  if (process.env['UPDATE_GOLDENS'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  if (!existsSync(path)) throw new Error(`golden file ${name} is missing: run with UPDATE_GOLDENS=1 and read it`);
  return readFileSync(path, 'utf8');
}
