import type { NotificationConfigRecord } from '../domain/account.ts';
import { keptConfig, sameEndpoint } from '../domain/notification-configs.ts';
import type { NotificationConfigRequest } from '../protocol/wire/core/notification-config.ts';
import type { Desk } from './desk.ts';

/** Endpoints that one call may have asked; a buyer with more sends them in several calls. */
const MOST_PROOFS = 32;

/** How many more endpoints a call may have asked. */
export interface ProofBudget {
  left: number;
}

export const proofBudget = (): ProofBudget => ({ left: MOST_PROOFS });

export interface Subscribers {
  readonly configs: readonly NotificationConfigRecord[];
  readonly warnings: readonly string[];
}

/**
 * The subscribers as they are going to be kept. One that is to be active is, once its endpoint has given a challenge back; an
 * endpoint that has done so before is not asked again.
 * @param dry decides nothing and asks nobody
 */
export async function subscribersOf(
  asked: readonly NotificationConfigRequest[], known: readonly NotificationConfigRecord[], account_id: string, desk: Desk, budget: ProofBudget, dry: boolean,
): Promise<Subscribers> {
  const settled = await Promise.all(asked.map(async (config) => {
    const before = known.find((each) => sameEndpoint(each, config, desk.vault));
    const record: NotificationConfigRecord = { ...keptConfig(config, desk.vault), ...(before?.authentication ? { authentication: before.authentication } : {}) };
    const { subscriber_id } = record;
    if (config.active === false) return { record };
    if (before?.active) return { record: { ...record, active: true } };
    if (dry) return { record, warning: `subscriber "${subscriber_id}" becomes active when its endpoint gives a challenge back` };
    if (desk.endpoints === undefined || budget.left <= 0) return { record, warning: `subscriber "${subscriber_id}" is stored inactive: its endpoint was not asked; send it again` };
    budget.left -= 1;
    if (await desk.endpoints.prove(account_id, record)) return { record: { ...record, active: true } };
    return { record, warning: `subscriber "${subscriber_id}" is stored inactive: its endpoint did not give the challenge back` };
  }));
  return { configs: settled.map(({ record }) => record), warnings: settled.flatMap(({ warning }) => warning ?? []) };
}
