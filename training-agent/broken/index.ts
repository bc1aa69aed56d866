/**
 * The sellers that lie. A lie is a module `<kind>/<name>.ts` in this folder, to be served with `--training-agent`; whoever
 * puts one there has listed it.
 */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { LyingSeller } from './lying.ts';

export interface ListedLie {
  /** Of the module, without its ending. */
  readonly name: string;
  /** What kind of promise is broken: the folder. */
  readonly kind: string;
  /** Path of the module, for `--training-agent`. */
  readonly module: string;
  /** What is promised and not kept. */
  readonly promise: string;
  /** The seller itself. */
  readonly openSandbox: LyingSeller['openSandbox'];
  /** The part of it that stands before the honest pipeline. */
  readonly facade: LyingSeller['facade'];
}

const MODULE = /^(?<kind>[a-z-]+)[/\\](?<name>[a-z-]+)\.[jt]s$/;

async function readLies(): Promise<ListedLie[]> {
  const files = globSync('*/*.{ts,js}', { cwd: import.meta.dirname }).sort();
  return Promise.all(files.flatMap((file) => {
    const { kind, name } = MODULE.exec(file)?.groups ?? {};
    return kind === undefined || name === undefined ? [] : [read(kind, name, join(import.meta.dirname, file))];
  }));
}

async function read(kind: string, name: string, module: string): Promise<ListedLie> {
  const { promise, openSandbox, facade } = (await import(pathToFileURL(module).href)) as LyingSeller;
  return { name, kind, module, promise, openSandbox, facade };
}

export const LIES: readonly ListedLie[] = await readLies();
