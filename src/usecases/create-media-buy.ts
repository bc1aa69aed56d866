import { maySpend, type AccountRecord } from '../domain/account.ts';
import { shownAccount } from '../domain/account-view.ts';
import { keptEntity, shownEntity } from '../domain/business-entity.ts';
import type { MediaBuyRecord, PackageRecord } from '../domain/media-buy.ts';
import { opened, type MediaBuyDraft } from '../domain/media-buy-lifecycle.ts';
import { flownPackage, standing } from '../domain/media-buy-view.ts';
import { firstRow, linesFlaw } from '../domain/order/checks.ts';
import { endFlaw, resolvedStart, startFlaw } from '../domain/order/flight.ts';
import type { Flight } from '../domain/order/line.ts';
import { reportingFlaws } from '../domain/order/reporting.ts';
import { boughtPackage } from '../domain/packages.ts';
import { servingBuy } from '../domain/creative-serving.ts';
import { picked } from '../domain/picked.ts';
import { firstReport, queuedReport } from '../domain/report-schedule.ts';
import { sealedWebhook } from '../domain/webhook-config.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import type { CreateMediaBuyRequest, CreateMediaBuySuccess } from '../protocol/wire/create-media-buy.ts';
import { answer, type Desk, type UseCase } from './desk.ts';
import { orderFacts } from './order-facts.ts';
import { orderLines } from './order-lines.ts';
import { packageCreatives } from './package-creatives.ts';
import { proposalLines } from './proposal-lines.ts';
import { timedAssignments } from './timed-approvals.ts';
import { buyLane, upstreamPush } from './upstream-push.ts';

/** Buys packages of products, or a proposal, for a flight: checked row by row, confirmed at once, carried out by the platform after the commit. */
export const createMediaBuy: UseCase<CreateMediaBuyRequest, CreateMediaBuySuccess> = async (request, caller, desk) => {
  const { account } = caller;
  if (account === undefined) return refuse('ACCOUNT_NOT_FOUND', 'a media buy needs an account', { field: 'account' });
  const now = desk.clock.now().toISOString();
  const flight = { start_time: resolvedStart(request.start_time, now), end_time: request.end_time };
  const barred = maySpend(account) ?? unserved(request, desk) ?? firstRow([() => endFlaw(flight), () => startFlaw(flight, now)]);
  if (barred) return barred;

  const order = request.proposal_id === undefined
    ? await orderLines(request.packages!, 'packages', caller, desk)
    : await proposalLines(request, caller, desk);
  if (order.kind === 'refused') return order;
  const { currency } = order.lines[0]!.pricing;
  const flaw = linesFlaw(order.lines, await orderFacts(order.lines, { flight, currency }, caller, desk))
    ?? firstRow([() => reportingFlaws(request.reporting_webhook, order.lines)]);
  if (flaw) return flaw;

  const packages = order.lines.map((line) =>
    boughtPackage(line.asked, { ...line, package_id: desk.ids.next('pkg'), confirmed_at: now }, desk.vault),
  );
  const creatives = await packageCreatives(
    packages,
    order.lines.flatMap(({ asked }) => asked.creatives ?? []),
    account,
    caller.reach,
    desk,
  );
  const buy = opened(draftOf(request, { account, flight, currency, packages, now }, desk), { covered: creatives.covered, now });
  const report = firstReport(buy, now);
  const changes = [
    ...creatives.changes,
    { kind: 'put_media_buy' as const, buy },
    ...(order.kind === 'proposal_lines' ? [{ kind: 'put_proposal' as const, proposal: { ...order.proposal, media_buy_id: buy.media_buy_id } }] : []),
    ...upstreamPush(desk, buyLane(buy), (platform) => platform.planMediaBuy('created', servingBuy(buy, creatives.serving))),
    ...timedAssignments(buy, undefined, desk),
    ...(report ? [queuedReport(buy, report)] : []),
  ];
  return answer(confirmation(buy, account, desk), changes, [`media_buy:${buy.media_buy_id}`]);
};

function unserved({ proposal_id, packages }: CreateMediaBuyRequest, { features }: Desk): Refused | undefined {
  if (proposal_id !== undefined)
    return features.proposals ? undefined : refuse('UNSUPPORTED_FEATURE', 'this seller makes no proposals; name the packages', { field: 'proposal_id' });
  return packages === undefined ? invalid('packages', 'a media buy needs at least one package') : undefined;
}

interface Agreement {
  readonly account: AccountRecord;
  readonly flight: Flight;
  readonly currency: string;
  readonly packages: readonly PackageRecord[];
  readonly now: string;
}

function draftOf(
  request: CreateMediaBuyRequest,
  { account, flight, currency, packages, now }: Agreement,
  { ids, vault }: Desk,
): MediaBuyDraft {
  const { proposal_id, io_acceptance, push_notification_config, reporting_webhook, artifact_webhook } = request;
  const references = picked(request, ['po_number', 'agency_estimate_number', 'advertiser_industry', 'plan_id']);
  return {
    media_buy_id: ids.next('mb'),
    principal_id: account.principal_id,
    account_id: account.account_id,
    library: account.library,
    row_version: 0,
    hold: request.paused === true,
    revision: 1,
    confirmed_at: now,
    created_at: now,
    updated_at: now,
    ...flight,
    currency,
    packages,
    ...picked(request, ['brand', 'context', 'ext']),
    ...(request.invoice_recipient ? { invoice_recipient: keptEntity(request.invoice_recipient, vault) } : {}),
    ...(Object.keys(references).length > 0 ? { references } : {}),
    ...(proposal_id === undefined ? {} : { executes: { proposal_id, ...(io_acceptance ? { io_acceptance } : {}) } }),
    ...(push_notification_config ? { push_notification_config: sealedWebhook(push_notification_config, vault) } : {}),
    ...(reporting_webhook ? { reporting_webhook: sealedWebhook(reporting_webhook, vault) } : {}),
    ...(artifact_webhook ? { artifact_webhook: sealedWebhook(artifact_webhook, vault) } : {}),
  };
}

function confirmation(buy: MediaBuyRecord, account: AccountRecord, { features }: Desk): CreateMediaBuySuccess {
  return {
    ...standing(buy, features),
    confirmed_at: buy.confirmed_at,
    packages: buy.packages.map((each) => flownPackage(each, buy)),
    account: shownAccount(account),
    ...(buy.invoice_recipient ? { invoice_recipient: shownEntity(buy.invoice_recipient) } : {}),
    ...(account.sandbox ? { sandbox: true } : {}),
  };
}
