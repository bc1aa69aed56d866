/** Whether the products of a buy allow what an update attempts (seller specification §3.3). Products that declare nothing allow all. */
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { AvailableAction } from '../protocol/wire/core/media-buy-action.ts';
import type { Attempt } from './attempted-actions.ts';
import type { Features } from './features.ts';
import { availableActions, declarationOf, holdsIn } from './media-buy-actions.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';

type Reason = 'not_supported_on_product' | 'wrong_status' | 'mode_mismatch';

/** One refusal for every attempt that a package it touches does not allow. */
export function forbidden(buy: MediaBuyRecord, attempts: readonly Attempt[], features: Features): AdcpError[] {
  const open = availableActions(buy, features);
  return attempts.flatMap((attempt) => {
    const reason = touched(buy, attempt)
      .map((record) => hindrance(attempt, record, buy))
      .find((each) => each !== undefined);
    return reason ? [refusal(attempt, reason, open)] : [];
  });
}

function touched({ packages }: MediaBuyRecord, { package_id }: Attempt): readonly PackageRecord[] {
  return packages.filter(({ package: each }) => (package_id === undefined ? each.canceled !== true : each.package_id === package_id));
}

function hindrance({ action }: Attempt, { terms: { allowed_actions } }: PackageRecord, { status }: MediaBuyRecord): Reason | undefined {
  if (allowed_actions === undefined) return undefined;
  const declared = declarationOf(action, allowed_actions);
  if (declared === undefined) return 'not_supported_on_product';
  if (!holdsIn(declared, status)) return 'wrong_status';
  return declared.modes.includes('self_serve') ? undefined : 'mode_mismatch';
}

const WHY: Readonly<Record<Reason, string>> = {
  not_supported_on_product: 'the product does not offer it',
  wrong_status: 'not in the present status of the buy',
  mode_mismatch: 'the seller has to approve it first',
};

function refusal({ action, path }: Attempt, reason: Reason, open: readonly AvailableAction[]): AdcpError {
  return adcpError('ACTION_NOT_ALLOWED', `${action} is not allowed: ${WHY[reason]}`, {
    field: path,
    details: { attempted_action: action, reason, currently_available_actions: open },
    // What the product never offers, no other request will get.
    ...(reason === 'not_supported_on_product' ? { recovery: 'terminal' as const } : {}),
  });
}
