/**
 * A bundle in a release tarball, read in memory: nothing is unpacked to disk, so that no path, link or mode of an entry can
 * matter. Bounds keep a small file from becoming a large one.
 */
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip as gunzipCallback } from 'node:zlib';
import { type TarHeader, unpackTar } from 'modern-tar';
import { openSchemaTexts, type SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { stampOf } from './folder-source.ts';
import { type BundleSource, isBundleMember, MAX_FILE_BYTES, shownName } from './bundle-source.ts';

export interface TarballLimits {
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly entries: number;
}

export type OpenedTarball = { readonly kind: 'source'; readonly source: BundleSource } | { readonly kind: 'refused'; readonly problem: string };

/** Ten times what the release 3.1.19 needs. */
export const TARBALL_LIMITS: TarballLimits = { packedBytes: 32 * 2 ** 20, unpackedBytes: 256 * 2 ** 20, entries: 20_000 };

const MAX_PATH = 1024;

type Member = Buffer | { readonly unreadable: string };

const gunzip = promisify(gunzipCallback);
const PLACE = /(?:^|\/)(?=(?:universal|protocols|specialisms)\/.*\.ya?ml$)/;

/** Reads a `.tgz` or `.tar.gz` file. The bundle in it may lie below folders of any name. */
export async function tarballSource(path: string, cwd: string, limits = TARBALL_LIMITS): Promise<OpenedTarball> {
  const shown = shownName(path, cwd);
  try {
    const members = await membersOf(await gunzip(await readBounded(path, limits.packedBytes), { maxOutputLength: limits.unpackedBytes }), limits);
    const root = rootOf([...members.keys()]);
    if (root === undefined) return { kind: 'refused', problem: `${shown} holds no storyboards` };
    return { kind: 'source', source: sourceOf(path, shown, root, members) };
  } catch (error) {
    return { kind: 'refused', problem: `${shown} cannot be read: ${reasonOf(error)}` };
  }
}

async function readBounded(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > bytes) throw new Error(`it has ${size} bytes, and a bundle at most ${bytes}`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/** Files that a bundle may hold, by their normal paths; entries of other kinds with such a name are told apart. */
async function membersOf(tar: Buffer, limits: TarballLimits): Promise<ReadonlyMap<string, Member>> {
  const members = new Map<string, Member>();
  let count = 0;
  const entries = await unpackTar(tar, { strict: true, filter: (header) => {
    if ((count += 1) > limits.entries) throw new Error(`it has more than ${limits.entries} entries`);
    const name = pathOf(header);
    if (name === undefined || header.type === 'directory') return false;
    if (members.has(name)) throw new Error(`it holds ${JSON.stringify(name)} twice`);
    const unreadable = obstacleOf(header);
    members.set(name, { unreadable: unreadable ?? 'it is not there' });
    return unreadable === undefined;
  } });
  for (const { header, data } of entries) members.set(pathOf(header)!, Buffer.from(data ?? []));
  return members;
}

function obstacleOf({ type, size }: TarHeader): string | undefined {
  if (type !== 'file') return `it is no file but a ${type ?? 'thing of another kind'}`;
  return size > MAX_FILE_BYTES ? 'the file is too large' : undefined;
}

/** Undefined for what no bundle holds: paths that lead elsewhere or do not end, and files of other kinds. */
function pathOf({ name }: TarHeader): string | undefined {
  if (name.length > MAX_PATH) return undefined;
  const path = name.replace(/^(?:\.\/)+/, '');
  const leadsElsewhere = path.startsWith('/') || path.includes('\\') || path.split('/').some((part) => part === '..' || part === '.');
  return leadsElsewhere || !/\.(?:ya?ml|json)$/.test(path) ? undefined : path;
}

/** The shortest folder that holds the places of storyboards: `''`, or a path that ends in `/`. */
function rootOf(names: readonly string[]): string | undefined {
  const roots = names.flatMap((name) => {
    const at = PLACE.exec(name);
    return at === null ? [] : [name.slice(0, at.index + at[0].length)];
  });
  return roots.sort((a, b) => a.length - b.length)[0];
}

function sourceOf(path: string, shown: string, root: string, members: ReadonlyMap<string, Member>): BundleSource {
  const names = [...members.keys()].filter((name) => name.startsWith(root)).map((name) => name.slice(root.length)).filter(isBundleMember);
  const schemas = schemasOf(path, root, members);
  return {
    name: path, names, stamps: () => new Map(names.map((name) => [name, stampOf(path)])), shown: (name) => `${shown}/${root}${name}`, read: (name) => members.get(root + name) ?? { unreadable: 'it is not there' },
    ...(schemas !== undefined && { schemas }),
  };
}

/** Schemas lie within the half with the storyboards, or beside it. */
function schemasOf(path: string, root: string, members: ReadonlyMap<string, Member>): SchemaCatalogue | undefined {
  const beside = root.replace(/[^/]+\/$/, '');
  for (const folder of [`${root}schemas/`, `${beside}schemas/`]) {
    const texts = new Map([...members].flatMap(([name, member]) => (
      name.startsWith(folder) && name.endsWith('.json') && Buffer.isBuffer(member) ? [[name.slice(folder.length), member]] : []
    )));
    if (texts.size > 0) return openSchemaTexts(`${path}/${folder}`, [...texts.keys()], (ref) => texts.get(ref)!.toString('utf8'));
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_BUFFER_TOO_LARGE') return 'unpacked it is larger than a bundle may be';
  return code?.startsWith('Z_') === true ? 'it is no gzip file, or a damaged one' : error.message;
}
