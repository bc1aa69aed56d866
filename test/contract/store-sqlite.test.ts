import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { storeContract } from './store-contract.ts';

storeContract('sqlite', async (attribution) => {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-store-'));
  const file = join(folder, 'adwright.sqlite');
  let store = openSqliteStore({ file, attribution });
  return {
    store,
    async reopen() {
      await store.close();
      return (store = openSqliteStore({ file, attribution }));
    },
    async dispose() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
});
