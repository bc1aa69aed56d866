/** How the official client brings older names in replies up to date before anybody grades them. */
import { isObject, type JsonObject, own } from '../../json/object.ts';

export interface RewrittenReply {
  readonly payload: unknown;
  /** Kinds of change that were made, each once. */
  readonly changes: readonly ReplyChange[];
}

export type ReplyChange = 'channels' | 'pricing' | 'products' | 'creative_assignments' | 'renders';

const CHANNELS: Readonly<Record<string, readonly string[]>> = {
  video: ['olv', 'ctv'], audio: ['streaming_audio'], native: ['display'], retail: ['retail_media'],
};
/** What a media buy's packages may hold as null and the official client drops. */
const DROPPED_WHEN_NULL: ReadonlySet<string> = new Set(['creative_assignments', 'creative_ids', 'products']);

export function rewriteReply(task: string, payload: unknown): RewrittenReply {
  if (!isObject(payload)) return { payload, changes: [] };
  const changes = new Set<ReplyChange>();
  const rewritten = rewriteTask(task, payload, (change) => changes.add(change));
  return { payload: changes.size === 0 ? payload : rewritten, changes: [...changes] };
}

type Note = (change: ReplyChange) => void;

function rewriteTask(task: string, payload: JsonObject, note: Note): JsonObject {
  switch (task) {
    case 'get_products': return products(payload, note);
    case 'create_media_buy': case 'update_media_buy': return { ...payload, ...mapped(payload, 'packages', (each) => boughtPackage(each, note)) };
    case 'list_creative_formats': return { ...payload, ...mapped(payload, 'formats', (each) => renders(each, note)) };
    case 'preview_creative': return { ...payload, ...mapped(payload, 'previews', (each) => renders(each, note)) };
    default: return payload;
  }
}

function products(payload: JsonObject, note: Note): JsonObject {
  if (payload['products'] !== undefined && !Array.isArray(payload['products'])) {
    note('products');
    return { errors: [{ code: 'invalid_response', message: 'products is no list' }] };
  }
  return { ...payload, ...mapped(payload, 'products', (product) => ({
    ...product, ...channels(product, note), ...mapped(product, 'pricing_options', (option) => pricing(option, note)),
  })) };
}

function channels(product: JsonObject, note: Note): JsonObject {
  const { channels: given } = product;
  if (!Array.isArray(given) || !given.some((each) => typeof each === 'string' && Object.hasOwn(CHANNELS, each))) return {};
  note('channels');
  const current = (each: unknown): readonly unknown[] => (typeof each === 'string' && Object.hasOwn(CHANNELS, each) ? CHANNELS[each]! : [each]);
  return { channels: [...new Set((given as unknown[]).flatMap(current))] };
}

function pricing(option: JsonObject, note: Note): JsonObject {
  const guidance = option['price_guidance'];
  const floor = own(guidance, 'floor');
  if (option['rate'] === undefined && option['is_fixed'] === undefined && floor === undefined) return option;
  note('pricing');
  const { rate, is_fixed: isFixed, ...rest } = option;
  const { floor: _, ...others } = isObject(guidance) ? guidance : {};
  return {
    ...(rate !== undefined && isFixed !== false && { fixed_price: rate }), ...(floor !== undefined && { floor_price: floor }), ...rest,
    ...(floor !== undefined && { price_guidance: others }),
  };
}

function boughtPackage(entry: JsonObject, note: Note): JsonObject {
  const nulls = Object.keys(entry).filter((key) => entry[key] === null && DROPPED_WHEN_NULL.has(key));
  const ids = Array.isArray(entry['creative_ids']) ? entry['creative_ids'] as unknown[] : undefined;
  if (nulls.length === 0 && ids === undefined) return entry;
  note('creative_assignments');
  const { creative_ids: _, ...rest } = Object.fromEntries(Object.entries(entry).filter(([key]) => !nulls.includes(key)));
  return { ...(ids !== undefined && { creative_assignments: ids.map((id) => ({ creative_id: id })) }), ...rest };
}

/** A render that gives its size at the top level gives it in `dimensions`. */
function renders(entry: JsonObject, note: Note): JsonObject {
  return { ...entry, ...mapped(entry, 'renders', (render) => {
    const { width, height, ...rest } = render;
    if (rest['dimensions'] !== undefined || (width === undefined && height === undefined)) return render;
    note('renders');
    return { ...rest, dimensions: { ...(width !== undefined && { width }), ...(height !== undefined && { height }) } };
  }) };
}

/** The member with its objects changed, nothing when it is no list. */
function mapped(holder: JsonObject, member: string, change: (entry: JsonObject) => JsonObject): JsonObject {
  const list = holder[member];
  return Array.isArray(list) ? { [member]: list.map((each: unknown) => (isObject(each) ? change(each) : each)) } : {};
}
