/** How a member of a feed's record becomes a member of a catalogue's item. */
import { Type, type Static } from 'typebox';
import type { Rule } from './conditions.ts';
import { PositiveAmount } from './numbers.ts';
import { Ext } from './open-object.ts';

export const FIELD_TRANSFORMS = ['date', 'divide', 'boolean', 'split'] as const;

const notBoth = (one: string, other: string): Rule => ({ not: { required: [one, other] } });

/** A value comes from the feed or is fixed, and goes into a member (dots lead inside) or into a group of assets. */
export const CatalogFieldMapping = Type.Object({
  feed_field: Type.Optional(Type.String()),
  catalog_field: Type.Optional(Type.String()),
  asset_group_id: Type.Optional(Type.String()),
  value: Type.Optional(Type.Unknown()),
  transform: Type.Optional(Type.Enum(FIELD_TRANSFORMS)),
  format: Type.Optional(Type.String()),
  timezone: Type.Optional(Type.String()),
  by: Type.Optional(PositiveAmount),
  separator: Type.Optional(Type.String()),
  default: Type.Optional(Type.Unknown()),
  ext: Type.Optional(Ext),
}, { allOf: [notBoth('feed_field', 'value'), notBoth('catalog_field', 'asset_group_id')] });
export type CatalogFieldMapping = Static<typeof CatalogFieldMapping>;
