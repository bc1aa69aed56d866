/** The bundle that `--bundle` names. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isKnownCheck } from '../judge/checks/registry.ts';
import { isKnownInvariant } from '../judge/invariants/registry.ts';
import { isAdcpTask } from '../judge/success-evidence.ts';
import { type Bundle, bundleFolders, type BundleFolders, openBundleSource, type OpenOptions, shownName } from '../load/bundle.ts';
import { cachedBundle, cacheFolder, isBundleVersion } from '../load/bundle-cache.ts';
import type { BundleSource } from '../load/bundle-source.ts';
import { folderSource } from '../load/folder-source.ts';
import { type CliIo, UsageError } from './io.ts';

/** What the loader needs to know of the judge. */
export const LOAD_RULES: OpenOptions['rules'] = { isKnownCheck, isKnownInvariant, isKnownTask: isAdcpTask };

const TARBALL = /\.(?:tgz|tar\.gz)$/;

/** Opens what `--bundle` names: `ours`, `sdk`, a folder, a tarball, or a release that was fetched. */
export async function openBundleOption(named: string | undefined, io: CliIo): Promise<Bundle> {
  return openSource(await bundleSource(named, io));
}

export async function bundleSource(named: string | undefined, io: CliIo): Promise<BundleSource> {
  if (named === undefined || named === 'ours') return folderSource(oursFolders(), io.cwd);
  if (named === 'sdk')
    return folderSource(sdkFolders(io.cwd) ?? refuse('no package @adcp/sdk with storyboards is installed here: npm install @adcp/sdk'), io.cwd);
  if (isBundleVersion(named)) return openTarball(fetchedRelease(named, io), io);
  const path = resolve(io.cwd, named);
  if (TARBALL.test(named) && existsSync(path) && statSync(path).isFile()) return openTarball(path, io);
  const folders = bundleFolders(path);
  if (folders === undefined)
    return refuse(`no bundle at ${shownName(path, io.cwd)}: it has neither compliance/ nor storyboards/ with storyboards below`);
  return folderSource(folders, io.cwd);
}

export function openSource(source: BundleSource): Bundle {
  const opened = openBundleSource(source, LOAD_RULES);
  return opened.kind === 'bundle' ? opened.bundle : refuse(opened.problem);
}

/** The storyboards of this package. */
export function oursFolders(): BundleFolders {
  return bundleFolders(packageRoot())!;
}

/** The release inside the package `@adcp/sdk`, looked for from the working directory upwards, then from this package. */
export function sdkFolders(cwd: string): BundleFolders | undefined {
  const sdk = [...upwards(cwd), ...upwards(packageRoot())].map((folder) => join(folder, 'node_modules', '@adcp', 'sdk'))
    .find((folder) => existsSync(join(folder, 'ADCP_VERSION')));
  if (sdk === undefined) return undefined;
  const version = readFileSync(join(sdk, 'ADCP_VERSION'), 'utf8').trim();
  const compliance = join(sdk, 'compliance', 'cache', version);
  const schemas = [version, version.split('.').slice(0, 2).join('.')].map((name) => join(sdk, 'dist', 'lib', 'schemas-data', name));
  return existsSync(compliance) ? { compliance, schemas: schemas.find(existsSync) ?? schemas[0]! } : undefined;
}

async function openTarball(path: string, io: CliIo): Promise<BundleSource> {
  const { tarballSource } = await import('../load/tarball-source.ts');
  const tarball = await tarballSource(path, io.cwd);
  return tarball.kind === 'source' ? tarball.source : refuse(tarball.problem);
}

function fetchedRelease(version: string, io: CliIo): string {
  const cached = cachedBundle(cacheFolder(io.env), version);
  if (cached === undefined) return refuse(`the release ${version} was not fetched yet: adwright bundle fetch ${version}`);
  if (cached.damaged) return refuse(`${cached.path} is not what was fetched: adwright bundle fetch ${version}`);
  return cached.path;
}

function refuse(problem: string): never {
  throw new UsageError(problem);
}

/** The folder of this package, whether it runs from source or built. */
export function packageRoot(): string {
  const above = upwards(import.meta.dirname);
  return above.find((folder) => existsSync(join(folder, 'package.json'))) ?? above.at(-1)!;
}

/** A folder and those that it lies in, the nearest first. */
function upwards(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}
