/** What a run is made of: the bundle and the part of it that the operator asks for. Names that match nothing are wrong usage. */
import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Bundle, bundleFolders, type BundleFolders, enclosingBundle, idOf } from '../load/bundle.ts';
import type { BundleSource } from '../load/bundle-source.ts';
import { folderSource } from '../load/folder-source.ts';
import { looseFiles, looseName, withLooseFiles } from '../load/loose-source.ts';
import type { Address } from '../plan/address.ts';
import { filesBelow, filesMatching, type Scope } from '../plan/scope.ts';
import { bundleSource, openSource } from './bundle-option.ts';
import { type CliIo, UsageError } from './io.ts';

/** What the command line says of the bundle and the part of it. */
export interface Choice {
  readonly bundle?: string;
  /** Files and folders as they were typed. */
  readonly paths: readonly string[];
  readonly select: readonly Address[];
  readonly exclude: readonly Address[];
  readonly tracks: readonly string[];
  readonly specialisms: readonly string[];
}

export interface Chosen {
  readonly bundle: Bundle;
  readonly scope: Scope;
  /** What tells of each file of the bundle whether it was changed since. */
  readonly stamps: BundleSource['stamps'];
}

export async function chooseBundle(choice: Choice, io: CliIo): Promise<Chosen> {
  const absolute = choice.paths.map((path) => existing(path, io));
  const source = choice.bundle === undefined && absolute.length > 0 ? await aroundPaths(absolute, io) : await bundleSource(choice.bundle, io);
  const loose = absolute.filter((path) => below(source, path) === undefined).flatMap(looseFiles);
  const whole = loose.length === 0 ? source : withLooseFiles(source, loose, io.cwd);
  const bundle = openSource(whole);
  const paths = [...absolute.flatMap((path) => below(source, path) ?? []), ...loose.map(looseName)];
  const { select, exclude, tracks, specialisms } = choice;
  for (const [i, path] of absolute.entries())
    if (filesBelow(bundle, [below(source, path) ?? looseName(path)]).length === 0)
      throw new UsageError(`${choice.paths[i]!} holds no storyboards`);
  refuseUnmatched(bundle, '--select', select);
  refuseUnmatched(bundle, '--exclude', exclude);
  refuseUnknown('--track', tracks, bundle.files.flatMap(({ outline }) => (outline.kind === 'storyboard' ? [outline.track] : [])));
  refuseUnknown('--specialism', specialisms, bundle.files.flatMap(({ place }) => (place.kind === 'specialism' ? [place.id] : [])));
  return { bundle, scope: { select, exclude, tracks, specialisms, paths }, stamps: whole.stamps };
}

function existing(path: string, io: CliIo): string {
  const absolute = resolve(io.cwd, path);
  if (!existsSync(absolute)) throw new UsageError(`${path} does not exist`);
  return absolute;
}

/** Without `--bundle`, the bundle that the paths lie in; files that lie in none are joined to ours. */
async function aroundPaths(paths: readonly string[], io: CliIo): Promise<BundleSource> {
  const around = paths.flatMap((path) => bundleOf(path) ?? []);
  const [first] = around;
  if (first === undefined) return bundleSource(undefined, io);
  const other = around.find(({ compliance }) => compliance !== first.compliance);
  if (other !== undefined) throw new UsageError(`${first.compliance} and ${other.compliance} are two bundles: run them one after the other`);
  return folderSource(first, io.cwd);
}

function bundleOf(path: string): BundleFolders | undefined {
  return (statSync(path).isDirectory() ? bundleFolders(path) : undefined) ?? enclosingBundle(path);
}

/** The path below the root of a bundle in a folder, `''` for all of it; undefined when it lies elsewhere. */
function below(source: BundleSource, path: string): string | undefined {
  const way = relative(source.name, path).replaceAll('\\', '/');
  const holdsIt = /^(?:\.\.(?:\/\.\.)*)?$/.test(way) && bundleOf(path)?.compliance === source.name;
  return holdsIt ? '' : way === '..' || way.startsWith('../') ? undefined : way;
}

function refuseUnmatched(bundle: Bundle, flag: string, addresses: readonly Address[]): void {
  for (const address of addresses) {
    if (filesMatching(bundle, [address]).length > 0) continue;
    const near = bundle.files.flatMap((file) => idOf(file) ?? [])
      .filter((id) => id.includes(address.storyboard) || address.storyboard.includes(id)).slice(0, 3);
    const hint = near.length > 0 ? `near it: ${near.join(', ')}` : 'see: adwright storyboard list';
    throw new UsageError(`${flag} ${JSON.stringify(address.text)} matches nothing in the bundle; ${hint}`);
  }
}

function refuseUnknown(flag: string, asked: readonly string[], known: readonly string[]): void {
  const unknown = asked.find((each) => !known.includes(each));
  if (unknown !== undefined)
    throw new UsageError(`${flag} ${JSON.stringify(unknown)} is not in the bundle; it has ${[...new Set(known)].sort().join(', ') || 'none'}`);
}
