import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Takes a governance agent, and forgets it. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A governance agent that was registered is shown with its account.',
  tells: retellsRows(['list_accounts', 'sync_governance'], 'accounts', (row) => without(row, 'governance_agents')),
});
