/** Official test vectors beside the project. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OFFICIAL_STORYBOARDS } from './official-schemas.ts';

const FOLDER = join(OFFICIAL_STORYBOARDS, 'test-vectors');

/** A vector file: `request-signing/keys.json`. */
export function vectorFile<T>(path: string): T {
  return JSON.parse(readFileSync(join(FOLDER, path), 'utf8')) as T;
}

/** Every vector of a folder, by the stem of its file, in order. */
export function vectorFolder<T>(path: string): readonly (readonly [name: string, vector: T])[] {
  return readdirSync(join(FOLDER, path)).filter((name) => name.endsWith('.json')).sort()
    .map((name) => [name.replace(/\.json$/, ''), vectorFile<T>(`${path}/${name}`)] as const);
}
