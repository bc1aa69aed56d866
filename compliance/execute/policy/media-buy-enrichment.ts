/** How the official runner replaces parts of the requests about media buys. What these functions give is final. */
import { isObject, type JsonObject, own } from '../../json/object.ts';
import { accountOf, brandOf, type EnrichmentContext } from './enrichment-context.ts';

const DAY_MS = 86_400_000;
const START_AFTER_DAYS = 1;
const END_AFTER_DAYS = 8;
const DEFAULT_FLIGHT_DAYS = 7;
const MIN_BUDGET = 1000;
const DEFAULT_FLOOR = 5;
const BID_OVER_FLOOR = 1.5;

/** Account, brand, flight and the first package are brought to what the seller was found to offer. */
export function createMediaBuy(authored: JsonObject, context: EnrichmentContext): JsonObject {
  const window = flight(authored, context.runStartedAtMs);
  const proposal = authored['proposal_id'] ?? (authored['packages'] === undefined ? context.accumulator['proposal_id'] : undefined);
  if (proposal !== undefined) {
    const { packages: _, ...rest } = authored;
    return { account: accountOf(context), brand: brandOf(context), ...rest, proposal_id: proposal, ...window };
  }
  const [first, ...more] = Array.isArray(authored['packages']) ? authored['packages'] as unknown[] : [];
  return {
    ...authored, account: accountOf(context), brand: brandOf(context), ...window,
    packages: [firstPackage(isObject(first) ? first : {}, context), ...more],
  };
}

export function updateMediaBuy(authored: JsonObject, context: EnrichmentContext): JsonObject {
  return { media_buy_id: context.accumulator['media_buy_id'] ?? 'unknown', ...authored, account: accountOf(context) };
}

/** get_media_buys and get_media_buy_delivery. */
export function readMediaBuys(authored: JsonObject, context: EnrichmentContext): JsonObject {
  const known = context.accumulator['media_buy_id'];
  return { ...(known !== undefined && { media_buy_ids: [known] }), ...authored, account: accountOf(context) };
}

function firstPackage(authored: JsonObject, { accumulator }: EnrichmentContext): JsonObject {
  const products = Array.isArray(accumulator['products']) ? accumulator['products'].filter(isObject) : [];
  const product = products.find((each) => optionsOf(each).length > 0) ?? products[0];
  const options = optionsOf(product);
  const option = options.find((each) => each['pricing_model'] === 'cpm' || each['pricing_model'] === 'flat') ?? options[0];
  const pick = (name: string, sentinel: string, found: unknown, last: string): unknown =>
    (authored[name] === undefined || authored[name] === sentinel ? found ?? accumulator[name] ?? last : authored[name]);
  const budget = typeof authored['budget'] === 'number' ? authored['budget'] : Math.max(MIN_BUDGET, numberOf(option?.['min_spend_per_package'], 0));
  return {
    ...authored, product_id: pick('product_id', 'test-product', product?.['product_id'], 'test-product'),
    pricing_option_id: pick('pricing_option_id', 'test-pricing', option?.['pricing_option_id'], 'default'), budget,
    ...(authored['bid_price'] === undefined && bids(option) && { bid_price: bidOver(option) }),
  };
}

const optionsOf = (product: JsonObject | undefined): readonly JsonObject[] =>
  (Array.isArray(product?.['pricing_options']) ? product['pricing_options'].filter(isObject) : []);
const bids = (option: JsonObject | undefined): boolean => option?.['pricing_model'] === 'auction' || option?.['pricing_model'] === 'cpm';
const numberOf = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

function bidOver(option: JsonObject | undefined): number {
  const floor = numberOf(option?.['floor_price'], numberOf(own(option?.['price_guidance'], 'floor'), DEFAULT_FLOOR));
  return Math.round(floor * BID_OVER_FLOOR * 100) / 100;
}

/** `asap` and moments to come stay; a flight that lies in the past moves, with its length, behind the start of the run. */
function flight(authored: JsonObject, now: number): JsonObject {
  const { start_time: from, end_time: to } = authored;
  const keeps = (value: unknown): value is string => typeof value === 'string' && Date.parse(value) > now;
  const startMs = keeps(from) ? Date.parse(from) : from === 'asap' ? now : now + START_AFTER_DAYS * DAY_MS;
  const endMs = keeps(to) ? Date.parse(to) : now + END_AFTER_DAYS * DAY_MS;
  const length = Date.parse(String(to)) - Date.parse(String(from));
  const end = endMs > startMs ? endMs : startMs + (length > 0 ? length : DEFAULT_FLIGHT_DAYS * DAY_MS);
  const text = (ms: number): string => new Date(ms).toISOString();
  return {
    start_time: from === 'asap' || keeps(from) ? from : text(startMs), end_time: keeps(to) && end === endMs ? to : text(end),
  };
}
