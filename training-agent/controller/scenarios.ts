import type { Features } from '../../src/domain/features.ts';
import type { Recorder } from '../../src/domain/ports/recorder.ts';
import type { SandboxCatalogue } from '../catalogue/sandbox-catalogue.ts';
import type { Directives } from '../directives.ts';
import type { GovernanceServer } from '../governance/server.ts';
import { forceAccountStatus } from './force-account-status.ts';
import { forceAudienceStatus } from './force-audience-status.ts';
import { forceCatalogItemStatus } from './force-catalog-item-status.ts';
import { forceCreateMediaBuyArm, forceGetProductsArm, forceGetSignalsArm } from './force-arm.ts';
import { forceCreativePurge } from './force-creative-purge.ts';
import { forceCreativeStatus } from './force-creative-status.ts';
import { forceMediaBuyStatus } from './force-media-buy-status.ts';
import { forceTaskCompletion } from './force-task-completion.ts';
import { forceUpstreamUnavailable } from './force-upstream-unavailable.ts';
import { queryProvenanceAuditObservations } from './query-provenance-audit-observations.ts';
import { queryUpstreamTraffic } from './query-upstream-traffic.ts';
import type { VendorCatalogues } from '../vendor-catalogues.ts';
import type { Scenarios } from './scenario.ts';
import type { FeedServer } from '../feeds/server.ts';
import { seedAccount } from './seed-account.ts';
import { seedCatalogFeed } from './seed-catalog-feed.ts';
import { seedCreativeFormat, seedPricingOption, seedProduct } from './seed-catalogue.ts';
import { seedCreative } from './seed-creative.ts';
import { seedMeasurementCatalog } from './seed-measurement-catalog.ts';
import { seedMediaBuy } from './seed-media-buy.ts';
import { seedPlan } from './seed-plan.ts';
import { simulateBudgetSpend } from './simulate-budget-spend.ts';
import { simulateDelivery } from './simulate-delivery.ts';

export interface ScenarioMeans {
  readonly catalogue: SandboxCatalogue;
  /** What was sent upstream. */
  readonly recorder: Recorder;
  /** What measurement vendors publish. */
  readonly vendors: VendorCatalogues;
  readonly opened: Date;
  /** Where feeds stand. */
  readonly feeds: FeedServer;
  /** What later calls are told to do. */
  readonly directives: Directives;
  /** Keeps the plans. */
  readonly governance: Pick<GovernanceServer, 'put'>;
  /** What the seller has switched off cannot be set up or forced either. */
  readonly features: Features;
}

/** Every scenario that works here; what is missing is unknown, and listed nowhere. */
export const scenariosOf = ({ catalogue, recorder, vendors, opened, features, directives, feeds, governance }: ScenarioMeans): Scenarios => ({
  ...(features.audience_targeting ? { force_audience_status: forceAudienceStatus } : {}),
  ...(features.creative_library ? { force_creative_status: forceCreativeStatus, force_creative_purge: forceCreativePurge, seed_creative: seedCreative, query_provenance_audit_observations: queryProvenanceAuditObservations } : {}),
  ...(features.catalogs ? { force_catalog_item_status: forceCatalogItemStatus, seed_catalog_feed: seedCatalogFeed(feeds) } : {}),
  force_account_status: forceAccountStatus,
  force_media_buy_status: forceMediaBuyStatus,
  force_create_media_buy_arm: forceCreateMediaBuyArm(directives),
  force_get_products_arm: forceGetProductsArm(directives),
  ...(features.signals ? { force_get_signals_arm: forceGetSignalsArm(directives) } : {}),
  force_task_completion: forceTaskCompletion,
  force_upstream_unavailable: forceUpstreamUnavailable(directives),
  simulate_delivery: simulateDelivery,
  simulate_budget_spend: simulateBudgetSpend,
  seed_account: seedAccount,
  seed_product: seedProduct(catalogue),
  seed_pricing_option: seedPricingOption(catalogue),
  seed_creative_format: seedCreativeFormat(catalogue),
  seed_media_buy: seedMediaBuy,
  seed_measurement_catalog: seedMeasurementCatalog(vendors),
  ...(features.governance ? { seed_plan: seedPlan(governance) } : {}),
  query_upstream_traffic: queryUpstreamTraffic(recorder, opened),
});
