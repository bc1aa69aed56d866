import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { EventGoal } from '../../protocol/wire/core/optimization-goal.ts';
import { durationFlaws } from '../duration.ts';
import type { OrderFacts, PackageLine } from './line.ts';

/** The first thing that is wrong with a goal on the buyer's events. */
export function eventGoalFlaw(
  goal: EventGoal,
  at: string,
  { conversion_tracking: offered }: PackageLine['terms'],
  { features, event_sources }: OrderFacts,
): AdcpError | undefined {
  const invalid = (member: string, why: string) => adcpError('INVALID_REQUEST', `${at}.${member}: ${why}`, { field: `${at}.${member}` });
  const tracking = features.conversion_tracking;
  if (!tracking) return adcpError('UNSUPPORTED_FEATURE', `${at}.kind: this seller does not track conversions`, { field: `${at}.kind` });

  const unknown = goal.event_sources.findIndex(({ event_source_id }) => !event_sources.has(event_source_id));
  if (unknown >= 0)
    return invalid(
      `event_sources[${unknown}].event_source_id`,
      `"${goal.event_sources[unknown]!.event_source_id}" is not an event source of this account; register it with sync_event_sources`,
    );
  const nameless = goal.event_sources.findIndex(
    ({ event_type, custom_event_name }) => event_type === 'custom' && custom_event_name === undefined,
  );
  if (nameless >= 0) return invalid(`event_sources[${nameless}].custom_event_name`, 'a custom event is told by its name');

  const kind = goal.target?.kind;
  const aimsAtValue = kind === 'per_ad_spend' || kind === 'maximize_value';
  if (aimsAtValue && goal.event_sources.every(({ value_field }) => value_field === undefined))
    return invalid('event_sources[0].value_field', `the target "${kind}" needs a member of custom_data that holds the value`);
  const targets = tracking.supported_targets.filter((each) => offered?.supported_targets?.includes(each) ?? true);
  if (kind !== undefined && !targets.includes(kind))
    return invalid('target.kind', `targets that are supported: ${targets.join(', ') || 'none'}`);
  const { post_click, post_view } = goal.attribution_window ?? {};
  return [
    ...durationFlaws(post_click, `${at}.attribution_window.post_click`),
    ...durationFlaws(post_view, `${at}.attribution_window.post_view`),
  ][0];
}
