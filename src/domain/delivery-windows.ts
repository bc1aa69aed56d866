/** The parts of a period, one report each: consecutive, together the whole period (seller specification §2.11). */
import type { DeliveryWindow } from '../protocol/wire/core/media-buy-delivery.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import { REPORTING_FREQUENCIES, type ReportingFrequency } from '../protocol/wire/core/reporting-capabilities.ts';
import { added } from './delivery-figures.ts';
import { joinedFinality } from './delivery-gauges.ts';
import { figuresByTime, type PackageSlice, type ReportFrame } from './delivery-package.ts';
import { DAY_MS, dayOf, HOUR_MS, midnight, type DeliveryPeriod } from './delivery-period.ts';
import { joined } from './delivery-plan.ts';
import { measured } from './delivery-rates.ts';
import type { MediaBuyRecord } from './media-buy.ts';

/** Days, or hours, on which parts begin, in order, and the one behind the last. */
export interface DeliverySlices {
  readonly starts: readonly string[];
  readonly end: string;
}

const MOST_WINDOWS = 1000;

/** Refuses a granularity that one of the buys' products does not report in. */
export function granularityFlaw(asked: ReportingFrequency, buys: readonly MediaBuyRecord[]): Refused | undefined {
  const reported = (granularity: ReportingFrequency) =>
    buys.every(({ packages }) =>
      packages.every(({ terms }) => terms.reporting_capabilities.windowed_pull_granularities?.includes(granularity)),
    );
  if (reported(asked)) return undefined;
  const offered = REPORTING_FREQUENCIES.filter(reported);
  return refuse(
    'UNSUPPORTED_GRANULARITY',
    `delivery of these media buys is not reported ${asked}${offered.length > 0 ? `, but ${offered.join(' and ')}` : ' in parts'}`,
    { field: 'time_granularity', details: { supported_granularities: offered } },
  );
}

/** @returns the parts of the period, or a refusal when there are too many to report */
export function slicesOfPeriod(
  { start, end }: DeliveryPeriod,
  granularity: ReportingFrequency,
): { readonly kind: 'slices'; readonly slices: DeliverySlices } | Refused {
  const hours = granularity === 'hourly';
  const nameOf = hours ? hourText : dayOf;
  const step = hours ? HOUR_MS : DAY_MS;
  const first = nameOf(Date.parse(start));
  const next = nameOf(Math.ceil(Date.parse(end) / step) * step);
  const starts: string[] = [];
  for (let day = first; day < next && starts.length <= MOST_WINDOWS; day = following(day, granularity)) starts.push(day);
  if (starts.length > MOST_WINDOWS)
    return invalid('time_granularity', `the period has more than ${MOST_WINDOWS} ${granularity} windows; ask for fewer days`);
  return { kind: 'slices', slices: { starts, end: next } };
}

function following(day: string, granularity: ReportingFrequency): string {
  if (granularity === 'hourly') return hourText(Date.parse(`${day}:00:00Z`) + HOUR_MS);
  if (granularity === 'daily') return dayOf(midnight(day) + DAY_MS);
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  return dayOf(Date.UTC(year, month, 1));
}

const hourText = (time: number): string => new Date(time).toISOString().slice(0, 13);

/** The moment at which a day or an hour begins. */
const momentOf = (time: string): string => (time.includes('T') ? `${time}:00:00Z` : `${time}T00:00:00Z`);

export function deliveryWindows(packages: readonly PackageSlice[], { starts, end }: DeliverySlices, frame: ReportFrame): DeliveryWindow[] {
  const { currency } = frame.buy;
  const [window, ...others] = new Set(packages.map(({ gauges }) => gauges.measurement_window));
  const plan = joined(packages.map((each) => each.plan));
  const times = packages.map((slice) => figuresByTime(slice, frame));
  const { is_final } = joinedFinality(packages);
  return starts.map((start, at) => {
    const next = starts[at + 1] ?? end;
    const parts = times.map((some) => added(some.filter(({ day }) => day >= start && day < next).map(({ figures }) => figures)));
    return {
      window_start: momentOf(start),
      window_end: momentOf(next),
      totals: measured(added(parts), plan, currency),
      by_package: packages.map(({ record, plan: own }, nth) => ({
        package_id: record.package.package_id,
        ...measured(parts[nth]!, own, currency),
      })),
      ...(is_final === undefined ? {} : { is_final }),
      ...(window === undefined || others.length > 0 ? {} : { measurement_window: window }),
    };
  });
}
