import { contentAt, isReviewedCreative, isReviewedPackage } from '../domain/creative-review.ts';
import type { CreativeRecord } from '../domain/creative.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import type { JobPayloads } from '../domain/ports/jobs.ts';
import type { Change } from '../domain/ports/store.ts';
import type { Desk } from './desk.ts';

/** Creatives that now wait for a person go on without one after the time that the operator gives, if any is given. */
export function timedApprovals(creatives: readonly CreativeRecord[], desk: Desk): Change[] {
  return creatives
    .filter(({ status, creative }) => status === 'pending_review' && isReviewedCreative(creative, desk.review?.creatives))
    .flatMap((creative) => approvedLater(creative.principal_id, { library: creative.library, creative_id: creative.creative_id, content_at: contentAt(creative) }, desk));
}

/** The same for creatives that have come onto packages. @param before the buy as it was; absent: it is new */
export function timedAssignments(after: MediaBuyRecord, before: MediaBuyRecord | undefined, desk: Desk): Change[] {
  const { principal_id, library } = after;
  return after.packages.filter((record) => isReviewedPackage(record, desk.review?.creatives)).flatMap(({ package: { package_id, creative_assignments = [] } }) => {
    const known = new Set(before?.packages.find((each) => each.package.package_id === package_id)?.package.creative_assignments?.map(({ creative_id }) => creative_id));
    return creative_assignments.filter(({ creative_id }) => !known.has(creative_id)).flatMap(({ creative_id }) => approvedLater(principal_id, { library, creative_id, package_id }, desk));
  });
}

function approvedLater(principal_id: string, about: Pick<JobPayloads['settle_creative'], 'library' | 'creative_id' | 'package_id' | 'content_at'>, { review, ids, clock }: Desk): Change[] {
  if (review?.approve_after_seconds === undefined) return [];
  const job_id = ids.next('job');
  const run_at = new Date(clock.now().getTime() + review.approve_after_seconds * 1000).toISOString();
  return [{ kind: 'enqueue', job: { kind: 'settle_creative', job_id, principal_id, lane: `decision:${job_id}`, run_at, payload: { ...about, timed: true, decision: { kind: 'approved' } } } }];
}
