/** What was measured and does not add up: of a buy, of a package of it, and of packages together (seller specification §5.1, §5.2). */
import type { Viewability } from '../protocol/wire/core/delivery-metrics.ts';
import type { VendorMetricValue } from '../protocol/wire/core/metric.ts';
import type { DeliveryGauges, PackageGauges } from './delivery-facts.ts';
import { picked } from './picked.ts';
import type { MediaBuyRecord, PackageRecord } from './media-buy.ts';
import { roundTo } from './money.ts';

const FINALITY = ['is_final', 'finalized_at', 'measurement_window'] as const;
const MEASURED = ['reach', 'frequency', 'reach_window', 'viewability', 'vendor_metric_values'] as const;

/**
 * The latest report over those before, member by member; those of packages likewise. How far a whole buy has settled takes the place
 * of what was said of its packages.
 */
export function mergedGauges(before: DeliveryGauges, reported: DeliveryGauges): DeliveryGauges {
  const ids = [...new Set([...Object.keys(before.packages ?? {}), ...Object.keys(reported.packages ?? {})])];
  const stated = FINALITY.filter((member) => reported[member] !== undefined);
  const packages = ids.map((id) => {
    const kept = Object.entries(before.packages?.[id] ?? {}).filter(([member]) => !(stated as readonly string[]).includes(member));
    return [id, { ...Object.fromEntries(kept), ...reported.packages?.[id] }] as const;
  });
  return { ...before, ...reported, ...(packages.length > 0 ? { packages: Object.fromEntries(packages) } : {}) };
}

/**
 * What is known of one package. How far figures have settled holds for all packages of a buy until one is told apart; what was measured
 * of a buy is that of its package when it has only one. Figures of a product that is measured in windows are the earliest until a
 * platform says otherwise.
 */
export function gaugesOfPackage(record: PackageRecord, { packages }: MediaBuyRecord, gauges: DeliveryGauges): PackageGauges {
  const shared = picked(gauges, packages.length === 1 ? [...FINALITY, ...MEASURED] : [...FINALITY]);
  const told: PackageGauges = { ...shared, ...gauges.packages?.[record.package.package_id] };
  return told.is_final === undefined && told.measurement_window === undefined ? { ...earliestWindow(record), ...told } : told;
}

function earliestWindow({ terms }: PackageRecord): PackageGauges {
  const windows = terms.reporting_capabilities.measurement_windows ?? [];
  const [first] = windows.toSorted((a, b) => readyAfter(a) - readyAfter(b));
  return first ? { measurement_window: first.window_id, is_final: false } : {};
}

const readyAfter = ({ duration_days, expected_availability_days }: { duration_days: number; expected_availability_days?: number }): number =>
  expected_availability_days ?? duration_days;

/** When figures are final, and since when. */
export function finality({ is_final, finalized_at }: PackageGauges): { is_final?: boolean; finalized_at?: string } {
  return { ...(is_final === undefined ? {} : { is_final }), ...(is_final && finalized_at !== undefined ? { finalized_at } : {}) };
}

/** A buy is final when all of its packages are, each in the window that it is billed by; since the last of them was. */
export function joinedFinality(parts: readonly { readonly record: PackageRecord; readonly gauges: PackageGauges }[]): { is_final?: boolean; finalized_at?: string } {
  if (parts.every(({ gauges }) => gauges.is_final === undefined)) return {};
  const is_final = parts.every(({ record, gauges }) => gauges.is_final === true && billed(record, gauges));
  const since = parts.flatMap(({ gauges }) => gauges.finalized_at ?? []).toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1);
  return finality({ is_final, ...(since === undefined ? {} : { finalized_at: since }) });
}

function billed({ package: { measurement_terms } }: PackageRecord, { measurement_window }: PackageGauges): boolean {
  const agreed = measurement_terms?.billing_measurement?.measurement_window;
  return agreed === undefined || agreed === measurement_window;
}

/** What was measured over the whole life and cannot be divided. */
export function measuredValues({ viewability, vendor_metric_values }: PackageGauges): { viewability?: Viewability; vendor_metric_values?: VendorMetricValue[] } {
  return {
    ...(viewability ? { viewability: rated(viewability as Viewability) } : {}),
    ...(vendor_metric_values ? { vendor_metric_values: vendor_metric_values as unknown as VendorMetricValue[] } : {}),
  };
}

function rated(viewability: Viewability): Viewability {
  const { measurable_impressions = 0, viewable_impressions = 0, viewable_rate } = viewability;
  if (viewable_rate !== undefined || measurable_impressions <= 0 || viewable_impressions > measurable_impressions) return viewability;
  return { ...viewability, viewable_rate: roundTo(viewable_impressions / measurable_impressions, 4) };
}

/** Viewability of packages together; undefined when one that delivered has none, or another vendor or standard measured it. */
export function joinedViewability(parts: readonly { readonly impressions: number; readonly gauges: PackageGauges }[]): Viewability | undefined {
  const told = parts.filter(({ impressions }) => impressions > 0).map(({ gauges }) => gauges.viewability as Viewability | undefined);
  const [first] = told;
  const alike = (each: Viewability | undefined) =>
    each?.measurable_impressions !== undefined && each.viewable_impressions !== undefined
    && each.standard === first!.standard && each.vendor?.domain === first!.vendor?.domain;
  if (first === undefined || !told.every(alike)) return undefined;
  const sum = (of: (each: Viewability) => number) => told.reduce((total, each) => total + of(each!), 0);
  const measurable_impressions = sum((each) => each.measurable_impressions!);
  const seconds = told.every((each) => each!.viewed_seconds !== undefined) && measurable_impressions > 0
    ? { viewed_seconds: roundTo(sum((each) => each.viewed_seconds! * each.measurable_impressions!) / measurable_impressions, 4) }
    : {};
  return rated({ ...picked(first, ['vendor', 'standard']), measurable_impressions, viewable_impressions: sum((each) => each.viewable_impressions!), ...seconds });
}
