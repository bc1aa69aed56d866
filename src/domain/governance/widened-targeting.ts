/** Whether a package reaches somebody, somewhere or at a time that it did not reach before. What cannot be shown to be narrower counts as wider. */
import { canonicalJson } from '../../protocol/canonical-json.ts';
import type { TargetingOverlay } from '../../protocol/wire/core/targeting.ts';

/** Lists of which any item lets somebody in; those of a row widen each other. */
const INCLUDING: readonly (readonly (keyof TargetingOverlay)[])[] = [
  ['geo_countries', 'geo_regions', 'geo_metros', 'geo_postal_areas', 'geo_proximity', 'store_catchments'],
  ['language'], ['daypart_targets'], ['audience_include'], ['device_platform'], ['device_type'], ['keyword_targets'],
];

/** Lists of which every item keeps somebody out. */
const EXCLUDING: readonly (keyof TargetingOverlay)[] = [
  'geo_countries_exclude', 'geo_regions_exclude', 'geo_metros_exclude', 'geo_postal_areas_exclude', 'audience_exclude', 'device_type_exclude', 'negative_keywords',
];

export function widens(before: TargetingOverlay = {}, after: TargetingOverlay = {}): boolean {
  const listed = new Set<string>([...INCLUDING.flat(), ...EXCLUDING]);
  const others = Object.keys(before).filter((member) => !listed.has(member)) as (keyof TargetingOverlay)[];
  return INCLUDING.some((row) => letsMoreIn(itemsOf(before, row), itemsOf(after, row)))
    || EXCLUDING.some((member) => !holdsAll(itemsOf(after, [member]), itemsOf(before, [member])))
    // A limit of another kind that was not there can only narrow; one that changes or goes may widen.
    || others.some((member) => before[member] !== undefined && canonicalJson(before[member]) !== canonicalJson(after[member] ?? null));
}

const itemsOf = (overlay: TargetingOverlay, members: readonly (keyof TargetingOverlay)[]): ReadonlySet<string> =>
  new Set(members.flatMap((member) => ((overlay[member] ?? []) as readonly unknown[]).map((item) => `${member} ${canonicalJson(item)}`)));

/** An empty list limits nothing. */
const letsMoreIn = (before: ReadonlySet<string>, after: ReadonlySet<string>): boolean => before.size > 0 && (after.size === 0 || !holdsAll(before, after));

const holdsAll = (whole: ReadonlySet<string>, part: ReadonlySet<string>): boolean => [...part].every((item) => whole.has(item));
