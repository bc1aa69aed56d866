import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retellsRows } from '../telling.ts';

/** Repeats the credentials of a governance agent. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Credentials that were given are never shown again.',
  tells: retellsRows(['sync_governance'], 'accounts', (row, { request }, at) => ({
    ...row, governance_agents: rowsOf(request['accounts'])[at]?.['governance_agents'] ?? row['governance_agents'],
  })),
});
