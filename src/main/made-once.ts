import { randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A file that only its owner may read, made when there is none: whole or not at all. Of several servers that make it at the same time, all read what
 * the first one made.
 */
export function madeOnce(file: string, make: () => string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const part = `${file}.${randomUUID()}`;
    writeFileSync(part, make(), { mode: 0o600, flag: 'wx' });
    try {
      linkSync(part, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(part);
    }
  }
  return readFileSync(file, 'utf8');
}
