/** Fills the slots of a creative format with the assets of the test kit. */
import { isObject, type JsonObject, own } from '../json/object.ts';

export type BuiltAssets =
  | { readonly kind: 'assets'; readonly assets: JsonObject }
  | { readonly kind: 'unfillable'; readonly problem: string };

const TEXTS: readonly (readonly [name: RegExp, list: string])[] = [
  [/headline|title/i, 'headlines'], [/cta|call_to_action/i, 'cta'], [/description|body|primary_text/i, 'descriptions'],
];
const URL_NAME = /url|click|landing|destination/i;

/**
 * One asset for each required slot of a format.
 * @param format the format itself, or its id: then it is looked up among the formats that the seller has listed
 */
export function buildAssets(format: unknown, accumulator: JsonObject, kit: JsonObject): BuiltAssets {
  const found = slotsOf(format) === undefined ? listedFormat(format, accumulator['formats']) : format;
  const slots = slotsOf(found);
  if (slots === undefined) return { kind: 'unfillable', problem: 'the format is not among those that the seller listed' };
  const assets: Record<string, unknown> = {};
  for (const slot of slots.filter((each) => each['required'] !== false)) {
    const name = slot['asset_id'] ?? slot['asset_group_id'] ?? slot['asset_role'] ?? slot['name'];
    if (typeof name !== 'string') return { kind: 'unfillable', problem: 'a required slot has no name' };
    const asset = fill(name, slot, kit['assets']);
    if (asset === undefined) return { kind: 'unfillable', problem: `the test kit has nothing for the slot ${name}` };
    assets[name] = asset;
  }
  return { kind: 'assets', assets };
}

function slotsOf(format: unknown): readonly JsonObject[] | undefined {
  const list = ['slots', 'assets', 'assets_required'].map((key) => own(format, key)).find(Array.isArray) as unknown[] | undefined;
  return list?.filter(isObject);
}

/** A format id is an object `{agent_url, id}` or, in older releases, a text. */
function listedFormat(id: unknown, formats: unknown): unknown {
  const wanted = own(id, 'id') ?? id;
  return (Array.isArray(formats) ? formats : []).find((format) => {
    const formatId = own(format, 'format_id');
    return (own(formatId, 'id') ?? formatId) === wanted && wanted !== undefined;
  });
}

function fill(name: string, slot: JsonObject, assets: unknown): JsonObject | undefined {
  const type = slot['asset_type'];
  if (type === 'image') return image(slot, own(assets, 'images'));
  if (type === 'url' || (type === undefined && URL_NAME.test(name))) {
    const url = own(assets, 'click_url');
    return typeof url === 'string' ? { asset_type: 'url', url } : undefined;
  }
  const list = TEXTS.find(([pattern]) => pattern.test(name))?.[1];
  const texts = list === undefined ? undefined : own(own(assets, 'text'), list);
  const content: unknown = Array.isArray(texts) ? texts[0] : undefined;
  return typeof content === 'string' ? { asset_type: 'text', content } : undefined;
}

/** An image of exactly the dimensions that the slot fixes. */
function image(slot: JsonObject, images: unknown): JsonObject | undefined {
  const wanted = isObject(slot['requirements']) ? slot['requirements'] : slot;
  const side = (name: 'width' | 'height'): unknown =>
    wanted[name] ?? (wanted[`min_${name}`] === wanted[`max_${name}`] ? wanted[`min_${name}`] : undefined);
  const found = (Array.isArray(images) ? images : []).find((each) =>
    (side('width') === undefined || own(each, 'width') === side('width'))
      && (side('height') === undefined || own(each, 'height') === side('height')));
  if (!isObject(found)) return undefined;
  const { url, width, height, mime_type } = found;
  return { asset_type: 'image', url, width, height, ...(mime_type !== undefined && { mime_type }) };
}
