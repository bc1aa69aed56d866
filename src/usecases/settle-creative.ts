import { approvalOf, contentAt, type AssignmentVerdict, type CreativeDecision } from '../domain/creative-review.ts';
import { CREATIVE_EDGES, inStatus, type CreativeRecord, type CreativeStatus } from '../domain/creative.ts';
import { isTerminal } from '../domain/media-buy.ts';
import type { JobPayloads } from '../domain/ports/jobs.ts';
import type { Change } from '../domain/ports/store.ts';
import { creativeNews } from './creative-news.ts';
import type { Desk } from './desk.ts';
import { purgeCreative } from './purge-creative.ts';
import { servingFacts } from './serving-facts.ts';
import { resumed, touchedBuys } from './touched-buys.ts';

type Order = JobPayloads['settle_creative'];

/**
 * What a decision about a creative brings about: its status or its standing on a package, the buys that waited for it, what the platform
 * may show, and what subscribers hear. Nothing when the creative is gone, or has another content than the one that was decided on.
 */
export async function settleCreative(principal_id: string, order: Order, desk: Desk): Promise<readonly Change[]> {
  const reach = { principal_id, library: order.library, wide: false };
  const [creative] = await desk.store.creatives(reach, [order.creative_id]);
  if (creative === undefined || (order.content_at !== undefined && order.content_at !== contentAt(creative))) return [];
  const { decision } = order;
  if (decision.kind === 'purged') {
    const { kind: _purged, purge_kind: kind, ...why } = decision;
    return [...await purgeCreative(creative, { kind, initiator: 'seller', ...why }, desk), ...await touchedBuys(creative, 'gone', desk)];
  }
  return order.package_id === undefined ? inLibrary(creative, decision, order.timed === true, desk) : onPackage(creative, order.package_id, decision, order.timed === true, desk);
}

type Verdict = Exclude<CreativeDecision, { kind: 'purged' }>;

async function inLibrary(known: CreativeRecord, decision: Verdict, timed: boolean, desk: Desk): Promise<readonly Change[]> {
  const { kind: status } = decision;
  if (!CREATIVE_EDGES[known.status].includes(status) || (timed && known.status !== 'pending_review')) return [];
  const { rejection_reason: _past, ...kept } = known;
  const now = desk.clock.now().toISOString();
  const creative: CreativeRecord = { ...inStatus(kept, status, now), updated_date: now, ...(decision.kind === 'rejected' ? { rejection_reason: decision.reason } : {}) };
  const news = await creativeNews(creative, {
    kind: 'status_changed', from: known.status, to: status, ...causeOf(known.status, decision, timed),
  }, desk);
  return [{ kind: 'put_creative', creative }, ...news, ...await touchedBuys(creative, 'changed', desk)];
}

/** Why it moves, for those who are told. */
function causeOf(from: CreativeStatus, decision: Verdict, timed: boolean) {
  const reason_code = decision.kind === 'approved' ? 'review_passed' as const : from === 'pending_review' ? 'review_failure' as const : 'policy_revocation' as const;
  return { reason_code, initiator: timed ? 'system' as const : 'seller' as const, ...(decision.kind === 'rejected' ? { reason_detail: decision.reason } : {}) };
}

async function onPackage(creative: CreativeRecord, package_id: string, decision: Verdict, timed: boolean, desk: Desk): Promise<readonly Change[]> {
  const { creative_id, principal_id, library } = creative;
  const reach = { principal_id, library, wide: false };
  const buy = (await desk.store.mediaBuysOfPackages(reach, [package_id])).find(({ status }) => !isTerminal(status));
  const at = buy?.packages.findIndex((each) => each.package.package_id === package_id) ?? -1;
  const target = buy?.packages[at];
  if (buy === undefined || target?.package.creative_assignments?.some((each) => each.creative_id === creative_id) !== true) return [];
  if (timed && target.creative_verdicts?.[creative_id] !== undefined) return [];
  const verdict: AssignmentVerdict = { verdict: decision.kind, at: desk.clock.now().toISOString(), ...(decision.kind === 'rejected' ? { reason: decision.reason } : {}) };
  const decided = { ...buy, packages: buy.packages.with(at, { ...target, creative_verdicts: { ...target.creative_verdicts, [creative_id]: verdict } }) };
  const [before, after] = [target, decided.packages[at]!].map((each) => approvalOf(each, creative, desk.review?.creatives).approval_status);
  const news = before === after ? [] : await creativeNews(creative, {
    kind: 'status_changed', from: before!, to: after!, assignment: { media_buy_id: buy.media_buy_id, package_id }, ...causeOf(before!, decision, timed),
  }, desk);
  return [...news, ...resumed(decided, await servingFacts([decided], reach, desk), desk)];
}
