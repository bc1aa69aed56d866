/** What a creative should say and to whom, for those who make it. */
import { Type, type Static } from 'typebox';
import { Ordinal } from './numbers.ts';
import { DISCLOSURE_PERSISTENCES, DISCLOSURE_POSITIONS } from './provenance.ts';
import { Uri } from './texts.ts';

const text = Type.Optional(Type.String());

export const REFERENCE_ROLES = [
  'style_reference', 'product_shot', 'mood_board', 'example_creative', 'logo', 'strategy_doc', 'storyboard',
] as const;

const RequiredDisclosure = Type.Object({
  text: Type.String(),
  position: Type.Optional(Type.Enum(DISCLOSURE_POSITIONS)),
  jurisdictions: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{2}(-[A-Z0-9]{1,3})?$' }), { minItems: 1 })),
  regulation: text,
  min_duration_ms: Type.Optional(Ordinal),
  language: text,
  persistence: Type.Optional(Type.Enum(DISCLOSURE_PERSISTENCES)),
});

export const CreativeBrief = Type.Object({
  name: Type.String(),
  objective: Type.Optional(Type.Enum(['awareness', 'consideration', 'conversion', 'retention', 'engagement'])),
  tone: text,
  audience: text,
  territory: text,
  messaging: Type.Optional(Type.Object({
    headline: text, tagline: text, cta: text, key_messages: Type.Optional(Type.Array(Type.String())),
  })),
  reference_assets: Type.Optional(Type.Array(Type.Object({ url: Uri, role: Type.Enum(REFERENCE_ROLES), description: text }))),
  compliance: Type.Optional(Type.Object({
    required_disclosures: Type.Optional(Type.Array(RequiredDisclosure, { minItems: 1 })),
    prohibited_claims: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  })),
});
export type CreativeBrief = Static<typeof CreativeBrief>;
