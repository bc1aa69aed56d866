/** Whom, where and how often (seller specification §3.7). What cannot be honoured is refused where it stands, never dropped. */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { TargetingOverlay } from '../../protocol/wire/core/targeting.ts';
import { METROS, takesDimension, type Dimension } from '../targeting-dimensions.ts';
import { capFlaws } from './frequency-cap.ts';
import type { LineCheck, OrderFacts, PackageLine } from './line.ts';

const unsupported = (field: string, why: string): AdcpError => adcpError('UNSUPPORTED_FEATURE', `${field} ${why}`, { field });
const invalid = (field: string, why: string): AdcpError => adcpError('INVALID_REQUEST', `${field} ${why}`, { field });

/** Refuses dimensions, audiences, caps and lists that cannot be honoured, and keywords that stand twice. */
export const targeting: LineCheck = (line, facts) => {
  const overlay = line.asked.targeting_overlay;
  if (overlay === undefined) return [];
  const at = `${line.path}.targeting_overlay`;
  return [
    ...dimensions(overlay, at),
    ...metros(overlay, at),
    ...audiences(overlay, at, facts),
    ...frequency(overlay, at, facts),
    ...lists(overlay, at, line),
    ...(['keyword_targets', 'negative_keywords'] as const).flatMap((member) => repeatedKeywords(overlay[member] ?? [], `${at}.${member}`)),
  ];
};

function dimensions(overlay: TargetingOverlay, at: string): AdcpError[] {
  return Object.entries(overlay)
    .filter(([member, value]) => value !== undefined && !takesDimension(member))
    .map(([member]) => unsupported(`${at}.${member}`, 'is not a dimension that this seller targets by'));
}

function metros(overlay: TargetingOverlay, at: string): AdcpError[] {
  return (['geo_metros', 'geo_metros_exclude'] as const).flatMap((member) =>
    (overlay[member] ?? []).flatMap(({ system }, place) =>
      (METROS as readonly string[]).includes(system)
        ? []
        : [unsupported(`${at}.${member}[${place}].system`, `"${system}" is not a system of metros that this seller targets by`)],
    ),
  );
}

/** Audiences must be registered; one that is small or still being matched is fine. */
function audiences(overlay: TargetingOverlay, at: string, { features, audiences: registered }: OrderFacts): AdcpError[] {
  return (['audience_include', 'audience_exclude'] as const).flatMap((member) => {
    if (overlay[member] === undefined) return [];
    if (!features.audience_targeting) return [unsupported(`${at}.${member}`, 'is not supported: this seller takes no audiences')];
    return overlay[member].flatMap((id, place) => {
      const field = `${at}.${member}[${place}]`;
      const audience = registered.get(id);
      if (audience === undefined) return [invalid(field, `"${id}" is not an audience of this account; upload it with sync_audiences`)];
      return audience.forced_status === 'suspended' ? [invalid(field, `"${id}" is suspended`)] : [];
    });
  });
}

function frequency({ frequency_cap: cap }: TargetingOverlay, at: string, { features }: OrderFacts): AdcpError[] {
  if (cap === undefined) return [];
  return features.frequency_capping
    ? capFlaws(cap, `${at}.frequency_cap`)
    : [unsupported(`${at}.frequency_cap`, 'is not supported: this seller does not cap frequency')];
}

/** A product may be sold whole only; a list would take parts of it. */
function lists(overlay: TargetingOverlay, at: string, { terms }: PackageLine): AdcpError[] {
  const closed: readonly Dimension[] = [
    ...(terms.property_targeting_allowed === false ? ['property_list' as const] : []),
    ...(terms.collection_targeting_allowed === false ? ['collection_list' as const, 'collection_list_exclude' as const] : []),
  ];
  return closed
    .filter((member) => overlay[member] !== undefined)
    .map((member) => invalid(`${at}.${member}`, 'is not possible: the product is sold whole'));
}

/** Keywords that stand earlier in the list already, with the same match type. @param field of the list */
export function repeatedKeywords(
  keywords: readonly { readonly keyword: string; readonly match_type: string }[],
  field: string,
): AdcpError[] {
  const seen = new Set<string>();
  return keywords.flatMap(({ keyword, match_type }, at) => {
    const key = JSON.stringify([keyword, match_type]);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [invalid(`${field}[${at}]`, `"${keyword}" (${match_type}) stands twice`)];
  });
}
