import { parsePath } from '../json/path.ts';
import type { FieldReader } from './field-reader.ts';

/** A path that leads to one place, for reading or writing a value there. */
export function refusePath(reader: FieldReader, member: string, path: string): void {
  const parsed = parsePath(path);
  const problem = parsed.kind === 'malformed' ? parsed.problem : parsed.wildcard ? 'has a wildcard, and one place is needed' : undefined;
  if (problem !== undefined)
    reader.refuse('invalid_path', `${member} ${JSON.stringify(path)} ${problem}`, 'write it as `packages[0].budget`', reader.at(member));
}
