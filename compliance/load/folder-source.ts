/** A bundle in a folder: an official release (`compliance/` + `schemas/`), or this package (`storyboards/` + `schemas/`). */
import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { openSchemaFolder } from '../../src/protocol/schema-catalogue.ts';
import { type BundleSource, isBundleMember, MAX_FILE_BYTES, shownName, STORYBOARD_FOLDERS } from './bundle-source.ts';

/** Where a bundle's two halves lie. */
export interface BundleFolders {
  readonly compliance: string;
  readonly schemas: string;
}

/** The halves of the bundle in a folder, which may be the half with the storyboards itself; undefined when it holds none. */
export function bundleFolders(folder: string): BundleFolders | undefined {
  for (const half of ['compliance', 'storyboards', '.']) {
    const compliance = join(folder, half);
    if (STORYBOARD_FOLDERS.some((each) => existsSync(join(compliance, each)))) return { compliance, schemas: schemasBeside(compliance) };
  }
  return undefined;
}

/** The nearest folder above a path that holds the places of storyboards, with its schemas; undefined when there is none. */
export function enclosingBundle(path: string): BundleFolders | undefined {
  for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder))
    if ([...STORYBOARD_FOLDERS, 'test-kits'].some((name) => path === join(folder, name) || path.startsWith(`${join(folder, name)}/`)))
      return { compliance: folder, schemas: schemasBeside(folder) };
  return undefined;
}

/** A release has its schemas beside its storyboards; a bundle of one folder has them within. */
function schemasBeside(compliance: string): string {
  const within = join(compliance, 'schemas');
  return existsSync(within) ? within : join(dirname(compliance), 'schemas');
}

export function folderSource(folders: BundleFolders, cwd: string): BundleSource {
  const root = resolve(folders.compliance);
  return {
    name: root, names: namesBelow(root), shown: (name) => shownName(join(root, name), cwd), read: (name) => readWithin(root, join(root, name)),
    stamps: () => new Map(namesBelow(root).map((name) => [name, stampOf(join(root, name))])),
    ...(existsSync(folders.schemas) && { schemas: openSchemaFolder(folders.schemas) }),
  };
}

function namesBelow(root: string): readonly string[] {
  const folders = [...STORYBOARD_FOLDERS, 'test-kits', 'test-vectors'].filter((folder) => existsSync(join(root, folder)));
  const names = folders.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`));
  return [...(existsSync(join(root, 'index.json')) ? ['index.json'] : []), ...names].map((name) => name.replaceAll('\\', '/')).filter(isBundleMember);
}

/** A link in a bundle that somebody else made could show a file of the operator's in a message. */
function readWithin(root: string, path: string): Buffer | { readonly unreadable: string } {
  try {
    if (!realpathSync.native(path).startsWith(`${realpathSync.native(root)}${sep}`)) return { unreadable: 'it is a link that leads out of the bundle' };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
  return readBundleFile(path);
}

/** What stands in a file of a bundle, or why it cannot be read. */
export function readBundleFile(path: string): Buffer | { readonly unreadable: string } {
  try {
    const found = statSync(path);
    if (!found.isFile()) return { unreadable: 'it is no file' };
    return found.size > MAX_FILE_BYTES ? { unreadable: 'the file is too large' } : readFileSync(path);
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

/** Time and size of a file; `gone` when it is not there any more. */
export function stampOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'gone' : `${found.mtimeMs} ${found.size}`;
}
