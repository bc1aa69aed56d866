/** What a sandbox sells: the base catalogue, under what the caller's test runs have seeded. */
import type { Caller } from '../../src/domain/caller.ts';
import type { Catalogue } from '../../src/domain/ports/catalogue.ts';
import { checkShape } from '../../src/protocol/request-check.ts';
import { Format } from '../../src/protocol/wire/core/format.ts';
import { Product } from '../../src/protocol/wire/core/product.ts';
import type { Signal } from '../../src/protocol/wire/get-signals.ts';
import type { UseCase } from '../../src/usecases/desk.ts';
import type { SeededFormat, SeededProduct, Seeds } from '../seeds.ts';
import type { BaseCatalogue } from './base.ts';
import { completedProduct } from './completed-product.ts';
import { mergedRow, type ProductSeed } from './merged-row.ts';
import type { Fixture, PricingRow } from './row.ts';

export interface SandboxCatalogue extends Catalogue {
  readonly format_fit: 'advisory';
  readonly unknown_catalogs: 'accepted';
  /** The ids of the caller's newest batch of seeds: what a run has just set up for itself is what it asks for. */
  featured(caller: Caller): Promise<ReadonlySet<string>>;
  /** The caller goes on to something else with what it has found of its newest batch: later searches are not about that. */
  spend(caller: Caller): void;
  /** Each seeds, or says why the outcome would be nothing that AdCP knows. */
  seedProduct(principal_id: string, product_id: string, fixture: Fixture): string | undefined;
  seedPricingOption(principal_id: string, product_id: string, option: PricingRow): string | undefined;
  seedFormat(principal_id: string, id: string, fixture: Fixture): string | undefined;
}

export function sandboxCatalogue(base: BaseCatalogue, seeds: Seeds, agent_url: string): SandboxCatalogue {
  const rows = new Map(base.products.map((row) => [row.product_id, row]));
  const plain = base.products.map((row) => completedProduct(row, agent_url));
  const described = base.formats.map(({ format_id, ...rest }) => ({ format_id: { agent_url, ...format_id }, ...rest }) as Format);
  const signals = base.signals.map((row) => ({ deployments: [{ type: 'agent', agent_url, is_live: true }], ...row }) as unknown as Signal);
  const complete = (seed: ProductSeed): Product => completedProduct(mergedRow(rows.get(seed.product_id), seed), agent_url);

  /** A look at the catalogue ends the batch that was being seeded. */
  const looked = (principal_id: string): Seeded => {
    seeds.endBatch(principal_id);
    const seeded = seeds.products(principal_id);
    const batch = seeded[0]?.batch;
    if (batch !== undefined) seeds.mark(principal_id, 'searched', batch);
    const leads = batch !== undefined && batch > seeds.spent(principal_id);
    return { seeded, newest: leads ? seeded.filter((seed) => seed.batch === batch) : [] };
  };

  return {
    /** Harnesses fill whatever format is offered first with the one picture that they have. */
    format_fit: 'advisory',
    /** Harnesses buy with catalogues that they never sync. */
    unknown_catalogs: 'accepted',
    async products({ principal: { principal_id } }) {
      return ranked(plain, looked(principal_id), complete);
    },
    async featured({ principal: { principal_id } }) {
      return new Set(looked(principal_id).newest.map((seed) => seed.product_id));
    },
    async product({ principal: { principal_id } }, product_id) {
      seeds.endBatch(principal_id);
      const seed = seeds.product(principal_id, product_id);
      if (seed) seeds.mark(principal_id, 'spent', seed.batch);
      return seed ? complete(seed) : plain.find((product) => product.product_id === product_id);
    },
    spend({ principal: { principal_id } }) {
      seeds.mark(principal_id, 'spent', seeds.searched(principal_id));
    },
    signals: async () => signals,
    async formats({ principal: { principal_id } }) {
      const seeded = seeds.formats(principal_id).map((seed) => formatOf(seed, agent_url));
      const replaced = new Set(seeded.map((format) => format.format_id.id));
      return [...described.filter((format) => !replaced.has(format.format_id.id)), ...seeded];
    },
    seedProduct(principal_id, product_id, fixture) {
      const flaw = productFlaw(complete({ product_id, fixture, pricing_options: [] }));
      if (flaw === undefined) seeds.putProduct(principal_id, product_id, fixture);
      return flaw;
    },
    seedPricingOption(principal_id, product_id, option) {
      const known: ProductSeed = seeds.product(principal_id, product_id) ?? { product_id, pricing_options: [] };
      const others = known.pricing_options.filter((each) => each.pricing_option_id !== option.pricing_option_id);
      const flaw = productFlaw(complete({ ...known, pricing_options: [...others, option] }));
      if (flaw === undefined) seeds.putPricingOption(principal_id, product_id, option);
      return flaw;
    },
    seedFormat(principal_id, id, fixture) {
      const flaw = checkShape(Format, formatOf({ id, fixture }, agent_url))?.message;
      if (flaw === undefined) seeds.putFormat(principal_id, id, fixture);
      return flaw;
    },
  };
}

/** A task after which the caller's newest batch leads no searches any more. */
export function spending<Request, Body>(useCase: UseCase<Request, Body>, spend: SandboxCatalogue['spend']): UseCase<Request, Body> {
  return (request, caller, desk) => {
    spend(caller);
    return useCase(request, caller, desk);
  };
}

interface Seeded {
  /** Newest batch first. */
  readonly seeded: readonly SeededProduct[];
  /** Those of the newest batch, unless it is spent. */
  readonly newest: readonly SeededProduct[];
}

/** The newest batch first, then the base catalogue in its own order, then what was seeded earlier, later batches first. */
function ranked(base: readonly Product[], { seeded, newest }: Seeded, complete: (seed: ProductSeed) => Product): readonly Product[] {
  if (seeded.length === 0) return base;
  const older = new Map(seeded.slice(newest.length).map((seed) => [seed.product_id, complete(seed)]));
  const first = new Set(newest.map((seed) => seed.product_id));
  const middle = base.filter((product) => !first.has(product.product_id)).map((product) => older.get(product.product_id) ?? product);
  const own = new Set(base.map((product) => product.product_id));
  return [...newest.map(complete), ...middle, ...[...older.values()].filter((product) => !own.has(product.product_id))];
}

function productFlaw(product: Product): string | undefined {
  const both = product.pricing_options.find((option) => option.fixed_price !== undefined && option.floor_price !== undefined);
  if (both) return `pricing option "${both.pricing_option_id}" states a fixed price and a floor; an option has one or the other`;
  return checkShape(Product, product)?.message;
}

/** What one picture, film or sound of a format's type needs; the fixtures of formats say no more than a type. */
const SLOTS: Readonly<Record<string, 'image' | 'video' | 'audio'>> = { display: 'image', dooh: 'image', video: 'video', audio: 'audio' };

function formatOf({ id, fixture: { type, ...fixture } }: SeededFormat, agent_url: string): Format {
  const slot = SLOTS[String(type)];
  return {
    name: id, ...(slot ? { assets: [{ item_type: 'individual', asset_id: slot, asset_type: slot, required: true }] } : {}),
    ...fixture, format_id: { agent_url, id },
  } as Format;
}
