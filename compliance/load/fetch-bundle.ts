/** Brings a release into the cache: checked against the digest that is published beside it, and there whole or not at all. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenOptions, openBundleSource } from './bundle.ts';
import { cachedBundle, digestOf, publishedDigest } from './bundle-cache.ts';
import { tarballSource } from './tarball-source.ts';

export interface FetchOptions {
  readonly version: string;
  /** Holds `<version>.tgz` and `<version>.tgz.sha256`. */
  readonly base: string;
  readonly folder: string;
  /** @throws Error with one line for people */
  readonly download: (url: string) => Promise<Buffer>;
  readonly rules: OpenOptions['rules'];
}

export type Fetched =
  | { readonly kind: 'fetched' | 'unchanged'; readonly path: string; readonly digest: string }
  | { readonly kind: 'refused'; readonly problem: string };

export async function fetchBundle({ version, base, folder, download, rules }: FetchOptions): Promise<Fetched> {
  const url = `${base.replace(/\/+$/, '')}/${version}.tgz`;
  const path = join(folder, `${version}.tgz`);
  try {
    const digest = publishedDigest((await download(`${url}.sha256`)).toString('utf8'));
    if (digest === undefined) return refused(`${url}.sha256 holds no SHA-256`);
    const cached = cachedBundle(folder, version);
    if (cached?.damaged === false && cached.digest === digest) return { kind: 'unchanged', path, digest };
    const bytes = await download(url);
    if (digestOf(bytes) !== digest) return refused(`${url} is not what was published: its SHA-256 is ${digestOf(bytes)}, published is ${digest}`);
    mkdirSync(folder, { recursive: true });
    const part = join(folder, `.${version}.${randomUUID()}.part`);
    try {
      writeFileSync(part, bytes, { flush: true });
      const problem = await obstacle(part, version, rules);
      if (problem !== undefined) return refused(`${url} ${problem}`);
      writeFileSync(`${path}.sha256`, `${digest}  ${version}.tgz\n`);
      renameSync(part, path);
    } finally {
      rmSync(part, { force: true });
    }
    return { kind: 'fetched', path, digest };
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error));
  }
}

const refused = (problem: string): Fetched => ({ kind: 'refused', problem });

/** A file that is no bundle, or another release, would grade in the name of this one. */
async function obstacle(path: string, version: string, rules: OpenOptions['rules']): Promise<string | undefined> {
  const tarball = await tarballSource(path, '/');
  if (tarball.kind === 'refused') return tarball.problem.replace(/^\S+ /, '');
  const opened = openBundleSource(tarball.source, rules);
  if (opened.kind === 'refused') return `holds no bundle: ${opened.problem}`;
  return opened.bundle.version === version ? undefined : `holds version ${opened.bundle.version}`;
}
