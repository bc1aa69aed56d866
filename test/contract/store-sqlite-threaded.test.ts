import { openThreadedStore } from '../../src/store/sqlite/threaded-store.ts';
import { storeInFolder } from '../support/store-in-folder.ts';
import { storeContract } from './store-contract.ts';

storeContract('sqlite that writes on a thread of its own', storeInFolder((file, { multi_source_event_dedup }) => openThreadedStore({ file, multi_source_event_dedup })));
