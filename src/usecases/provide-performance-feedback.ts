import type { FeedbackRecord } from '../domain/performance-feedback.ts';
import type { MediaBuyRecord } from '../domain/media-buy.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import type { ProvidePerformanceFeedbackRequest, ProvidePerformanceFeedbackSuccess } from '../protocol/wire/provide-performance-feedback.ts';
import { answer, type UseCase } from './desk.ts';
import { buyLane, upstreamPush } from './upstream-push.ts';

/** Takes down what a buyer thinks of its buy, of a package or of a creative in it, and tells the platform. Buys that have ended can be judged too. */
export const providePerformanceFeedback: UseCase<ProvidePerformanceFeedbackRequest, ProvidePerformanceFeedbackSuccess> = async (request, caller, desk) => {
  const buy = await desk.store.mediaBuy(caller.reach, request.media_buy_id);
  if (buy === undefined)
    return refuse('MEDIA_BUY_NOT_FOUND', `no media buy "${request.media_buy_id}"`, { field: 'media_buy_id' });
  const flaw = subjectFlaw(request, buy) ?? periodFlaw(request);
  if (flaw) return flaw;
  const { package_id, creative_id, measurement_period, performance_index, metric_type, feedback_source } = request;
  const feedback: FeedbackRecord = {
    principal_id: buy.principal_id,
    media_buy_id: buy.media_buy_id,
    ...(package_id === undefined ? {} : { package_id }),
    ...(creative_id === undefined ? {} : { creative_id }),
    measurement_period: { start: measurement_period.start, end: measurement_period.end },
    performance_index,
    metric_type: metric_type ?? 'overall_performance',
    feedback_source: feedback_source ?? 'buyer_attribution',
    received_at: desk.clock.now().toISOString(),
  };
  const push = upstreamPush(desk, buyLane(buy), (platform) => platform.planFeedback?.(buy, feedback) ?? []);
  return answer({ success: true }, [{ kind: 'put_feedback', feedback }, ...push], [`media_buy:${buy.media_buy_id}`]);
};

function subjectFlaw({ package_id, creative_id }: ProvidePerformanceFeedbackRequest, buy: MediaBuyRecord): Refused | undefined {
  const packages = buy.packages.map((each) => each.package).filter((each) => package_id === undefined || each.package_id === package_id);
  if (packages.length === 0 && package_id !== undefined)
    return refuse('PACKAGE_NOT_FOUND', `media buy ${buy.media_buy_id} has no package "${package_id}"`, { field: 'package_id' });
  const assigned = packages.flatMap(({ creative_assignments = [] }) => creative_assignments.map((each) => each.creative_id));
  if (creative_id !== undefined && !assigned.includes(creative_id))
    return invalid('creative_id', `creative "${creative_id}" is not assigned there; assigned: ${assigned.join(', ') || 'none'}`);
  return undefined;
}

function periodFlaw({ measurement_period: { start, end } }: ProvidePerformanceFeedbackRequest): Refused | undefined {
  return Date.parse(end) > Date.parse(start) ? undefined : invalid('measurement_period.end', 'measurement_period.end must lie after measurement_period.start');
}
