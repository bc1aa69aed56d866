/** Where a creative comes from, who says so, and what must be told to the people who see it. */
import { Type, type Static } from 'typebox';
import { Ordinal, Share } from './numbers.ts';
import { Ext } from './open-object.ts';
import { DateTime, HttpsUri, Uri } from './texts.ts';

export const DIGITAL_SOURCE_TYPES = [
  'digital_capture', 'digital_creation', 'trained_algorithmic_media', 'composite_with_trained_algorithmic_media',
  'algorithmic_media', 'composite_capture', 'composite_synthetic', 'human_edits', 'data_driven_media',
] as const;
export const HUMAN_OVERSIGHT = ['none', 'prompt_only', 'selected', 'edited', 'directed'] as const;
export const DISCLOSURE_PERSISTENCES = ['continuous', 'initial', 'flexible'] as const;
export const DISCLOSURE_POSITIONS = [
  'prominent', 'footer', 'audio', 'subtitle', 'overlay', 'end_card', 'pre_roll', 'companion',
] as const;

/** An agent that can check the claim. */
const VerifyAgent = Type.Object({ agent_url: HttpsUri, feature_id: Type.Optional(Type.String()) }, { additionalProperties: false });

const Jurisdiction = Type.Object({
  country: Type.String(),
  regulation: Type.String(),
  region: Type.Optional(Type.String()),
  label_text: Type.Optional(Type.String()),
  render_guidance: Type.Optional(Type.Object({
    persistence: Type.Optional(Type.Enum(DISCLOSURE_PERSISTENCES)),
    min_duration_ms: Type.Optional(Ordinal),
    positions: Type.Optional(Type.Array(Type.Enum(DISCLOSURE_POSITIONS), { minItems: 1, uniqueItems: true })),
    ext: Type.Optional(Ext),
  }, { minProperties: 1 })),
});

const Verification = Type.Object({
  verified_by: Type.String(),
  result: Type.Enum(['authentic', 'ai_generated', 'ai_modified', 'inconclusive']),
  verified_time: Type.Optional(DateTime),
  confidence: Type.Optional(Share),
  details_url: Type.Optional(Uri),
});

export const Provenance = Type.Object({
  digital_source_type: Type.Optional(Type.Enum(DIGITAL_SOURCE_TYPES)),
  ai_tool: Type.Optional(Type.Object({
    name: Type.String(), version: Type.Optional(Type.String()), provider: Type.Optional(Type.String()),
  })),
  human_oversight: Type.Optional(Type.Enum(HUMAN_OVERSIGHT)),
  declared_by: Type.Optional(Type.Object({
    role: Type.Enum(['creator', 'advertiser', 'agency', 'platform', 'tool']), agent_url: Type.Optional(Uri),
  })),
  declared_at: Type.Optional(DateTime),
  created_time: Type.Optional(DateTime),
  c2pa: Type.Optional(Type.Object({ manifest_url: Uri })),
  embedded_provenance: Type.Optional(Type.Array(Type.Object({
    method: Type.Enum(['manifest_wrapper', 'provenance_markers']),
    provider: Type.String(),
    standard: Type.Optional(Type.String()),
    verify_agent: Type.Optional(VerifyAgent),
    embedded_at: Type.Optional(DateTime),
  }), { minItems: 1 })),
  watermarks: Type.Optional(Type.Array(Type.Object({
    media_type: Type.Enum(['audio', 'image', 'video', 'text']),
    provider: Type.String(),
    verify_agent: Type.Optional(VerifyAgent),
    c2pa_action: Type.Optional(Type.Enum(['c2pa.watermarked.bound', 'c2pa.watermarked.unbound'])),
    embedded_at: Type.Optional(DateTime),
  }), { minItems: 1 })),
  disclosure: Type.Optional(Type.Object({
    required: Type.Boolean(),
    jurisdictions: Type.Optional(Type.Array(Jurisdiction, { minItems: 1 })),
  })),
  verification: Type.Optional(Type.Array(Verification, { minItems: 1 })),
  ext: Type.Optional(Ext),
});
export type Provenance = Static<typeof Provenance>;
