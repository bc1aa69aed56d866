import { dirname, relative } from 'node:path';
import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';

/** Where the files of a bundle come from: a folder, a tarball. */
export interface BundleSource {
  /** For people: the folder or file. */
  readonly name: string;
  /** The half with the storyboards: paths with `/` below its root, of every file that a bundle may hold there. */
  readonly names: readonly string[];
  /** What stands in a file, or why it cannot be read. */
  read(name: string): Buffer | { readonly unreadable: string };
  /** A file's name in messages. */
  shown(name: string): string;
  /** What tells of each file whether it was changed since, the ones that are there now. */
  stamps(): ReadonlyMap<string, string>;
  /** Undefined when there are none. */
  readonly schemas?: SchemaCatalogue;
}

/** The folders of a bundle that hold storyboards. */
export const STORYBOARD_FOLDERS = ['universal', 'protocols', 'specialisms'] as const;
/** The files that make a bundle; whatever else lies beside them is left alone. */
const MEMBER = /^(?:index\.json|(?:universal|protocols|specialisms|test-kits)\/.*\.ya?ml|test-vectors\/.*\.json)$/;
export const MAX_FILE_BYTES = 4 * 1024 * 1024;

export const isBundleMember = (name: string): boolean => MEMBER.test(name);

/** Relative to the working directory when that is shorter. */
export function shownName(path: string, cwd: string): string {
  const near = relative(cwd, path) || '.';
  return near.length < path.length ? near : path;
}

/** The nearest folder on the way up that satisfies a condition. */
export function nearestAbove(path: string, holds: (folder: string) => boolean): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    if (holds(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}
