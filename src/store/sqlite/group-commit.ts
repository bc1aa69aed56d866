/**
 * Writes that arrive together are committed together: one flush to disk for all of them. One that fails leaves nothing behind and does
 * not touch the others. Nearly all succeed, so they are first tried without a savepoint each, which would keep a copy of every page.
 */
import { StoreUnavailable, type Hindrance } from '../../domain/ports/hindrance.ts';
import { Stale } from '../stale.ts';
import type { Tables } from './tables.ts';
import { perform, type Write } from './write.ts';

export type Outcome =
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'stale' }
  | { readonly kind: 'hindered'; readonly hindrance: Hindrance }
  | { readonly kind: 'failed'; readonly error: unknown };

/** @returns what came of each, in order; what is done is on disk */
export function commitTogether(writes: readonly Write[], tables: Tables): Outcome[] {
  const all = inTransaction(tables, () => writes.map((write): Outcome => ({ kind: 'done', result: perform(write, tables) })));
  if (Array.isArray(all)) return all;
  // What hinders the store hinders each of them.
  if (writes.length === 1 || all.kind === 'hindered') return writes.map(() => all);
  const each = inTransaction(tables, () => writes.map((write) => inSavepoint(write, tables)));
  return Array.isArray(each) ? each : writes.map(() => each);
}

function inTransaction(tables: Tables, work: () => Outcome[]): Outcome[] | Outcome {
  const { rows } = tables;
  try {
    rollBack(tables);
    rows.run('BEGIN IMMEDIATE');
    const outcomes = work();
    rows.run('COMMIT');
    return outcomes;
  } catch (error) {
    try {
      rollBack(tables);
    } catch {
      // What keeps it open may keep it so now; the next transaction begins with closing it.
    }
    return failure(error);
  }
}

/** Some failures of the disk have taken the transaction back by themselves. */
function rollBack({ rows }: Tables): void {
  if (rows.inTransaction) rows.run('ROLLBACK');
}

function inSavepoint(write: Write, tables: Tables): Outcome {
  const { rows } = tables;
  rows.run('SAVEPOINT one');
  try {
    const result = perform(write, tables);
    rows.run('RELEASE one');
    return { kind: 'done', result };
  } catch (error) {
    // The savepoint may have gone with the transaction: nothing more may be written as if it stood.
    if (error instanceof StoreUnavailable) throw error;
    rows.run('ROLLBACK TO one');
    rows.run('RELEASE one');
    return failure(error);
  }
}

function failure(error: unknown): Outcome {
  if (error instanceof Stale) return { kind: 'stale' };
  return error instanceof StoreUnavailable ? { kind: 'hindered', hindrance: error.hindrance } : { kind: 'failed', error };
}
