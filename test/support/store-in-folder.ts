import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AttributionPolicy } from '../../src/domain/ports/attribution-policy.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { OpenStore } from '../contract/store/opening.ts';

/** Opens stores for the contract in a file of a folder of their own, which goes with them. */
export const storeInFolder = (openAt: (file: string, attribution: AttributionPolicy) => Store): OpenStore => async (attribution) => {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-store-'));
  const file = join(folder, 'adwright.sqlite');
  let store = openAt(file, attribution);
  return {
    store,
    async reopen() {
      await store.close();
      return (store = openAt(file, attribution));
    },
    async dispose() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
};
