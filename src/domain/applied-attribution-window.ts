/** The window in which events count for the reported buys, and what is asked of it. */
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { AttributionWindow } from '../protocol/wire/core/attribution-window.ts';
import { DEFAULT_ATTRIBUTION_WINDOW } from './attribution.ts';
import type { MediaBuyRecord } from './media-buy.ts';

/** The one window of all event goals; undefined when there are none, or several. */
export function appliedWindow(buys: readonly MediaBuyRecord[]): AttributionWindow | undefined {
  const windows = buys.flatMap(({ packages }) =>
    packages.flatMap(({ package: { optimization_goals = [] } }) =>
      optimization_goals.flatMap((goal) =>
        goal.kind === 'event' ? [goal.attribution_window?.post_click ?? DEFAULT_ATTRIBUTION_WINDOW] : [],
      ),
    ),
  );
  const [post_click] = windows;
  return post_click && windows.every((each) => same(each, post_click)) ? { post_click } : undefined;
}

/**
 * Events are counted as they arrive, in the window of the goal, so that a report cannot count them in another. As AdCP wants it the
 * report is given all the same; what of the wish was not granted is told beside it.
 */
export function windowAdvice({ post_click, post_view, model }: AttributionWindow, buys: readonly MediaBuyRecord[]): AdcpError[] {
  const applied = appliedWindow(buys)?.post_click;
  const told = (member: string, text: string) => adcpError('UNSUPPORTED_FEATURE', text, { field: `attribution_window.${member}` });
  return [
    ...(post_click && !(applied && same(applied, post_click))
      ? [told('post_click', 'not applied: events count in the window of the goal that they were bought for')]
      : []),
    ...(post_view ? [told('post_view', 'not applied: events are not counted after views')] : []),
    ...(model ? [told('model', 'not applied: an event counts once and whole for a media buy')] : []),
  ];
}

const same = (a: { readonly interval: number; readonly unit: string }, b: { readonly interval: number; readonly unit: string }): boolean =>
  a.interval === b.interval && a.unit === b.unit;
