/** The creative formats that a product takes, said by canonical kind. */
import { Type, type Static } from 'typebox';
import { Channel } from './channel.ts';
import { anyOfMembers, equals, when, without } from './conditions.ts';
import { FormatId } from './format-id.ts';
import { OpenObject } from './open-object.ts';
import { Domain, HttpsUri } from './texts.ts';

export const FORMAT_KINDS = [
  'image', 'html5', 'display_tag', 'image_carousel', 'video_hosted', 'video_vast', 'audio_hosted', 'audio_daast',
  'sponsored_placement', 'native_in_feed', 'responsive_creative', 'agent_placement', 'custom',
] as const;
export type FormatKind = (typeof FORMAT_KINDS)[number];
export const FormatKind = Type.Enum(FORMAT_KINDS);

/** Points at one of the declarations: of the product at hand, or of a publisher (whose domain it then names). */
export const FormatOptionRef = Type.Object({
  scope: Type.Enum(['publisher', 'product']),
  format_option_id: Type.String(),
  publisher_domain: Type.Optional(Domain),
}, { allOf: [
  when('scope', 'publisher', { required: ['publisher_domain'] }),
  when('scope', 'product', { properties: { publisher_domain: Type.Never() } }),
] });
export type FormatOptionRef = Static<typeof FormatOptionRef>;

/** A schema kept elsewhere, pinned by its digest. */
export const PlatformExtensionRef = Type.Object({
  uri: HttpsUri, digest: Type.String({ pattern: '^sha256:[a-f0-9]{64}$' }),
});

/** A kind with its parameters (sizes, durations, slots), which this seller hands on as they are. */
export const FormatOption = Type.Object({
  format_kind: FormatKind,
  params: OpenObject,
  format_option_id: Type.Optional(Type.String()),
  publisher_domain: Type.Optional(Domain),
  display_name: Type.Optional(Type.String()),
  applies_to_channels: Type.Optional(Type.Array(Channel, { uniqueItems: true })),
  seller_preference: Type.Optional(Type.Enum(['preferred', 'accepted', 'discouraged'])),
  canonical_formats_only: Type.Optional(Type.Boolean()),
  experimental: Type.Optional(Type.Boolean()),
  v1_format_ref: Type.Optional(Type.Array(FormatId, { minItems: 1 })),
  format_shape: Type.Optional(Type.String()),
  format_schema: Type.Optional(PlatformExtensionRef),
}, { allOf: [
  when('format_kind', 'custom', {
    required: ['format_shape', 'format_schema'],
    anyOf: [equals('canonical_formats_only', true), { required: ['v1_format_ref'] }],
  }, without('format_shape', 'format_schema')),
  when('canonical_formats_only', true, without('v1_format_ref')),
  without('capability_id'),
] });
export type FormatOption = Static<typeof FormatOption>;

/** A product takes formats by id, by declaration, or both. */
export const SOME_FORMATS = anyOfMembers('format_ids', 'format_options');
