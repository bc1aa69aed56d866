import { cachedBundles, cacheFolder } from '../load/bundle-cache.ts';
import { folderSource } from '../load/folder-source.ts';
import { openSource, oursFolders, sdkFolders } from './bundle-option.ts';
import type { CliIo } from './io.ts';

/** `bundle list`: every bundle at hand that has a name. */
export function bundleListCommand(io: CliIo): number {
  const sdk = sdkFolders(io.cwd);
  const named = [['ours', oursFolders()] as const, ...(sdk === undefined ? [] : [['sdk', sdk] as const])];
  for (const [name, folders] of named) io.stdout.write(row(name, `AdCP ${openSource(folderSource(folders, io.cwd)).adcp_version}`, folders.compliance));
  for (const { version, bytes, path } of cachedBundles(cacheFolder(io.env))) io.stdout.write(row(version, `${(bytes / 2 ** 20).toFixed(1)} MiB`, path));
  return 0;
}

const row = (name: string, what: string, path: string): string => `${name.padEnd(12)} ${what.padEnd(12)} ${path}\n`;
