/** How well a batch of events can be used. */
import type { ConversionEvent } from '../protocol/wire/core/conversion-event.ts';
import type { EventSource } from '../protocol/wire/core/event-source.ts';
import { roundTo } from './money.ts';

export interface EventQuality {
  /** The part of the events, 0 to 1, that names a person in some way: more than that cannot be matched. */
  readonly match_quality: number;
  /** One line for each thing that makes events less useful, with how many it concerns. */
  readonly warnings: readonly string[];
}

export function eventQuality(events: readonly ConversionEvent[], source: EventSource): EventQuality {
  const count = (is: (event: ConversionEvent) => boolean): number => events.filter(is).length;
  const anonymous = count(({ user_match }) => user_match === undefined);
  const told = (events_concerned: number, text: string): string[] =>
    events_concerned > 0 ? [`${events_concerned} of ${events.length} events ${text}`] : [];
  return {
    match_quality: events.length === 0 ? 0 : roundTo((events.length - anonymous) / events.length, 4),
    warnings: [
      ...told(anonymous, 'name nobody in user_match and cannot be matched to people'),
      ...told(count(withoutCurrency), 'have a value without a currency; it is taken to be in the currency of the media buy'),
      ...told(
        count((event) => event.event_type === 'custom' && event.custom_event_name === undefined),
        'are custom without custom_event_name; goals that ask for a name will not count them',
      ),
      ...told(
        count((event) => withoutPage(event, source)),
        'happened on a website but have no event_source_url',
      ),
    ],
  };
}

const withoutCurrency = ({ custom_data }: ConversionEvent): boolean =>
  custom_data?.value !== undefined && custom_data.currency === undefined;

const withoutPage = ({ action_source, event_source_url }: ConversionEvent, source: EventSource): boolean =>
  (action_source ?? source.action_source) === 'website' && event_source_url === undefined;
