/** What a product wants of the creatives that run on it. */
import { Type, type Static } from 'typebox';
import { HttpsUri } from './texts.ts';

const flag = Type.Optional(Type.Boolean());

export const CreativePolicy = Type.Object({
  co_branding: Type.Enum(['required', 'optional', 'none']),
  landing_page: Type.Enum(['any', 'retailer_site_only', 'must_include_retailer']),
  templates_available: Type.Boolean(),
  provenance_required: flag,
  provenance_requirements: Type.Optional(Type.Object({
    require_digital_source_type: flag, require_disclosure_metadata: flag, require_embedded_provenance: flag,
  })),
  accepted_verifiers: Type.Optional(Type.Array(Type.Object({
    agent_url: HttpsUri,
    feature_id: Type.Optional(Type.String()),
    providers: Type.Optional(Type.Array(Type.String(), { minItems: 1, uniqueItems: true })),
  }, { additionalProperties: false }), { minItems: 1 })),
});
export type CreativePolicy = Static<typeof CreativePolicy>;
