/**
 * A bundle: storyboards, test kits and the schemas of one release. Opening it reads every file and parses none: storyboards and
 * kits are parsed when somebody looks at them.
 */
import { createHash } from 'node:crypto';
import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { isObject } from '../json/object.ts';
import type { Storyboard } from '../storyboard.ts';
import { type BundleIndex, readBundleIndex } from './bundle-index.ts';
import { type BundleSource, STORYBOARD_FOLDERS } from './bundle-source.ts';
import { type BundleFile, idOf, LazyFile, type Text, textOf } from './bundle-file.ts';
import type { Neighbours } from './cross-check.ts';
import { type BundleFolders, folderSource } from './folder-source.ts';
import { LazyMap } from './lazy-map.ts';
import { isMutating } from './mutating-tasks.ts';
import type { LoadRules } from './read-storyboard.ts';
import { readTestKit, type ReadKit } from './test-kit.ts';
import { type VectorFiles, vectorFiles } from './vector-files.ts';

export { type BundleFile, idOf } from './bundle-file.ts';
export { shownName } from './bundle-source.ts';
export { bundleFolders, type BundleFolders, enclosingBundle } from './folder-source.ts';

export interface Bundle {
  /** Where it came from, for people. */
  readonly source: string;
  readonly version: string;
  /** Release of AdCP that requests claim, `3.1`. */
  readonly adcp_version: string;
  /** SHA-256 over the names and bytes of its storyboards, kits and index. */
  readonly digest: string;
  readonly index: BundleIndex;
  readonly files: readonly BundleFile[];
  /** By their path below the root; each is parsed when it is asked for. */
  readonly kits: ReadonlyMap<string, ReadKit>;
  /** Undefined when the bundle brings no schemas: nothing can then be graded against one. */
  readonly schemas?: SchemaCatalogue;
  readonly vectors: VectorFiles;
}

export type OpenedBundle =
  | { readonly kind: 'bundle'; readonly bundle: Bundle }
  | { readonly kind: 'refused'; readonly problem: string };

export interface OpenOptions {
  /** File names in messages are relative to it. */
  readonly cwd: string;
  readonly rules: Omit<LoadRules, 'isMutating'>;
}

const DEFAULT_ADCP_VERSION = '3.1';

/** Opens the bundle in a folder. */
export function openBundle(folders: BundleFolders, { cwd, rules }: OpenOptions): OpenedBundle {
  return openBundleSource(folderSource(folders, cwd), rules);
}

/** Opens a bundle, wherever its files are. */
export function openBundleSource(source: BundleSource, known: OpenOptions['rules']): OpenedBundle {
  const names = source.names.filter((name) => !name.endsWith('.json')).sort();
  if (names.length === 0) return { kind: 'refused', problem: `no storyboards below ${source.name}` };
  const { texts, digest } = readAll([...names, ...source.names.filter((name) => name === 'index.json')], source);
  const index = texts.has('index.json') ? readIndex(texts.get('index.json')!) : {};
  if (typeof index === 'string') return { kind: 'refused', problem: `${source.shown('index.json')} ${index}` };
  const { schemas } = source;
  const rules: LoadRules = {
    ...known, isMutating: (task) => isMutating(task, schemas), isKnownTask: (task) => known.isKnownTask(task) || hasSchema(schemas, task),
  };
  const kits = new LazyMap(names.filter((name) => name.startsWith('test-kits/')), (name) => kitOf(name, texts.get(name)!, source));
  const files: LazyFile[] = runningOrder(names.filter((name) => !name.startsWith('test-kits/')), index)
    .map((path) => new LazyFile(path, source.shown(path), texts.get(path)!, rules, () => neighbours));
  const neighbours = neighboursOf(files, kits);
  return { kind: 'bundle', bundle: {
    source: source.name, version: index.published_version ?? index.adcp_version ?? 'unversioned',
    adcp_version: releaseOf(index.adcp_version ?? DEFAULT_ADCP_VERSION), digest, index, kits, files, vectors: vectorFiles(source),
    ...(schemas !== undefined && { schemas }),
  } };
}

/** The storyboards of a bundle that can run, in their order. Parses all of them. */
export function storyboardsOf(bundle: Bundle): readonly Storyboard[] {
  return bundle.files.flatMap(({ reading }) => (reading.kind === 'storyboard' ? [reading.storyboard] : []));
}

function hasSchema(schemas: SchemaCatalogue | undefined, task: string): boolean {
  return schemas?.refOf(task, 'request') !== undefined || schemas?.refOf(task, 'response') !== undefined;
}

/** Every file, and the digest of all in the order of their names. */
function readAll(names: readonly string[], source: BundleSource): { readonly texts: ReadonlyMap<string, Text>; readonly digest: string } {
  const digest = createHash('sha256');
  const texts = new Map(names.toSorted().map((name) =>
    [name, textOf(source, name, (bytes) => digest.update(name).update('\0').update(bytes).update('\0'))]));
  return { texts, digest: digest.digest('hex') };
}

function neighboursOf(files: readonly LazyFile[], kits: ReadonlyMap<string, ReadKit>): Neighbours {
  const first = new Map<string, LazyFile>();
  const ids = new Set<string>();
  for (const file of files) {
    const id = idOf(file);
    if (id !== undefined) ids.add(id);
    if (file.outline.kind === 'storyboard' && !first.has(file.outline.id)) first.set(file.outline.id, file);
  }
  return {
    kits, ids, firstWith: (id) => first.get(id),
    scenariosOf: (id) => {
      const outline = first.get(id)?.outline;
      return outline?.kind === 'storyboard' ? outline.requires_scenarios : [];
    },
  };
}

/** The index, or what is wrong with it: without one that is there, another selection would be graded in silence. */
function readIndex(text: Text): BundleIndex | string {
  if ('problem' in text) return `cannot be read: ${text.problem.message}`;
  try {
    const json: unknown = JSON.parse(text.text.replace(/^\ufeff/, ''));
    return isObject(json) ? readBundleIndex(json) : 'holds no object';
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function kitOf(path: string, text: Text, source: BundleSource): ReadKit {
  return 'problem' in text ? { kind: 'broken', path, problems: [text.problem] } : readTestKit(text.text, source.shown(path), path);
}

/**
 * The order in which storyboards run: loose ones, which take the place of those of their id, universal ones as the index lists them,
 * protocols, specialisms; an `index.yaml` before its folder.
 */
function runningOrder(names: readonly string[], index: BundleIndex): readonly string[] {
  const listed = new Map((index.universal ?? []).map((stem, i) => [stem, i]));
  const folders: readonly string[] = STORYBOARD_FOLDERS;
  const rank = (name: string): readonly [number, number, string] => [
    folders.indexOf(name.split('/')[0]!), listed.get(name.replace(/^universal\/|\.ya?ml$/g, '')) ?? listed.size,
    name.replace(/^((?:protocols|specialisms)\/[^/]+\/)index\.ya?ml$/, '$1'),
  ];
  return names.map((name) => ({ name, rank: rank(name) }))
    .sort(({ rank: a }, { rank: b }) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1))
    .map(({ name }) => name);
}

const releaseOf = (version: string): string => version.split('.').slice(0, 2).join('.');
