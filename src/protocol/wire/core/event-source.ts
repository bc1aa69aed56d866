/** A place that conversion events come from. */
import { Type, type Static } from 'typebox';
import { ActionSource, EventType } from './event-type.ts';
import { Amount, Count, Share } from './numbers.ts';
import { Ext } from './open-object.ts';
import { DateTime } from './texts.ts';

export const ASSESSMENT_STATUSES = ['insufficient', 'minimum', 'good', 'excellent'] as const;

export const DiagnosticIssue = Type.Object({ severity: Type.Enum(['error', 'warning', 'info']), message: Type.String() });

export const SURFACE_CATEGORIES = [
  'owned_property', 'website', 'app', 'offline', 'phone_call', 'chat', 'email', 'in_store', 'system_generated', 'other',
] as const;

/** Where on the buyer's side an event happened. */
export const EventSurface = Type.Object({
  category: Type.Enum(SURFACE_CATEGORIES),
  property_type: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  namespace: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  property_id: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
  ext: Type.Optional(Ext),
});
export type EventSurface = Static<typeof EventSurface>;

/** How well events from a source can be used. */
export const EventSourceHealth = Type.Object({
  status: Type.Enum(ASSESSMENT_STATUSES),
  detail: Type.Optional(Type.Object({
    score: Amount, max_score: Type.Number({ minimum: 1 }), label: Type.Optional(Type.String()),
  })),
  match_rate: Type.Optional(Share),
  last_event_at: Type.Optional(DateTime),
  evaluated_at: Type.Optional(DateTime),
  events_received_24h: Type.Optional(Count),
  issues: Type.Optional(Type.Array(DiagnosticIssue)),
});
export type EventSourceHealth = Static<typeof EventSourceHealth>;

/** A source as the buyer registers it. Without `event_types` it takes all of them. */
export const EventSource = Type.Object({
  event_source_id: Type.String(),
  name: Type.Optional(Type.String()),
  event_types: Type.Optional(Type.Array(EventType, { minItems: 1 })),
  action_source: Type.Optional(ActionSource),
  allowed_domains: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
  surface: Type.Optional(EventSurface),
});
export type EventSource = Static<typeof EventSource>;
