import { Type, type Static } from 'typebox';
import { GovernanceAgentShown } from './core/account.ts';
import { AccountRef } from './core/account-ref.ts';
import { without } from './core/conditions.ts';
import { errorArm, request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { HttpsUri, IdempotencyKey } from './core/texts.ts';
import { WebhookAuthentication } from './core/webhook-authentication.ts';

const closed = { additionalProperties: false } as const;

/** An agent that is asked before money is committed, with the secret that it is called with. */
export const GovernanceAgent = Type.Object({ url: HttpsUri, authentication: WebhookAuthentication }, closed);
export type GovernanceAgent = Static<typeof GovernanceAgent>;

/** Exactly one agent an account; it replaces the one before. */
export const SyncGovernanceRequest = request({
  idempotency_key: IdempotencyKey,
  accounts: Type.Array(Type.Object({
    account: AccountRef,
    governance_agents: Type.Array(GovernanceAgent, { minItems: 1, maxItems: 1 }),
  }, closed), { minItems: 1, maxItems: 100 }),
});
export type SyncGovernanceRequest = Static<typeof SyncGovernanceRequest>;

export const SyncedGovernance = Type.Object({
  account: AccountRef,
  status: Type.Enum(['synced', 'failed']),
  governance_agents: Type.Optional(Type.Array(GovernanceAgentShown, { minItems: 1, maxItems: 1 })),
  errors: Type.Optional(Type.Array(AdcpError)),
});
export type SyncedGovernance = Static<typeof SyncedGovernance>;

export const SyncGovernanceSuccess = Type.Object({ accounts: Type.Array(SyncedGovernance) }, without('errors'));
export type SyncGovernanceSuccess = Static<typeof SyncGovernanceSuccess>;

export const SyncGovernanceResponse = response(SyncGovernanceSuccess, errorArm('accounts'));
export type SyncGovernanceResponse = Static<typeof SyncGovernanceResponse>;
