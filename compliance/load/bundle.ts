/**
 * A bundle: storyboards, test kits and the schemas of one release. Folders of two layouts are read:
 * an official release (`compliance/` + `schemas/`) and this package (`storyboards/` + `schemas/`), alike inside.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { openSchemaFolder, type SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { isObject } from '../json/object.ts';
import type { LoadProblem } from '../problem.ts';
import type { Storyboard } from '../storyboard.ts';
import { type BundleIndex, readBundleIndex } from './bundle-index.ts';
import { crossCheck } from './cross-check.ts';
import { isMutating } from './mutating-tasks.ts';
import { type LoadRules, readStoryboard, type ReadStoryboard } from './read-storyboard.ts';
import { readTestKit, type ReadKit } from './test-kit.ts';

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
  /** By their path below the root. */
  readonly kits: ReadonlyMap<string, ReadKit>;
  /** Undefined when the bundle brings no schemas: nothing can then be graded against one. */
  readonly schemas?: SchemaCatalogue;
}

/** A YAML file of the bundle, what became of it, and where in the suite it stands. */
export interface BundleFile {
  /** Below the root. */
  readonly path: string;
  readonly place: { readonly kind: 'universal' } | { readonly kind: 'protocol' | 'specialism'; readonly id: string };
  readonly reading: ReadStoryboard;
}

/** Where a bundle's two halves lie. */
export interface BundleFolders {
  readonly compliance: string;
  readonly schemas: string;
}

export type OpenedBundle =
  | { readonly kind: 'bundle'; readonly bundle: Bundle }
  | { readonly kind: 'refused'; readonly problem: string };

export interface OpenOptions {
  /** File names in messages are relative to it. */
  readonly cwd: string;
  readonly rules: Omit<LoadRules, 'isMutating'>;
}

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const DEFAULT_ADCP_VERSION = '3.1';
const TOP_FOLDERS = ['universal', 'protocols', 'specialisms'];

/** The halves of the bundle in a folder, which may be the half with the storyboards itself; undefined when it holds none. */
export function bundleFolders(folder: string): BundleFolders | undefined {
  for (const half of ['compliance', 'storyboards', '.']) {
    const compliance = join(folder, half);
    if (TOP_FOLDERS.some((each) => existsSync(join(compliance, each)))) return { compliance, schemas: schemasBeside(compliance) };
  }
  return undefined;
}

/** The nearest folder above a path that holds the places of storyboards, with its schemas; undefined when there is none. */
export function enclosingBundle(path: string): BundleFolders | undefined {
  for (let folder = dirname(path); dirname(folder) !== folder; folder = dirname(folder))
    if ([...TOP_FOLDERS, 'test-kits'].some((name) => path === join(folder, name) || path.startsWith(`${join(folder, name)}/`)))
      return { compliance: folder, schemas: schemasBeside(folder) };
  return undefined;
}

/** A release has its schemas beside its storyboards; a bundle of one folder has them within. */
function schemasBeside(compliance: string): string {
  const within = join(compliance, 'schemas');
  return existsSync(within) ? within : join(dirname(compliance), 'schemas');
}

/** Reads every storyboard and kit of a bundle; schemas are looked at only when one is needed. */
export function openBundle(folders: BundleFolders, options: OpenOptions): OpenedBundle {
  const root = resolve(folders.compliance);
  const names = globSync(
    '{universal,protocols,specialisms,test-kits}/**/*.{yaml,yml}', { cwd: root }
  ).map((name) => name.replaceAll('\\', '/')).sort();
  if (names.length === 0) return { kind: 'refused', problem: `no storyboards below ${folders.compliance}` };
  const schemas = existsSync(folders.schemas) ? openSchemaFolder(folders.schemas) : undefined;
  const digest = createHash('sha256');
  const read = (name: string): string | LoadProblem => readText(root, name, options.cwd, digest);
  const index = existsSync(join(root, 'index.json')) ? readIndex(read('index.json')) : {};
  if (typeof index === 'string') return { kind: 'refused', problem: `${shownName(join(root, 'index.json'), options.cwd)} ${index}` };
  const rules: LoadRules = {
    ...options.rules, isMutating: (task) => isMutating(task, schemas), isKnownTask: (task) => options.rules.isKnownTask(task) || hasSchema(schemas, task),
  };
  const kits = new Map(names.filter((name) => name.startsWith('test-kits/')).map((name) => [name, kitOf(name, read(name), root, options.cwd)]));
  const storyboards = runningOrder(names.filter((name) => !name.startsWith('test-kits/')), index);
  const readings = crossCheck(storyboards.map((name) => storyboardOf(name, read(name), root, options.cwd, rules)), kits);
  return { kind: 'bundle', bundle: {
    source: root, version: index.published_version ?? index.adcp_version ?? 'unversioned',
    adcp_version: releaseOf(index.adcp_version ?? DEFAULT_ADCP_VERSION), digest: digest.digest('hex'), index, kits,
    files: storyboards.map((path, i) => ({ path, place: placeOf(path), reading: readings[i]! })), ...(schemas !== undefined && { schemas }),
  } };
}

