import type { MediaBuyFeatures } from '../protocol/wire/core/product-filters.ts';
import type { Features } from './features.ts';

/**
 * The block `media_buy.features` of the capabilities: what is true here is what `required_features` of a search may ask for.
 * AdCP 3.0 has no blocks for conversion tracking and audiences; its clients look for these two flags before they call the tasks.
 */
export function declaredFeatures(features: Features): MediaBuyFeatures {
  return {
    inline_creative_management: features.inline_creatives,
    property_list_filtering: features.property_lists,
    catalog_management: features.catalogs,
    committed_metrics_supported: true,
    conversion_tracking: features.conversion_tracking !== undefined,
    audience_targeting: features.audience_targeting !== undefined,
  };
}
