import { maySpend } from '../domain/account.ts';
import { forbidden } from '../domain/action-authorisation.ts';
import { attemptedActions, type Attempt } from '../domain/attempted-actions.ts';
import { shownEntity } from '../domain/business-entity.ts';
import type { Caller } from '../domain/caller.ts';
import { servingBuy, type ServingFacts } from '../domain/creative-serving.ts';
import { canceledBuy, changedBuy, settledBuy } from '../domain/media-buy-change.ts';
import { ticked } from '../domain/media-buy-lifecycle.ts';
import { spendsMore } from '../domain/media-buy-totals.ts';
import { flownPackage, standing } from '../domain/media-buy-view.ts';
import { isTerminal, type MediaBuyRecord, type PackageRecord } from '../domain/media-buy.ts';
import { changeLines } from '../domain/order/change-lines.ts';
import { firstRow, linesFlaw } from '../domain/order/checks.ts';
import { keywordChangeFlaws } from '../domain/order/keyword-changes.ts';
import { cutOffFlaws, flightAfter, movedFlightFlaws, movedPackageFlaws } from '../domain/order/moved-flight.ts';
import { reportingFlaws } from '../domain/order/reporting.ts';
import { unchangeablePackages, unknownPackages } from '../domain/order/named-packages.ts';
import { boughtPackage } from '../domain/packages.ts';
import type { Change } from '../domain/ports/store.ts';
import { firstReport, queuedReport } from '../domain/report-schedule.ts';
import { adcpError, refuse, type Refused } from '../protocol/errors.ts';
import type { Package } from '../protocol/wire/core/package.ts';
import type { UpdateMediaBuyRequest, UpdateMediaBuySuccess } from '../protocol/wire/update-media-buy.ts';
import { answer, type Decision, type Desk, type UseCase } from './desk.ts';
import { orderFacts } from './order-facts.ts';
import { orderLines } from './order-lines.ts';
import { packageCreatives } from './package-creatives.ts';
import { spentByPackage } from './spent-by-package.ts';
import { timedAssignments } from './timed-approvals.ts';
import { buyLane, upstreamPush } from './upstream-push.ts';

/** Changes a media buy, whole or not at all: pauses, resumes or cancels it, moves flights and money, changes and adds packages. */
export const updateMediaBuy: UseCase<UpdateMediaBuyRequest, UpdateMediaBuySuccess> = async (request, caller, desk) => {
  const now = desk.clock.now().toISOString();
  const stored = await desk.store.mediaBuy(caller.reach, request.media_buy_id);
  if (stored === undefined)
    return refuse('MEDIA_BUY_NOT_FOUND', `no media buy "${request.media_buy_id}" for this caller`, { field: 'media_buy_id' });
  const buy = ticked(stored, now);
  const attempts = attemptedActions(buy, request, now);
  const closed =
    endedFlaw(buy, request) ??
    firstRow([
      () => (request.canceled ? [] : unknownPackages(buy, request.packages ?? [])),
      () => staleRevision(buy, request),
      () => forbidden(buy, attempts, desk.features),
    ]);
  if (closed) return closed;
  if (request.canceled) return accepted(request, canceledBuy(buy, request, now), desk, { creatives: new Map() });
  return change(request, buy, attempts, caller, desk);
};

/** Nothing can be done to a buy that has ended. */
function endedFlaw({ media_buy_id, status }: MediaBuyRecord, { canceled }: UpdateMediaBuyRequest): Refused | undefined {
  if (!isTerminal(status)) return undefined;
  return canceled
    ? refuse('NOT_CANCELLABLE', `media buy ${media_buy_id} is ${status} and cannot be canceled`, { field: 'canceled' })
    : refuse('INVALID_STATE', `media buy ${media_buy_id} is ${status} and can no longer change`, { field: 'media_buy_id' });
}

function staleRevision({ media_buy_id, revision }: MediaBuyRecord, asked: UpdateMediaBuyRequest) {
  if (asked.revision === undefined || asked.revision === revision) return [];
  return [
    adcpError('CONFLICT', `media buy ${media_buy_id} is at revision ${revision}, not ${asked.revision}`, {
      field: 'revision',
      details: { resource_id: media_buy_id, expected_version: asked.revision, current_version: revision },
    }),
  ];
}

