import type { GovernanceServer } from '../governance/server.ts';
import { fixtureOf } from './fixture.ts';
import { refusal, seeded, type Scenario } from './scenario.ts';

/** A plan of the sandbox's governance agent. It is known to whoever registers that agent; seeding it again replaces it. */
export const seedPlan = (governance: Pick<GovernanceServer, 'put'>): Scenario<'seed_plan'> => async (params) => {
  const flaw = governance.put({ ...fixtureOf(params), plan_id: params.plan_id });
  return flaw === undefined ? seeded(`plan ${params.plan_id} is seeded`) : refusal('INVALID_PARAMS', `plan ${params.plan_id} would be no valid document: ${flaw}`);
};
