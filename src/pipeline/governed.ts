/**
 * Asks the account's governance agent before a purchase or the growth of one is confirmed (seller specification §3.9). The call is
 * decided first, so that only what could be carried out is asked about; nothing of it is stored until the agent has approved it, and no
 * transaction is open meanwhile. The key of the call is claimed all the time, and a row that changed while the agent thought makes
 * the whole call be decided, and asked about, again.
 */
import type { AccountRecord } from '../domain/account.ts';
import type { Caller } from '../domain/caller.ts';
import { denied, verdictOf, type GovernanceApproval } from '../domain/governance/approval.ts';
import { conditioned } from '../domain/governance/conditions.ts';
import { queuedCheck } from '../domain/governance/delivery-check.ts';
import { growthOf } from '../domain/governance/growth.ts';
import { mappedPlan } from '../domain/governance/plan.ts';
import { plannedDelivery } from '../domain/governance/planned-delivery.ts';
import { checkRequestFor, type Commitment } from '../domain/governance/question.ts';
import { ticked } from '../domain/media-buy-lifecycle.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { Change } from '../domain/ports/store.ts';
import type { JsonObject } from '../protocol/envelope.ts';
import { invalid, type Refused } from '../protocol/errors.ts';
import type { CheckGovernanceResponse, GovernanceCondition } from '../protocol/wire/check-governance.ts';
import type { Decision, Desk } from '../usecases/desk.ts';
import type { Handler } from './toolbox.ts';

export type GovernedTask = 'create_media_buy' | 'update_media_buy';

/** How often conditions are met and the agent is asked again before it counts as denied. */
const MOST_ROUNDS = 3;

export function governed(task: GovernedTask, handler: Handler): Handler {
  return async (request: never, caller, desk): Promise<Decision<object>> => {
    const decision = await handler(request, caller, desk);
    const bought = boughtIn(decision);
    if (bought === undefined) return decision;
    const inquiry = await inquiryFor(request, bought, caller, desk);
    if (inquiry === undefined) return withContext(decision, contextOf(request) ?? bought.governance?.governance_context);
    if (inquiry.kind === 'refused') return inquiry;
    const settled = await settledWith(inquiry, { task, handler, request, caller, desk }, decision);
    if (settled.kind === 'refused') await noted(settled, inquiry, caller, desk);
    return settled;
  };
}

type Answered = Exclude<Decision<object>, Refused>;

interface Asked {
  readonly task: GovernedTask;
  readonly handler: Handler;
  readonly request: JsonObject;
  readonly caller: Caller;
  readonly desk: Desk;
}

/** Whom to ask, and about which plan. */
interface Inquiry {
  readonly kind: 'inquiry';
  readonly agent: NonNullable<AccountRecord['governance_agents']>[number];
  readonly plan_id: string;
  readonly governance_context?: string;
  readonly before?: MediaBuyRecord;
}

function boughtIn(decision: Decision<object>): MediaBuyRecord | undefined {
  if (decision.kind === 'refused') return undefined;
  const put = decision.changes?.find((change) => change.kind === 'put_media_buy');
  return put?.kind === 'put_media_buy' ? put.buy : undefined;
}

