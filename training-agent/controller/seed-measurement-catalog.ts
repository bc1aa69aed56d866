import type { VendorCatalogues } from '../vendor-catalogues.ts';
import { seeded, type Scenario } from './scenario.ts';

/** Says which metrics a measurement vendor publishes; again: replaces what was said of it before. */
export const seedMeasurementCatalog = (vendors: VendorCatalogues): Scenario<'seed_measurement_catalog'> => async ({ vendor, metrics }, { caller }) => {
  vendors.publish(caller.principal.principal_id, vendor.domain, metrics.map(({ metric_id }) => metric_id));
  return seeded(`the catalogue of ${vendor.domain} is seeded`);
};
