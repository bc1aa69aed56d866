import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { withinWindow } from '../../src/domain/ports/attribution-policy.ts';
import { openAuditTrail } from '../../src/store/sqlite/audit-trail.ts';
import { examine } from '../../src/store/sqlite/examine.ts';
import { openOperatorStore } from '../../src/store/sqlite/operator.ts';
import { rebuildIndexes } from '../../src/store/sqlite/rebuild.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { operatorContract } from './operator-contract.ts';

const policy = withinWindow(true);

operatorContract('sqlite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'adwright-operator-'));
  const file = join(folder, 'adwright.sqlite');
  const store = openSqliteStore({ file, attribution: policy });
  let closed: Promise<void> | undefined;
  return {
    store, operator: async () => openOperatorStore(file), trail: () => openAuditTrail(file), examine: async () => examine(file),
    async rebuild() {
      await (closed ??= store.close());
      return rebuildIndexes(file, policy);
    },
    async tamper(statement) {
      const sql = new Database(file);
      sql.exec(statement);
      sql.close();
    },
    async dispose() {
      await (closed ??= store.close());
      rmSync(folder, { recursive: true });
    },
  };
});
