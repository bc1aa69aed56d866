import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { storeInFolder } from '../support/store-in-folder.ts';
import { storeContract } from './store-contract.ts';

storeContract('sqlite', storeInFolder((file, attribution) => openSqliteStore({ file, attribution })));
