/** What a buyer would see of an inventory, for its operator to read. */
import type { Inventory } from '../domain/inventory.ts';
import { explained, ranked } from '../domain/product-ranking.ts';
import { draftedPlans } from '../domain/proposal/draft.ts';
import type { PricingOption } from '../protocol/wire/core/pricing-option.ts';
import { Product } from '../protocol/wire/core/product.ts';

/** As many products as a brief is answered with. */
const SHOWN = 5;

/** @param now ISO 8601 */
export function inventoryText(inventory: Inventory, files: readonly string[], brief: string | undefined, now: string): string {
  const { products } = inventory;
  const order = ranked(products, brief === undefined ? {} : { brief }, new Set());
  const lines = [
    `${inventorySize(inventory)} in ${files.join(', ')}: usable`,
    ...section('Worth a look', products.flatMap((product) => doubts(product, inventory, now))),
    ...section(brief === undefined ? 'In order of rank' : `For "${brief}"`, order.slice(0, SHOWN).flatMap((product, at) => shownProduct(product, at, brief))),
    ...(order.length > SHOWN ? [`  ... and ${order.length - SHOWN} more`] : []),
    ...(brief === undefined ? [] : section('Plans', plansFor(order, brief, now))),
  ];
  return `${lines.join('\n')}\n`;
}

/** "2 products, 0 formats and 1 signal". */
export const inventorySize = ({ products, formats, signals }: Inventory): string =>
  `${counted(products.length, 'product')}, ${counted(formats.length, 'format')} and ${counted(signals.length, 'signal')}`;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const section = (title: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]);

function shownProduct(product: Product, at: number, brief: string | undefined): string[] {
  const { product_id, name, delivery_type, channels = [], pricing_options } = product;
  const { brief_relevance } = explained(product, brief);
  return [
    `${at + 1}  ${product_id}: ${name} (${[delivery_type, ...channels].join(', ')})`,
    `   ${pricing_options.map(priceText).join('; ')}`,
    ...(brief_relevance === undefined ? [] : [`   ${brief_relevance}`]),
  ];
}

const priceText = ({ pricing_option_id, pricing_model, currency, fixed_price, floor_price }: PricingOption): string =>
  `${pricing_option_id} ${fixed_price === undefined ? `auction from ${floor_price ?? 0}` : fixed_price} ${currency} ${pricing_model}`;

function plansFor(order: readonly Product[], brief: string, now: string): string[] {
  return draftedPlans(order, { brief }, now).flatMap(({ proposal: { name, allocations, total_budget_guidance: budget } }) => [
    `${name}, ${budget?.recommended === undefined ? `from ${budget?.min ?? 0}` : `for ${budget.recommended}`} ${budget?.currency ?? ''}`,
    ...allocations.map(({ allocation_percentage, product_id, pricing_option_id }) => `   ${String(allocation_percentage).padStart(3)} %  ${product_id} at ${pricing_option_id!}`),
  ]);
}

/** What is no fault, and may be none of the operator's intent. */
function doubts(product: Product, { signals }: Inventory, now: string): string[] {
  const { product_id, expires_at, channels = [], signal_targeting_allowed: takes } = product;
  const unknown = Object.keys(product).filter((member) => !Object.hasOwn(Product.properties, member));
  return [
    ...(unknown.length > 0 ? [`${product_id}: AdCP has no member ${unknown.join(', ')}; it is shown to buyers as it is`] : []),
    ...(expires_at !== undefined && Date.parse(expires_at) <= Date.parse(now) ? [`${product_id}: has expired at ${expires_at} and is not sold`] : []),
    ...(channels.length === 0 ? [`${product_id}: names no channel, so that no search by channel finds it`] : []),
    ...(takes && signals.length === 0 ? [`${product_id}: takes signals, and the inventory lists none; it is sold without them`] : []),
  ];
}
