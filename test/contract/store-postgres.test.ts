import { describe } from 'vitest';
import { openPostgresStore } from '../../src/store/postgres/store.ts';
import { hasPostgres, testCluster } from '../support/postgres.ts';
import type { OpenStore } from './store/opening.ts';
import { storeContract } from './store-contract.ts';

const open: OpenStore = async (attribution) => {
  const url = await (await testCluster()).freshDatabase();
  let store = await openPostgresStore({ url, attribution });
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await openPostgresStore({ url, attribution }));
    },
    dispose: () => store.close(),
  };
};

describe.runIf(hasPostgres('what the store keeps on PostgreSQL'))('with a server', () => { storeContract('postgres', open); });
