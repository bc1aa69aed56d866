/** Capabilities of protocols that this seller does not speak; they are read when other sellers are graded. */
import { Type } from 'typebox';
import { VendorMetricId } from './metric.ts';
import { Ext, OpenObject } from './open-object.ts';
import { Domain, FullDate, Uri } from './texts.ts';

const closed = { additionalProperties: false } as const;
const flag = Type.Optional(Type.Boolean());
const text = Type.Optional(Type.String());
const texts = Type.Optional(Type.Array(Type.String()));

export const SignalsCapabilities = Type.Object({
  data_provider_domains: Type.Optional(Type.Array(Domain, { minItems: 1 })),
  discovery_modes: Type.Optional(Type.Array(Type.Enum(['brief', 'wholesale']), { minItems: 1, uniqueItems: true })),
  features: Type.Optional(Type.Unsafe<Record<string, boolean>>({ type: 'object', additionalProperties: { type: 'boolean' } })),
});

const Feature = Type.Object({
  feature_id: Type.String(),
  type: Type.Enum(['binary', 'quantitative', 'categorical']),
  range: Type.Optional(Type.Object({ min: Type.Number(), max: Type.Number() })),
  categories: texts,
  description: text,
  methodology_url: Type.Optional(Uri),
});

export const GovernanceCapabilities = Type.Object({
  aggregation_window_days: Type.Optional(Type.Integer({ minimum: 1, maximum: 365 })),
  property_features: Type.Optional(Type.Array(Feature)),
  creative_features: Type.Optional(Type.Array(Feature)),
});

const Transport = Type.Enum(['mcp', 'a2a']);

export const SponsoredIntelligenceCapabilities = Type.Object({
  endpoint: Type.Object({
    transports: Type.Array(Type.Object({ type: Transport, url: Uri }), { minItems: 1 }),
    preferred: Type.Optional(Transport),
  }),
  capabilities: OpenObject,
  brand_url: Type.Optional(Uri),
});

export const RIGHT_TYPES = ['talent', 'character', 'brand_ip', 'music', 'stock_media'] as const;
export const RIGHT_USES = [
  'likeness', 'voice', 'name', 'endorsement', 'motion_capture', 'signature', 'catchphrase', 'sync', 'background_music',
  'editorial', 'commercial', 'ai_generated_image',
] as const;

export const BrandCapabilities = Type.Object({
  rights: flag,
  right_types: Type.Optional(Type.Array(Type.Enum(RIGHT_TYPES))),
  available_uses: Type.Optional(Type.Array(Type.Enum(RIGHT_USES))),
  generation_providers: texts,
  description: Type.Optional(Type.String({ maxLength: 5000 })),
});

const Accreditation = Type.Object({
  accrediting_body: Type.String(),
  certification_id: text,
  valid_until: Type.Optional(FullDate),
  evidence_url: Type.Optional(Uri),
}, closed);

export const MeasurementCapabilities = Type.Object({
  metrics: Type.Array(Type.Object({
    metric_id: VendorMetricId,
    standard_reference: Type.Optional(Uri),
    accreditations: Type.Optional(Type.Array(Accreditation, { uniqueItems: true })),
    unit: text,
    description: text,
    methodology_url: Type.Optional(Uri),
    methodology_version: text,
    ext: Type.Optional(Ext),
  }, closed), { minItems: 1, uniqueItems: true }),
});
