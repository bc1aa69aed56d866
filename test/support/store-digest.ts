/** What a store holds, as one hash: of every row of every table. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';

/** @param file that another connection may have open */
export function storeDigest(file: string): string {
  const sql = new Database(file, { readonly: true });
  try {
    const hash = createHash('sha256');
    for (const name of sql.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all() as string[]) {
      hash.update(`\n${name}\n`);
      for (const row of sql.prepare(`SELECT * FROM "${name}"`).raw().safeIntegers().iterate() as Iterable<unknown[]>)
        for (const value of row) hash.update(Buffer.isBuffer(value) ? value : `${typeof value} ${String(value)}\n`);
    }
    return hash.digest('hex');
  } finally {
    sql.close();
  }
}

/**
 * Sends again what was refused before, first to find out what still is, then between two looks at the store.
 * @param refuses sends one and tells whether it was refused
 * @param idle resolves when nothing is left to do behind the calls
 * @returns how many refusals stood between the looks, and what the store held before and after
 */
export async function aroundRefusals<Asked>(
  refused: readonly Asked[], refuses: (asked: Asked) => Promise<boolean>, idle: () => Promise<unknown>, file: string,
): Promise<{ readonly refusals: number; readonly before: string; readonly after: string }> {
  const still: Asked[] = [];
  for (const asked of refused) if (await refuses(asked)) still.push(asked);
  await idle();
  const before = storeDigest(file);
  for (const asked of still) await refuses(asked);
  await idle();
  return { refusals: still.length, before, after: storeDigest(file) };
}
