/** The lying sellers of the training agent, which lies outside `src`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Lie } from './matrix.ts';

export interface ListedLie extends Lie {
  /** For `--training-agent`. */
  readonly module: string;
}

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'training-agent', 'broken');

/**
 * @param only `kind`, `name` or `kind/name`; absent: all
 * @returns a sentence when something asked for is not there
 */
export async function liesOf(only?: readonly string[]): Promise<readonly ListedLie[] | string> {
  const file = [join(FOLDER, 'index.ts'), join(FOLDER, 'index.js')].find((candidate) => existsSync(candidate));
  if (file === undefined) return `there are no lying sellers at ${FOLDER}`;
  const { LIES } = (await import(pathToFileURL(file).href)) as { readonly LIES: readonly ListedLie[] };
  if (only === undefined) return LIES;
  const matches = ({ kind, name }: Lie, asked: string) => asked === kind || asked === name || asked === `${kind}/${name}`;
  const unknown = only.find((asked) => !LIES.some((lie) => matches(lie, asked)));
  if (unknown !== undefined) return `--only ${JSON.stringify(unknown)} is neither a lie nor a kind of lies; the kinds are ${[...new Set(LIES.map(({ kind }) => kind))].join(', ')}`;
  return LIES.filter((lie) => only.some((asked) => matches(lie, asked)));
}
