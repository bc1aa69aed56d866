/** Which files an operator's inventory lies in. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../config/yaml-file.ts';

const INVENTORY = /\.(ya?ml|json)$/i;

/**
 * Files as they are named; of a folder its YAML and JSON files by name, which is then the order of rank. Hidden ones and those of
 * folders within are left alone.
 * @throws ConfigError when there is nothing to read
 */
export function inventoryFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (!stateOf(path).isDirectory()) return [path];
    const files = readdirSync(path).filter((name) => INVENTORY.test(name) && !name.startsWith('.')).sort().map((name) => join(path, name));
    if (files.length === 0) throw new ConfigError(`${path}: the folder holds no YAML or JSON file`);
    return files;
  });
}

/** Changes whenever a file of the inventory comes, goes or is written. */
export function inventoryState(paths: readonly string[]): string {
  try {
    return inventoryFiles(paths).map((file) => { const { mtimeMs, size, ino } = stateOf(file); return [file, mtimeMs, size, ino].join(); }).join('\n');
  } catch (error) {
    return (error as Error).message;
  }
}

function stateOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw new ConfigError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}
