import { describe, expect, test } from 'vitest';
import { withinWindow } from '../../src/domain/ports/attribution-policy.ts';
import { openPostgresAuditTrail } from '../../src/store/postgres/audit-trail.ts';
import { examineDatabase } from '../../src/store/postgres/examine.ts';
import { openPostgresOperatorStore } from '../../src/store/postgres/operator.ts';
import { rebuildDatabaseIndexes } from '../../src/store/postgres/rebuild.ts';
import { openPostgresStore } from '../../src/store/postgres/store.ts';
import { hasPostgres, testCluster } from '../support/postgres.ts';
import { operatorContract } from './operator-contract.ts';

const policy = withinWindow(true);

describe.runIf(hasPostgres('what an operator finds in PostgreSQL'))('with a server', () => {
  operatorContract('postgres', async () => {
    const cluster = await testCluster();
    const url = await cluster.freshDatabase();
    const store = await openPostgresStore({ url, attribution: policy });
    return {
      store, operator: () => openPostgresOperatorStore(url), trail: () => openPostgresAuditTrail(url), examine: () => examineDatabase(url),
      rebuild: () => rebuildDatabaseIndexes(url, policy), tamper: async (statement) => void (await cluster.asAdministrator(url, statement)), dispose: () => store.close(),
    };
  });

  test('a database that nobody has used holds no store, and gets one when a key is to be made', async () => {
    const url = await (await testCluster()).freshDatabase();
    await expect(openPostgresOperatorStore(url)).rejects.toThrow('the database holds no store; the first start of a server makes one');
    expect(await examineDatabase(url)).toMatchObject({ kind: 'examined', migration: 0, served: false });
    await (await openPostgresOperatorStore(url, true)).close();
    expect(await examineDatabase(url)).toMatchObject({ kind: 'examined', keys: [] });
  });

  test('a database that does not answer is told as such', async () => {
    expect(await examineDatabase('postgres://nobody@127.0.0.1:1/none')).toMatchObject({ kind: 'unreadable', reason: expect.stringMatching(/^the database cannot be reached/) as string });
  });
});