/** Everything but a cancellation, which leaves no room for more. */
async function change(
  request: UpdateMediaBuyRequest,
  buy: MediaBuyRecord,
  attempts: readonly Attempt[],
  caller: Caller,
  desk: Desk,
): Promise<Decision<UpdateMediaBuySuccess>> {
  const now = desk.clock.now().toISOString();
  const asked = request.packages ?? [];
  const misplaced =
    (await mayNotSpend(request, buy, caller, desk)) ??
    firstRow([
      () => unchangeablePackages(buy, asked),
      () => movedFlightFlaws(buy, request, now),
      () => movedPackageFlaws(buy, request, now),
    ]);
  if (misplaced) return misplaced;

  const order = await orderLines(request.new_packages ?? [], 'new_packages', caller, desk);
  if (order.kind === 'refused') return order;
  const lowered = attempts.some(({ action }) => action === 'decrease_budget' || action === 'reallocate_budget');
  const lines = [...changeLines(buy, asked, lowered ? await spentByPackage(buy, desk) : new Map()), ...order.lines];
  const facts = await orderFacts(lines, { flight: flightAfter(buy, request, now), currency: buy.currency }, caller, desk);
  const flaw = linesFlaw(lines, facts) ?? firstRow([
    () => cutOffFlaws(buy, request, facts),
    () => keywordChangeFlaws(asked),
    () => reportingFlaws(request.reporting_webhook, [...buy.packages, ...order.lines]),
  ]);
  if (flaw) return flaw;

  const added = order.lines.map((line) =>
    boughtPackage(line.asked, { ...line, package_id: desk.ids.next('pkg'), confirmed_at: now }, desk.vault),
  );
  const changed = changedBuy(buy, request, added, now, desk.vault);
  const inline = [...asked, ...(request.new_packages ?? [])].flatMap(({ creatives = [] }) => creatives);
  const creatives = await packageCreatives(changed.packages, inline, buy, caller.reach, desk);
  const settled = settledBuy(changed, attempts, { covered: creatives.covered, now });
  // Reports that are under way go on as they are asked for now.
  const report = buy.reporting_webhook === undefined ? firstReport(settled, now) : undefined;
  const more = [...creatives.changes, ...timedAssignments(settled, buy, desk), ...(report ? [queuedReport(settled, report)] : [])];
  return accepted(request, settled, desk, creatives.serving, more, added);
}

/** An account that owes money may move its budgets, not raise them. */
async function mayNotSpend(
  request: UpdateMediaBuyRequest,
  buy: MediaBuyRecord,
  { account }: Caller,
  desk: Desk,
): Promise<Refused | undefined> {
  if (!spendsMore(buy, request)) return undefined;
  const owner = account?.account_id === buy.account_id ? account : await desk.store.account(buy.principal_id, buy.account_id);
  return owner && maySpend(owner);
}

function accepted(
  request: UpdateMediaBuyRequest,
  buy: MediaBuyRecord,
  desk: Desk,
  serving: ServingFacts,
  more: readonly Change[] = [],
  added: readonly PackageRecord[] = [],
): Decision<UpdateMediaBuySuccess> {
  const body: UpdateMediaBuySuccess = {
    ...standing(buy, desk.features),
    implementation_date: desk.clock.now().toISOString(),
    affected_packages: affected(request, buy, added),
    ...(request.invoice_recipient ? { invoice_recipient: shownEntity(request.invoice_recipient) } : {}),
  };
  const push = upstreamPush(desk, buyLane(buy), (platform) => platform.planMediaBuy('updated', servingBuy(buy, serving)));
  return answer(body, [...more, { kind: 'put_media_buy', buy }, ...push], [`media_buy:${buy.media_buy_id}`]);
}

/** The packages that the request names, and the new ones; all of them when it is about the buy as a whole. */
function affected(
  { packages, new_packages, canceled }: UpdateMediaBuyRequest,
  buy: MediaBuyRecord,
  added: readonly PackageRecord[],
): Package[] {
  const all = buy.packages.map((each) => flownPackage(each, buy));
  if (canceled || (packages === undefined && new_packages === undefined)) return all;
  const named = new Set([...(packages ?? []).map(({ package_id }) => package_id), ...added.map((each) => each.package.package_id)]);
  return all.filter(({ package_id }) => named.has(package_id));
}