const textIn = (request: JsonObject, member: string): string | undefined => {
  const value = request[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
};
/** A token that is none is nobody's. */
const contextOf = (request: JsonObject): string | undefined => {
  const token = textIn(request, 'governance_context');
  return token !== undefined && /^[\x20-\x7E]{1,4096}$/.test(token) ? token : undefined;
};

/** Nothing when nobody is to be asked: no agent is registered, or nothing grows. */
async function inquiryFor(request: JsonObject, bought: MediaBuyRecord, caller: Caller, desk: Desk): Promise<Inquiry | Refused | undefined> {
  const { governance, store, clock } = desk;
  const account = caller.account?.account_id === bought.account_id ? caller.account : await store.account(bought.principal_id, bought.account_id);
  const agent = account?.governance_agents?.[0];
  if (governance === undefined || account === undefined || agent === undefined) return undefined;
  const stored = bought.row_version === 0 ? undefined : await store.mediaBuy(caller.reach, bought.media_buy_id);
  const before = stored && ticked(stored, clock.now().toISOString());
  if (before && growthOf(before, bought).length === 0) return undefined;
  const plan_id = textIn(request, 'plan_id') ?? before?.governance?.approval?.plan_id ?? before?.references?.plan_id ?? mappedPlan(account, governance.plans);
  if (plan_id === undefined)
    return governance.unplanned === 'proceed' ? undefined : invalid('plan_id', 'this account has a governance agent: name the plan that it judges by');
  const token = contextOf(request) ?? before?.governance?.governance_context;
  return { kind: 'inquiry', agent, plan_id, ...(token === undefined ? {} : { governance_context: token }), ...(before ? { before } : {}) };
}

/** Asks until the agent approves what is decided, denies it, or wants what cannot be. */
async function settledWith(inquiry: Inquiry, asked: Asked, first: Decision<object>): Promise<Decision<object>> {
  const honoured: GovernanceCondition[] = [];
  let { request } = asked;
  let decision = first;
  for (let round = 1; ; round += 1) {
    if (decision.kind === 'refused') return decision;
    const bought = boughtIn(decision)!;
    const verdict = await verdictOn(bought, inquiry, { ...asked, request });
    if (verdict.kind === 'refused') return verdict;
    const { said } = verdict;
    if (said.verdict === 'denied') return denied(said);
    if (said.verdict === 'approved') return approved(decision, bought, said, honoured, inquiry, asked);
    const conditions = said.conditions!;
    const met = conditioned(request, conditions);
    if (met.kind === 'unmet') return denied(said, met.unmet);
    for (const condition of conditions) if (!honoured.some((each) => each.field === condition.field && each.reason === condition.reason)) honoured.push(condition);
    // All of it holds already: what is left is advice.
    if (met.request === request) return approved(decision, bought, said, honoured, inquiry, asked);
    if (round === MOST_ROUNDS) return denied(said, conditions);
    request = met.request;
    decision = await asked.handler(request as never, asked.caller, asked.desk);
    if (decision.kind === 'refused') return denied(said, conditions);
  }
}

async function verdictOn(buy: MediaBuyRecord, { agent, plan_id, governance_context, before }: Inquiry, { task, request, caller, desk }: Asked) {
  const { governance, vault, seller, clock } = desk;
  const commitment: Commitment = before ? { kind: 'growth', buy, grown: growthOf(before, buy) } : { kind: 'purchase', buy };
  const reply = await governance!.agents.check({
    agent_url: agent.url, principal_id: caller.principal.principal_id,
    authentication: { schemes: agent.authentication.schemes, credentials: vault.open(agent.authentication.credentials) },
    request: checkRequestFor(commitment, {
      plan_id, caller: seller.agent_url, tool: task, payload: request, ...(governance_context === undefined ? {} : { governance_context }),
    }),
  });
  return verdictOf(reply, plan_id, clock.now().toISOString());
}

function approved(
  decision: Answered, bought: MediaBuyRecord, said: CheckGovernanceResponse, conditions: readonly GovernanceCondition[], inquiry: Inquiry, { task, desk }: Asked,
): Decision<object> {
  const token = said.governance_context ?? inquiry.governance_context;
  const approval: GovernanceApproval = {
    agent_url: inquiry.agent.url, plan_id: inquiry.plan_id, check_id: said.check_id, checked_at: desk.clock.now().toISOString(),
    ...(conditions.length > 0 ? { conditions } : {}),
  };
  const body = {
    ...decision.body,
    ...(task === 'create_media_buy' ? { planned_delivery: plannedDelivery(bought) } : {}),
    ...(conditions.length > 0 ? { ext: { governance: { plan_id: said.plan_id, check_id: said.check_id, conditions } } } : {}),
  };
  return withContext({ ...decision, body, changes: [...keeping(decision, { approval }).changes, ...watching(bought, said, desk)], subjects: [...(decision.subjects ?? []), `verdict:${said.verdict}`, `plan:${said.plan_id}`, `governance_check:${said.check_id}`] }, token);
}

/** When the agent wants to hear how it goes, it is told. */
const watching = (buy: MediaBuyRecord, { check_id, next_check }: CheckGovernanceResponse, { clock, ids }: Desk): readonly Change[] =>
  (next_check === undefined ? [] : [queuedCheck(buy, { approved_by: check_id, since: buy.row_version === 0 ? buy.confirmed_at : clock.now().toISOString(), run_at: next_check }, ids)]);

const keeping = ({ changes = [] }: Answered, governance: NonNullable<MediaBuyRecord['governance']>) =>
  ({ changes: changes.map((change) => (change.kind === 'put_media_buy' ? { ...change, buy: { ...change.buy, governance } } : change)) });

/** The token goes back on the envelope, and is kept with the buy, whether anybody was asked or not. */
function withContext(decision: Decision<object>, governance_context: string | undefined): Decision<object> {
  const bought = boughtIn(decision);
  if (decision.kind === 'refused' || governance_context === undefined || bought === undefined) return decision;
  return { ...decision, body: { ...decision.body, governance_context }, ...keeping(decision, { ...bought.governance, governance_context }) };
}

/** A refusal leaves nothing behind but its line in the audit log. */
async function noted({ errors: [{ code, details }] }: Refused, { plan_id, before }: Inquiry, { principal, account }: Caller, { store, clock }: Desk): Promise<void> {
  const check = details?.['check_id'];
  await store.commit({ changes: [], audit: {
    at: clock.now().toISOString(), principal_id: principal.principal_id, task: 'check_governance', ...(account ? { account_id: account.account_id } : {}),
    subjects: [`verdict:${code}`, `plan:${plan_id}`, ...(typeof check === 'string' ? [`governance_check:${check}`] : []), ...(before ? [`media_buy:${before.media_buy_id}`] : [])],
  } });
}
