/** Whether a package's choice of format agrees with what a product offers. */
import { jsonEquals } from '../../json/equality.ts';
import { isObject, type JsonObject, own } from '../../json/object.ts';
import { canonicalAgentUrl } from './agent-url.ts';

/** Ways in which a package may choose, in the order of precedence; the first that it uses decides. */
const CANONICAL_LISTS = ['format_options', 'format_selectors', 'formats'] as const;
/** A product that fixes one of them is satisfied only by a selector that names the same value. */
const FIXED = ['width', 'height', 'duration_ms_exact'] as const;
const BOUNDED = /^(min|max)_(.+)$/;

/** A package without any selector takes whatever the product offers. */
export function selectorsSatisfied(pack: JsonObject, product: JsonObject): boolean {
  const options = objects(product['format_options']);
  const refs = objects(pack['format_option_refs']);
  if (refs.length > 0) return refs.every((ref) => options.some((option) => option['format_option_id'] === ref['format_option_id']));
  const ids = objects(pack['format_ids']);
  if (ids.length > 0) return ids.every((id) => isLegacyOffered(id, product, options));
  return canonicalSelectors(pack).every((selector) => options.some((option) => agrees(selector, option)));
}

function canonicalSelectors(pack: JsonObject): readonly JsonObject[] {
  const listed = CANONICAL_LISTS.map((key) => objects(pack[key])).find((list) => list.length > 0);
  if (listed !== undefined) return listed;
  if (pack['format_kind'] !== undefined) return [pack];
  return isObject(pack['format_option']) ? [pack['format_option']] : [];
}

/** A format id of the older kind, offered by itself or as the older name of an option. */
function isLegacyOffered(id: JsonObject, product: JsonObject, options: readonly JsonObject[]): boolean {
  const offered = [...objects(product['format_ids']), ...options.flatMap((option) => objects(option['v1_format_ref']))];
  return offered.some((each) => each['id'] === id['id'] && sameAgent(each['agent_url'], id['agent_url']));
}

function sameAgent(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' ? canonicalAgentUrl(a) === canonicalAgentUrl(b) : a === undefined || b === undefined;
}

function agrees(selector: JsonObject, option: JsonObject): boolean {
  if (selector['format_kind'] !== option['format_kind']) return false;
  const [wanted, offered] = [paramsOf(selector), paramsOf(option)];
  return fixedAgree(wanted, offered) && sizesAgree(wanted, offered) && rangeAgrees(wanted, offered) && boundsAgree(wanted, offered)
    && othersAgree(wanted, offered);
}

const paramsOf = (side: JsonObject): JsonObject => (isObject(side['params']) ? side['params'] : side);

function fixedAgree(wanted: JsonObject, offered: JsonObject): boolean {
  return FIXED.every((key) => offered[key] === undefined || jsonEquals(wanted[key], offered[key]));
}

function sizesAgree(wanted: JsonObject, offered: JsonObject): boolean {
  const sizes = objects(offered['sizes']);
  if (sizes.length === 0) return true;
  const asked = objects(wanted['sizes']).length > 0 ? objects(wanted['sizes']) : [{ width: wanted['width'], height: wanted['height'] }];
  return asked.every((size) => sizes.some((each) => each['width'] === size['width'] && each['height'] === size['height']));
}

function rangeAgrees(wanted: JsonObject, offered: JsonObject): boolean {
  const [from, to] = bounds(offered['duration_ms_range']);
  if (from === undefined || to === undefined) return true;
  const exact = wanted['duration_ms_exact'];
  const [low, high] = typeof exact === 'number' ? [exact, exact] : bounds(wanted['duration_ms_range']);
  return low !== undefined && high !== undefined && low >= from && high <= to;
}

/** `min_width: 300` of the offer holds for `width` and for `min_width` of the selector. */
function boundsAgree(wanted: JsonObject, offered: JsonObject): boolean {
  return Object.entries(offered).every(([key, bound]) => {
    const [, side, name] = BOUNDED.exec(key) ?? [];
    if (side === undefined || typeof bound !== 'number') return true;
    const value = wanted[name!] ?? wanted[key];
    return typeof value !== 'number' || (side === 'min' ? value >= bound : value <= bound);
  });
}

/** Whatever else both sides name: equal, or of lists a part. */
function othersAgree(wanted: JsonObject, offered: JsonObject): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    if (isSpecial(key) || !Object.hasOwn(offered, key)) return true;
    const offer = offered[key];
    if (!Array.isArray(offer)) return jsonEquals(value, offer);
    return (Array.isArray(value) ? value : [value]).every((item) => offer.some((each) => jsonEquals(item, each)));
  });
}

const isSpecial = (key: string): boolean => (FIXED as readonly string[]).includes(key) || key === 'sizes' || key === 'duration_ms_range'
  || key === 'format_kind' || BOUNDED.test(key);

function bounds(range: unknown): readonly [number | undefined, number | undefined] {
  const [from, to] = Array.isArray(range) ? range : [own(range, 'min'), own(range, 'max')];
  return [typeof from === 'number' ? from : undefined, typeof to === 'number' ? to : undefined];
}

function objects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
}
