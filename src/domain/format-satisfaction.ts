/**
 * Whether a wanted format satisfies a declared one. The question has a direction: the wanted one must pin down whatever the
 * declared one fixes, and a range must lie within the declared range (seller specification §3.6).
 */
import type { FormatKind } from '../protocol/wire/core/format-option.ts';

/** A kind of format with its parameters, as AdCP's canonical formats name them. */
export interface CanonicalFormat {
  readonly format_kind: FormatKind;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A closed interval; an open side is infinite. */
type Range = readonly [number, number];
type Size = readonly [number, number];

/** Kinds must be equal; sizes and durations must be pinned within what is declared; shape words only must not disagree. */
export function satisfies(wanted: CanonicalFormat, declared: CanonicalFormat): boolean {
  return (
    wanted.format_kind === declared.format_kind &&
    sizesFit(wanted.params, declared.params) &&
    within(duration(wanted.params), duration(declared.params)) &&
    ['aspect_ratio', 'orientation'].every(
      (name) => wanted.params[name] === undefined || declared.params[name] === undefined || wanted.params[name] === declared.params[name],
    )
  );
}

function sizesFit(wanted: CanonicalFormat['params'], declared: CanonicalFormat['params']): boolean {
  const accepted = sizes(declared);
  const asked = sizes(wanted);
  if (accepted.length > 0)
    return asked.length > 0 && asked.every((size) => accepted.some((each) => each[0] === size[0] && each[1] === size[1]));
  if (asked.length > 0)
    return asked.every(
      ([width, height]) => within([width, width], range(declared, 'width')) && within([height, height], range(declared, 'height')),
    );
  return within(range(wanted, 'width'), range(declared, 'width')) && within(range(wanted, 'height'), range(declared, 'height'));
}

/** Fixed sizes: one of width and height, or a list. */
function sizes({ width, height, sizes: several }: CanonicalFormat['params']): Size[] {
  if (typeof width === 'number' && typeof height === 'number') return [[width, height]];
  if (!Array.isArray(several)) return [];
  return several.flatMap((each: { width?: unknown; height?: unknown } | null) =>
    typeof each?.width === 'number' && typeof each.height === 'number' ? [[each.width, each.height] as const] : [],
  );
}

function range(params: CanonicalFormat['params'], side: 'width' | 'height'): Range {
  const exact = params[side];
  return typeof exact === 'number' ? [exact, exact] : bounds(params[`min_${side}`], params[`max_${side}`]);
}

/** An exact duration counts before a range. */
function duration({ duration_ms_exact: exact, duration_ms_range: between }: CanonicalFormat['params']): Range {
  if (typeof exact === 'number') return [exact, exact];
  return Array.isArray(between) ? bounds(between[0], between[1]) : bounds(undefined, undefined);
}

const bounds = (least: unknown, most: unknown): Range => [
  typeof least === 'number' ? least : -Infinity,
  typeof most === 'number' ? most : Infinity,
];

const within = (inner: Range, outer: Range): boolean => inner[0] >= outer[0] && inner[1] <= outer[1];
