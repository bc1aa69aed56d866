/** Where fetched releases are kept: `<version>.tgz` with `<version>.tgz.sha256` beside it, as they are published. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export interface CachedBundle {
  readonly version: string;
  readonly path: string;
  readonly bytes: number;
}

const VERSION = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/;

export const isBundleVersion = (text: string): boolean => VERSION.test(text);

/** The cache folder of a user, after the XDG base directory specification. */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const base = environment['XDG_CACHE_HOME'];
  return join(base !== undefined && base.startsWith('/') ? base : join(environment['HOME'] ?? homedir(), '.cache'), 'adwright', 'bundles');
}

export function cachedBundles(folder: string): readonly CachedBundle[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    const version = name.endsWith('.tgz') ? name.slice(0, -'.tgz'.length) : '';
    return isBundleVersion(version) ? [{ version, path: join(folder, name), bytes: statSync(join(folder, name)).size }] : [];
  }).sort((a, b) => a.version.localeCompare(b.version, 'en', { numeric: true }));
}

/** The file of a version, undefined when it was never fetched; `damaged` when it is not what was fetched. */
export function cachedBundle(folder: string, version: string): { readonly path: string; readonly digest: string; readonly damaged: boolean } | undefined {
  const path = join(folder, `${version}.tgz`);
  if (!existsSync(path)) return undefined;
  const digest = digestOf(readFileSync(path));
  return { path, digest, damaged: !existsSync(`${path}.sha256`) || publishedDigest(readFileSync(`${path}.sha256`, 'utf8')) !== digest };
}

/** The digest in a checksum file: 64 digits, perhaps with a file's name behind. */
export function publishedDigest(text: string): string | undefined {
  return /^\s*([\da-f]{64})(?:\s|$)/i.exec(text)?.[1]?.toLowerCase();
}

export const digestOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
