/**
 * Writes that arrive together are committed together: one flush to disk for all of them. One that fails leaves nothing behind and does
 * not touch the others. Nearly all succeed, so they are first tried without a savepoint each, which would keep a copy of every page.
 */
import { Stale } from '../stale.ts';
import type { Tables } from './tables.ts';
import { perform, type Write } from './write.ts';

export type Outcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'stale' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** @returns what came of each, in order; what is done is on disk */
export function commitTogether(writes: readonly Write[], tables: Tables): Outcome[] {
  const all = inTransaction(tables, () => writes.map((write): Outcome => ({ kind: 'done', result: perform(write, tables) })));
  if (Array.isArray(all)) return all;
  if (writes.length === 1) return [all];
  const each = inTransaction(tables, () => writes.map((write) => inSavepoint(write, tables)));
  return Array.isArray(each) ? each : writes.map(() => each);
}

function inTransaction({ rows }: Tables, work: () => Outcome[]): Outcome[] | Outcome {
  try {
    rows.run('BEGIN IMMEDIATE');
    const outcomes = work();
    rows.run('COMMIT');
    return outcomes;
  } catch (error) {
    if (rows.inTransaction) rows.run('ROLLBACK');
    return failure(error);
  }
}

function inSavepoint(write: Write, tables: Tables): Outcome {
  const { rows } = tables;
  rows.run('SAVEPOINT one');
  try {
    const result = perform(write, tables);
    rows.run('RELEASE one');
    return { kind: 'done', result };
  } catch (error) {
    rows.run('ROLLBACK TO one');
    rows.run('RELEASE one');
    return failure(error);
  }
}

const failure = (error: unknown): Outcome => (error instanceof Stale ? { kind: 'stale' } : { kind: 'failed', error });
