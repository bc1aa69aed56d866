/** How long after a click or a view an event is still counted for the ad. */
import { Type, type Static } from 'typebox';
import { Duration } from './duration.ts';

export const ATTRIBUTION_MODELS = ['last_touch', 'first_touch', 'linear', 'time_decay', 'data_driven'] as const;

export const AttributionWindow = Type.Object({
  post_click: Type.Optional(Duration),
  post_view: Type.Optional(Duration),
  model: Type.Optional(Type.Enum(ATTRIBUTION_MODELS)),
});
export type AttributionWindow = Static<typeof AttributionWindow>;