function hasSchema(schemas: SchemaCatalogue | undefined, task: string): boolean {
  return schemas?.refOf(task, 'request') !== undefined || schemas?.refOf(task, 'response') !== undefined;
}

/** The storyboards of a bundle that can run, in their order. */
export function storyboardsOf(bundle: Bundle): readonly Storyboard[] {
  return bundle.files.flatMap(({ reading }) => (reading.kind === 'storyboard' ? [reading.storyboard] : []));
}

function readText(root: string, name: string, cwd: string, digest: ReturnType<typeof createHash>): string | LoadProblem {
  const path = join(root, name);
  const refused = (message: string): LoadProblem => ({
    code: 'unreadable_file', severity: 'error', message, way_out: 'make it a readable file of at most 4 MiB',
    location: { file: shownName(path, cwd), line: 1, column: 1, source: '' },
  });
  try {
    const found = statSync(path);
    if (!found.isFile()) return refused('it is no file');
    if (found.size > MAX_FILE_BYTES) return refused('the file is too large');
    const bytes = readFileSync(path);
    digest.update(name).update('\0').update(bytes).update('\0');
    return bytes.toString('utf8');
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

/** The index, or what is wrong with it: without one that is there, another selection would be graded in silence. */
function readIndex(text: string | LoadProblem): BundleIndex | string {
  if (typeof text !== 'string') return `cannot be read: ${text.message}`;
  try {
    const json: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    return isObject(json) ? readBundleIndex(json) : 'holds no object';
  } catch (error) {
    return `is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function kitOf(path: string, text: string | LoadProblem, root: string, cwd: string): ReadKit {
  return typeof text === 'string' ? readTestKit(text, shownName(join(root, path), cwd), path) : { kind: 'broken', path, problems: [text] };
}

function storyboardOf(path: string, text: string | LoadProblem, root: string, cwd: string, rules: LoadRules): ReadStoryboard {
  const file = shownName(join(root, path), cwd);
  if (typeof text !== 'string') return { kind: 'broken', file, problems: [text] };
  return readStoryboard(text, { file, ignoreWithoutPhases: path.startsWith('universal/') }, rules);
}

function placeOf(path: string): BundleFile['place'] {
  const [top, id] = path.split('/');
  return top === 'universal' ? { kind: 'universal' } : { kind: top === 'protocols' ? 'protocol' : 'specialism', id: id! };
}

/** The order in which storyboards run: universal ones as the index lists them, protocols, specialisms; an `index.yaml` before its folder. */
function runningOrder(names: readonly string[], index: BundleIndex): readonly string[] {
  const listed = new Map((index.universal ?? []).map((stem, i) => [stem, i]));
  const rank = (name: string): readonly [number, number, string] => [
    TOP_FOLDERS.indexOf(name.split('/')[0]!), listed.get(name.replace(/^universal\/|\.ya?ml$/g, '')) ?? listed.size,
    name.replace(/^((?:protocols|specialisms)\/[^/]+\/)index\.ya?ml$/, '$1'),
  ];
  return names.map((name) => ({ name, rank: rank(name) }))
    .sort(({ rank: a }, { rank: b }) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1))
    .map(({ name }) => name);
}

/** Relative to the working directory when that is shorter. */
export function shownName(path: string, cwd: string): string {
  const near = relative(cwd, path) || '.';
  return near.length < path.length ? near : path;
}

const releaseOf = (version: string): string => version.split('.').slice(0, 2).join('.');
