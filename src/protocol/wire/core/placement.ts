/** Where a product's ads stand: the publisher's properties, and named places on them. */
import { Type, type Static } from 'typebox';
import { PLACEMENT_KINDS } from './channel.ts';
import { anyOfMembers, when, without } from './conditions.ts';
import { FormatId } from './format-id.ts';
import { FormatOption } from './format-option.ts';
import { untyped } from './open-object.ts';
import { Domain } from './texts.ts';

const Token = Type.String({ pattern: '^[a-z0-9_]+$' });

/** Properties of one publisher: all of them, or some by id or by tag. */
export const PublisherProperties = Type.Object({
  publisher_domain: Domain,
  selection_type: Type.Enum(['all', 'by_id', 'by_tag']),
  property_ids: Type.Optional(untyped<string[]>()),
  property_tags: Type.Optional(untyped<string[]>()),
}, { allOf: [
  when('selection_type', 'by_id', { required: ['property_ids'], properties: { property_ids: Type.Array(Token, { minItems: 1 }) } }),
  when('selection_type', 'by_tag', { required: ['property_tags'], properties: { property_tags: Type.Array(Token, { minItems: 1 }) } }),
  without('publisher_domains'),
] });
export type PublisherProperties = Static<typeof PublisherProperties>;

export const Placement = Type.Object({
  kind: Type.Enum(['publisher_ref', 'seller_inline']),
  placement_id: Type.String(),
  mode: Type.Enum(['targetable', 'included']),
  publisher_domain: Type.Optional(Domain),
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  tags: Type.Optional(Type.Array(Type.String(), { uniqueItems: true })),
  format_ids: Type.Optional(Type.Array(FormatId, { minItems: 1 })),
  format_options: Type.Optional(Type.Array(FormatOption, { minItems: 1 })),
  ...PLACEMENT_KINDS,
}, {
  ...anyOfMembers('name', 'publisher_domain'),
  allOf: [
    without('visibility', 'source', 'origin', 'delivery_mappings'),
    when('kind', 'publisher_ref', { required: ['publisher_domain'] }),
    when('kind', 'seller_inline', { required: ['name'] }),
  ],
});
export type Placement = Static<typeof Placement>;
