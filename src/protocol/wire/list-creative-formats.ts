import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { when } from './core/conditions.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { FormatId } from './core/format-id.ts';
import { Format, WCAG_LEVELS } from './core/format.ts';
import { PaginationRequest, PaginationResponse } from './core/pagination.ts';
import { DISCLOSURE_PERSISTENCES, DISCLOSURE_POSITIONS } from './core/provenance.ts';
import { Uri } from './core/texts.ts';

/** Asset types by which formats can be looked for. */
export const SEARCHABLE_ASSET_TYPES = [
  'image', 'video', 'audio', 'text', 'markdown', 'html', 'css', 'javascript', 'vast', 'daast', 'url', 'webhook', 'brief', 'catalog',
  'published_post',
] as const;

export const FORMAT_TYPES = ['audio', 'video', 'display', 'dooh'] as const;

const formatIds = Type.Optional(Type.Array(FormatId, { minItems: 1 }));
const pixels = Type.Optional(Type.Integer());

/** Filters are joined by "and". Prices of formats depend on the account, so they are asked for with one. */
export const ListCreativeFormatsRequest = request({
  account: Type.Optional(AccountRef),
  format_ids: formatIds,
  type: Type.Optional(Type.Enum(FORMAT_TYPES)),
  asset_types: Type.Optional(Type.Array(Type.Enum(SEARCHABLE_ASSET_TYPES), { minItems: 1 })),
  max_width: pixels,
  max_height: pixels,
  min_width: pixels,
  min_height: pixels,
  is_responsive: Type.Optional(Type.Boolean()),
  name_search: Type.Optional(Type.String()),
  wcag_level: Type.Optional(Type.Enum(WCAG_LEVELS)),
  disclosure_positions: Type.Optional(Type.Array(Type.Enum(DISCLOSURE_POSITIONS), { minItems: 1, uniqueItems: true })),
  disclosure_persistence: Type.Optional(Type.Array(Type.Enum(DISCLOSURE_PERSISTENCES), { minItems: 1, uniqueItems: true })),
  output_format_ids: formatIds,
  input_format_ids: formatIds,
  include_pricing: Type.Optional(Type.Boolean()),
  pagination: Type.Optional(PaginationRequest),
}, { allOf: [when('include_pricing', true, { required: ['account'] })] });
export type ListCreativeFormatsRequest = Static<typeof ListCreativeFormatsRequest>;

export const ListCreativeFormatsSuccess = Type.Object({
  formats: Type.Array(Format),
  creative_agents: Type.Optional(Type.Array(Type.Object({
    agent_url: Uri,
    agent_name: Type.Optional(Type.String()),
    capabilities: Type.Optional(Type.Array(Type.Enum(['validation', 'assembly', 'generation', 'preview', 'delivery']))),
  }))),
  pagination: Type.Optional(PaginationResponse),
  errors: Type.Optional(Type.Array(AdcpError)),
});
export type ListCreativeFormatsSuccess = Static<typeof ListCreativeFormatsSuccess>;

export const ListCreativeFormatsResponse = response(ListCreativeFormatsSuccess);
export type ListCreativeFormatsResponse = Static<typeof ListCreativeFormatsResponse>;
