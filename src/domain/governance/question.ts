/** What a governance agent is asked about a purchase or a change of one (seller specification §3.9). */
import { SERVED_MAJORS, SERVED_VERSION } from '../../protocol/version.ts';
import type { JsonObject } from '../../protocol/envelope.ts';
import type { BusinessEntity } from '../../protocol/wire/core/business-entity.ts';
import type { CheckGovernanceRequest } from '../../protocol/wire/check-governance.ts';
import { shownEntity } from '../business-entity.ts';
import type { MediaBuyRecord } from '../media-buy.ts';
import type { Growth } from './growth.ts';
import { plannedDelivery } from './planned-delivery.ts';

/** What is about to be committed: a new buy, or what an old one grows by. */
export type Commitment =
  | { readonly kind: 'purchase'; readonly buy: MediaBuyRecord }
  | { readonly kind: 'growth'; readonly buy: MediaBuyRecord; readonly grown: readonly Growth[] };

export interface Asking {
  readonly plan_id: string;
  /** The URL under which buyers know this seller. */
  readonly caller: string;
  readonly tool: string;
  /** The call as the buyer made it. */
  readonly payload: JsonObject;
  /** The token that came with the action, or that the agent gave for it before. */
  readonly governance_context?: string;
}

export function checkRequestFor(commitment: Commitment, { payload, governance_context, ...asking }: Asking): CheckGovernanceRequest {
  const recipient = payload['invoice_recipient'] as BusinessEntity | undefined;
  return {
    adcp_version: SERVED_VERSION, adcp_major_version: SERVED_MAJORS[0]!, ...asking, payload: withoutSecrets(payload) as Record<string, unknown>,
    planned_delivery: plannedDelivery(commitment.buy),
    ...(commitment.kind === 'purchase'
      ? { phase: 'purchase' }
      : { phase: 'modification', modification_summary: `media buy ${commitment.buy.media_buy_id} grows: ${commitment.grown.join(', ').replaceAll('_', ' ')}` }),
    ...(governance_context === undefined ? {} : { governance_context }),
    ...(recipient ? { invoice_recipient: shownEntity(recipient) as BusinessEntity } : {}),
  };
}

/** Members that are secrets between the buyer and us, wherever they stand: no third party gets them. */
const SECRETS: ReadonlySet<string> = new Set(['credentials', 'auth_token', 'token', 'bank']);

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (SECRETS.has(name) ? [] : [[name, withoutSecrets(member)]])));
}
