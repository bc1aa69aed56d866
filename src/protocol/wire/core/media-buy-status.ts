/** The lifecycle of a media buy. */
import { Type } from 'typebox';

export const MEDIA_BUY_STATUSES = [
  'pending_creatives', 'pending_start', 'active', 'paused', 'completed', 'rejected', 'canceled',
] as const;
export type MediaBuyStatus = (typeof MEDIA_BUY_STATUSES)[number];
export const MediaBuyStatus = Type.Enum(MEDIA_BUY_STATUSES);

/** A filter takes one status or several. */
export const MediaBuyStatusFilter = Type.Union([MediaBuyStatus, Type.Array(MediaBuyStatus, { minItems: 1 })]);
