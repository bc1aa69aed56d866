/** What may be done to a media buy, and how. */
import { Type, type Static } from 'typebox';
import { MEDIA_BUY_STATUSES } from './media-buy-status.ts';
import { IsoDuration } from './texts.ts';

export const MEDIA_BUY_ACTIONS = [
  'pause', 'resume', 'cancel', 'extend_flight', 'shorten_flight', 'update_flight_dates', 'increase_budget', 'decrease_budget',
  'reallocate_budget', 'update_targeting', 'update_pacing', 'update_frequency_caps', 'replace_creative', 'update_creative_assignments',
  'remove_creative', 'add_packages', 'remove_packages', 'update_budget', 'update_dates', 'update_packages', 'sync_creatives',
] as const;
export type MediaBuyAction = (typeof MEDIA_BUY_ACTIONS)[number];
export const MediaBuyAction = Type.Enum(MEDIA_BUY_ACTIONS);

export const ACTION_MODES = ['self_serve', 'conditional_self_serve', 'requires_approval'] as const;
export type ActionMode = (typeof ACTION_MODES)[number];

const closed = { additionalProperties: false } as const;

/** How long an answer and its carrying out may take. */
export const SlaWindow = Type.Object({
  response_max: Type.Optional(IsoDuration), completion_max: Type.Optional(IsoDuration),
}, closed);
export type SlaWindow = Static<typeof SlaWindow>;

/** An action that is open on a buy now. */
export const AvailableAction = Type.Object({
  action: MediaBuyAction,
  mode: Type.Enum(ACTION_MODES),
  sla: Type.Optional(SlaWindow),
  terms_ref: Type.Optional(Type.String()),
}, closed);
export type AvailableAction = Static<typeof AvailableAction>;

/** An action that a product allows, in which modes and in which statuses of the buy. */
export const ProductAllowedAction = Type.Object({
  action: MediaBuyAction,
  modes: Type.Array(Type.Enum(ACTION_MODES), { minItems: 1, uniqueItems: true }),
  allowed_statuses: Type.Optional(Type.Array(Type.Enum(MEDIA_BUY_STATUSES), { minItems: 1, uniqueItems: true })),
  sla: Type.Optional(SlaWindow),
  terms_ref: Type.Optional(Type.String()),
}, closed);
export type ProductAllowedAction = Static<typeof ProductAllowedAction>;
