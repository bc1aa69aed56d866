/** A creative format: what it renders and which assets fill it. */
import { Type, type Static } from 'typebox';
import { equals, when, without } from './conditions.ts';
import { FormatId } from './format-id.ts';
import { FormatKind, FormatOption } from './format-option.ts';
import { AvailableMetric } from './metric.ts';
import { Amount, Count, Ordinal, PositiveAmount } from './numbers.ts';
import { OpenObject, untyped } from './open-object.ts';
import { DISCLOSURE_PERSISTENCES, DISCLOSURE_POSITIONS } from './provenance.ts';
import { Uri } from './texts.ts';
import { VendorPricingOption } from './vendor-pricing-option.ts';

export const FORMAT_PARAMETERS = ['dimensions', 'duration'] as const;
export const DIMENSION_UNITS = ['px', 'dp', 'inches', 'cm', 'mm', 'pt'] as const;
export const WCAG_LEVELS = ['A', 'AA', 'AAA'] as const;

/** Asset types that a slot of a format may ask for. */
export const INDIVIDUAL_ASSET_TYPES = [
  'image', 'video', 'audio', 'text', 'markdown', 'html', 'css', 'javascript', 'zip', 'vast', 'daast', 'url', 'webhook', 'brief', 'catalog',
] as const;
export const GROUP_ASSET_TYPES = INDIVIDUAL_ASSET_TYPES.filter((type) => type !== 'brief' && type !== 'catalog');

const length = Type.Optional(PositiveAmount);

export const RenderDimensions = Type.Object({
  width: length, height: length, min_width: length, min_height: length, max_width: length, max_height: length,
  unit: Type.Optional(Type.Enum(DIMENSION_UNITS)),
  responsive: Type.Optional(Type.Object({ width: Type.Boolean(), height: Type.Boolean() })),
  aspect_ratio: Type.Optional(Type.String({ pattern: '^\\d+(\\.\\d+)?:\\d+(\\.\\d+)?$' })),
});

/** A piece that is shown; its size stands here or is a parameter of the format id. */
export const FormatRender = Type.Object({
  role: Type.String(),
  dimensions: Type.Optional(RenderDimensions),
  parameters_from_format_id: Type.Optional(Type.Boolean()),
}, { oneOf: [
  { required: ['dimensions'], ...without('parameters_from_format_id') },
  { ...equals('parameters_from_format_id', true), ...without('dimensions') },
] });
export type FormatRender = Static<typeof FormatRender>;

/** Something that the publisher draws over the asset, and where. */
const Overlay = Type.Object({
  id: Type.String(),
  description: Type.Optional(Type.String()),
  visual: Type.Optional(Type.Object({
    url: Type.Optional(Uri), light: Type.Optional(Uri), dark: Type.Optional(Uri),
  }, { minProperties: 1, additionalProperties: false })),
  bounds: Type.Object({
    x: Type.Number(), y: Type.Number(), width: Amount, height: Amount, unit: Type.Enum(['px', 'fraction', 'inches', 'cm', 'mm', 'pt']),
  }, { additionalProperties: false }),
}, { additionalProperties: false });

const slot = {
  asset_role: Type.Optional(Type.String()),
  asset_group_id: Type.Optional(Type.String()),
  overlays: Type.Optional(Type.Array(Overlay)),
  requirements: Type.Optional(untyped<Record<string, unknown>>()),
};

const GroupSlot = Type.Object({
  asset_id: Type.String(), required: Type.Boolean(), asset_type: Type.Enum(GROUP_ASSET_TYPES), ...slot,
});

/** A slot for one asset, or a group of slots that may be filled several times. */
export const FormatAsset = Type.Object({
  item_type: Type.Enum(['individual', 'repeatable_group']),
  required: Type.Boolean(),
  asset_id: Type.Optional(untyped<string>()),
  asset_type: Type.Optional(untyped<(typeof INDIVIDUAL_ASSET_TYPES)[number]>()),
  asset_group_id: Type.Optional(Type.String()),
  requirements: Type.Optional(untyped<Record<string, unknown>>()),
  min_count: Type.Optional(untyped<number>()),
  max_count: Type.Optional(untyped<number>()),
  selection_mode: Type.Optional(untyped<'sequential' | 'optimize'>()),
  assets: Type.Optional(untyped<Static<typeof GroupSlot>[]>()),
}, { allOf: [
  when('item_type', 'individual', {
    required: ['asset_id', 'asset_type'],
    properties: {
      asset_id: Type.String(), asset_type: Type.Enum(INDIVIDUAL_ASSET_TYPES), asset_role: Type.String(), overlays: Type.Array(Overlay),
    },
  }),
  when('item_type', 'repeatable_group', {
    required: ['asset_group_id', 'min_count', 'max_count', 'assets'],
    properties: {
      min_count: Count, max_count: Ordinal, selection_mode: Type.Enum(['sequential', 'optimize']), assets: Type.Array(GroupSlot),
    },
  }),
] });
export type FormatAsset = Static<typeof FormatAsset>;

const Card = Type.Object({ format_id: FormatId, manifest: OpenObject });

export const Format = Type.Object({
  format_id: FormatId,
  name: Type.String(),
  description: Type.Optional(Type.String()),
  example_url: Type.Optional(Uri),
  accepts_parameters: Type.Optional(Type.Array(Type.Enum(FORMAT_PARAMETERS), { uniqueItems: true })),
  renders: Type.Optional(Type.Array(FormatRender, { minItems: 1 })),
  assets: Type.Optional(Type.Array(FormatAsset)),
  delivery: Type.Optional(OpenObject),
  supported_macros: Type.Optional(Type.Array(Type.String())),
  input_format_ids: Type.Optional(Type.Array(FormatId)),
  output_format_ids: Type.Optional(Type.Array(FormatId)),
  format_card: Type.Optional(Card),
  format_card_detailed: Type.Optional(Card),
  accessibility: Type.Optional(Type.Object({
    wcag_level: Type.Enum(WCAG_LEVELS), requires_accessible_assets: Type.Optional(Type.Boolean()),
  })),
  supported_disclosure_positions: Type.Optional(Type.Array(Type.Enum(DISCLOSURE_POSITIONS), { minItems: 1, uniqueItems: true })),
  disclosure_capabilities: Type.Optional(Type.Array(Type.Object({
    position: Type.Enum(DISCLOSURE_POSITIONS),
    persistence: Type.Array(Type.Enum(DISCLOSURE_PERSISTENCES), { minItems: 1, uniqueItems: true }),
  }), { minItems: 1 })),
  reported_metrics: Type.Optional(Type.Array(AvailableMetric, { minItems: 1, uniqueItems: true })),
  pricing_options: Type.Optional(Type.Array(VendorPricingOption, { minItems: 1 })),
  canonical: Type.Optional(Type.Object({ kind: FormatKind })),
  canonical_parameters: Type.Optional(FormatOption),
}, { dependencies: { canonical_parameters: ['canonical'] } });
export type Format = Static<typeof Format>;
