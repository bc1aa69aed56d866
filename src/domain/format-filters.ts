/** Narrows a list of formats to what a caller filters for: all filters must hold (seller specification §2.7). */
import { WCAG_LEVELS, type Format, type RenderDimensions } from '../protocol/wire/core/format.ts';
import type { Static } from 'typebox';
import type { ListCreativeFormatsRequest } from '../protocol/wire/list-creative-formats.ts';
import { sameFormat } from './format-ids.ts';

type Dimensions = Static<typeof RenderDimensions>;
type Filters = Pick<
  ListCreativeFormatsRequest,
  | 'type'
  | 'asset_types'
  | 'max_width'
  | 'max_height'
  | 'min_width'
  | 'min_height'
  | 'is_responsive'
  | 'name_search'
  | 'wcag_level'
  | 'disclosure_positions'
  | 'disclosure_persistence'
  | 'output_format_ids'
  | 'input_format_ids'
>;
type Rules = { readonly [Name in keyof Filters]-?: (format: Format, wanted: NonNullable<Filters[Name]>) => boolean };

const RULES: Rules = {
  type: (format, wanted) => typeOf(format) === wanted,
  asset_types: (format, wanted) => {
    const types = assetTypes(format);
    return wanted.every((type) => types.has(type));
  },
  max_width: (format, most) => someSize(format, ({ width }) => width !== undefined && width <= most),
  max_height: (format, most) => someSize(format, ({ height }) => height !== undefined && height <= most),
  min_width: (format, least) => someSize(format, ({ width }) => width !== undefined && width >= least),
  min_height: (format, least) => someSize(format, ({ height }) => height !== undefined && height >= least),
  is_responsive: (format, wanted) => wanted !== someSize(format, ({ width, height }) => width !== undefined && height !== undefined),
  name_search: ({ name }, wanted) => name.toLowerCase().includes(wanted.toLowerCase()),
  wcag_level: ({ accessibility }, wanted) =>
    accessibility !== undefined && WCAG_LEVELS.indexOf(accessibility.wcag_level) >= WCAG_LEVELS.indexOf(wanted),
  disclosure_positions: ({ disclosure_capabilities, supported_disclosure_positions = [] }, wanted) =>
    wanted.every((position) =>
      (disclosure_capabilities?.map((each) => each.position) ?? supported_disclosure_positions).includes(position),
    ),
  disclosure_persistence: ({ disclosure_capabilities = [] }, wanted) =>
    wanted.every((mode) => disclosure_capabilities.some(({ persistence }) => persistence.includes(mode))),
  output_format_ids: ({ output_format_ids = [] }, wanted) =>
    output_format_ids.some((format) => wanted.some((asked) => sameFormat(format, asked))),
  input_format_ids: ({ input_format_ids = [] }, wanted) =>
    input_format_ids.some((format) => wanted.some((asked) => sameFormat(format, asked))),
};

/** The formats that every given filter keeps, in their order. */
export function fittingFormats(formats: readonly Format[], filters: Filters): Format[] {
  const names = (Object.keys(RULES) as (keyof Filters)[]).filter((name) => filters[name] !== undefined);
  return formats.filter((format) =>
    names.every((name) => (RULES[name] as (format: Format, wanted: unknown) => boolean)(format, filters[name])),
  );
}

/** The technical kind of a format; one that shows anything but sound and moving pictures is display. */
function typeOf(format: Format): NonNullable<Filters['type']> {
  const types = assetTypes(format);
  if (/(^|[_-])d?ooh([_-]|$)/i.test(format.format_id.id)) return 'dooh';
  if (types.has('video') || types.has('vast')) return 'video';
  return types.has('audio') || types.has('daast') ? 'audio' : 'display';
}

function assetTypes({ assets = [] }: Format): ReadonlySet<string> {
  return new Set(
    assets.flatMap(({ asset_type, assets: inside = [] }) => [
      ...(asset_type ? [asset_type] : []),
      ...inside.map((slot) => slot.asset_type),
    ]),
  );
}

/** Sizes stand on the renders, or in the format's name when the renders say so. */
function someSize({ renders = [], format_id }: Format, fits: (dimensions: Dimensions) => boolean): boolean {
  return renders.some(({ dimensions, parameters_from_format_id }) =>
    fits(parameters_from_format_id ? ({ width: format_id.width, height: format_id.height } as Dimensions) : (dimensions ?? {})),
  );
}
