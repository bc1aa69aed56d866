/** A creative as a buyer sends it: a name, a format and the assets that fill it. */
import { Type, type Static } from 'typebox';
import { AssetMap } from './asset.ts';
import { eitherMember, without } from './conditions.ts';
import { PLACEMENT_CHOICE } from './creative-assignment.ts';
import { FormatId } from './format-id.ts';
import { FormatKind, FormatOptionRef } from './format-option.ts';
import { Percent } from './numbers.ts';
import { Provenance } from './provenance.ts';

export const CREATIVE_STATUSES = ['processing', 'pending_review', 'approved', 'suspended', 'rejected', 'archived'] as const;
export type CreativeStatus = (typeof CREATIVE_STATUSES)[number];

export const CREATIVE_IDENTIFIER_TYPES = ['ad_id', 'isci', 'clearcast_clock', 'idcrea'] as const;

/** A set of values to preview the creative with. */
export const PreviewInput = Type.Object({
  name: Type.String(),
  macros: Type.Optional(Type.Unsafe<Record<string, string>>({ type: 'object', additionalProperties: { type: 'string' } })),
  context_description: Type.Optional(Type.String()),
});
export type PreviewInput = Static<typeof PreviewInput>;

/** The format is named either by `format_id` or by `format_kind`, never by both. */
export const CreativeAsset = Type.Object({
  creative_id: Type.String(),
  name: Type.String(),
  format_id: Type.Optional(FormatId),
  format_kind: Type.Optional(FormatKind),
  format_option_ref: Type.Optional(FormatOptionRef),
  assets: AssetMap,
  inputs: Type.Optional(Type.Array(PreviewInput)),
  tags: Type.Optional(Type.Array(Type.String())),
  status: Type.Optional(Type.Enum(CREATIVE_STATUSES)),
  weight: Type.Optional(Percent),
  ...PLACEMENT_CHOICE,
  industry_identifiers: Type.Optional(Type.Array(Type.Object({
    type: Type.Enum(CREATIVE_IDENTIFIER_TYPES), value: Type.String({ maxLength: 64 }),
  }), { uniqueItems: true })),
  provenance: Type.Optional(Provenance),
}, { ...eitherMember('format_id', 'format_kind'), allOf: [without('capability_id', 'capability_ref')] });
export type CreativeAsset = Static<typeof CreativeAsset>;
