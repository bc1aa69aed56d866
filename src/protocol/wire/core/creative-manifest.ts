/** A creative without a place in a library: a format, and the assets that fill it. */
import { Type, type Static } from 'typebox';
import { AssetMap } from './asset.ts';
import { BrandRef } from './brand-ref.ts';
import { eitherMember, without } from './conditions.ts';
import { CREATIVE_IDENTIFIER_TYPES } from './creative-asset.ts';
import { FormatId } from './format-id.ts';
import { FormatKind, FormatOptionRef } from './format-option.ts';
import { Ext } from './open-object.ts';
import { Provenance } from './provenance.ts';

/** The format is named either by `format_id` or by `format_kind`, never by both. */
export const CreativeManifest = Type.Object({
  format_id: Type.Optional(FormatId),
  format_kind: Type.Optional(FormatKind),
  format_option_ref: Type.Optional(FormatOptionRef),
  assets: AssetMap,
  brand: Type.Optional(BrandRef),
  industry_identifiers: Type.Optional(Type.Array(Type.Object({
    type: Type.Enum(CREATIVE_IDENTIFIER_TYPES), value: Type.String({ maxLength: 64 }),
  }), { uniqueItems: true })),
  provenance: Type.Optional(Provenance),
  ext: Type.Optional(Ext),
}, { ...eitherMember('format_id', 'format_kind'), allOf: [without('capability_id', 'capability_ref')] });
export type CreativeManifest = Static<typeof CreativeManifest>;
