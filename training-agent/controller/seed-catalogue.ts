/** Seeds of what is for sale: products, their pricing, formats. */
import type { SandboxCatalogue } from '../catalogue/sandbox-catalogue.ts';
import { fixtureOf } from './fixture.ts';
import { refusal, seeded, type Scenario, type ScenarioOutcome } from './scenario.ts';

const outcome = (flaw: string | undefined, what: string): ScenarioOutcome =>
  (flaw === undefined ? seeded(`${what} is seeded`) : refusal('INVALID_PARAMS', `${what} would be no valid document: ${flaw}`));

export const seedProduct = (catalogue: SandboxCatalogue): Scenario<'seed_product'> => async (params, { caller }) =>
  outcome(catalogue.seedProduct(caller.principal.principal_id, params.product_id, fixtureOf(params)), `product ${params.product_id}`);

export const seedPricingOption = (catalogue: SandboxCatalogue): Scenario<'seed_pricing_option'> => async (params, { caller }) => {
  const { product_id, pricing_option_id } = params;
  const flaw = catalogue.seedPricingOption(caller.principal.principal_id, product_id, { ...fixtureOf(params), pricing_option_id });
  return outcome(flaw, `pricing option ${pricing_option_id} of product ${product_id}`);
};

export const seedCreativeFormat = (catalogue: SandboxCatalogue): Scenario<'seed_creative_format'> => async (params, { caller }) =>
  outcome(catalogue.seedFormat(caller.principal.principal_id, params.format_id, fixtureOf(params)), `format ${params.format_id}`);
