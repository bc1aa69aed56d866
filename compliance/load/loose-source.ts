/** Files of the operator's own, joined to a bundle: its kits and schemas serve them, and its storyboards may be required by them. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type BundleSource, shownName } from './bundle-source.ts';
import { readBundleFile, stampOf } from './folder-source.ts';

const LOOSE = 'loose';

/** The storyboard files at a path: itself, or all below a folder. */
export function looseFiles(path: string): readonly string[] {
  const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }).sort().map((name) => join(path, name)) : [path];
  return files.filter((file) => /\.ya?ml$/.test(file));
}

/** @param files absolute paths */
export function withLooseFiles(source: BundleSource, files: readonly string[], cwd: string): BundleSource {
  const byName = new Map(files.map((file) => [looseName(file), file]));
  return {
    ...source, names: [...source.names, ...byName.keys()],
    read: (name) => (byName.has(name) ? readBundleFile(byName.get(name)!) : source.read(name)),
    stamps: () => new Map([...source.stamps(), ...[...byName].map(([name, file]) => [name, stampOf(file)] as const)]),
    shown: (name) => (byName.has(name) ? shownName(byName.get(name)!, cwd) : source.shown(name)),
  };
}

/** The path below the root that a loose file takes. */
export const looseName = (file: string): string => join(LOOSE, file).replaceAll('\\', '/');
