/** One thing that a person did, as the buyer reports it. */
import { Type, type Static } from 'typebox';
import { when } from './conditions.ts';
import { EventSurface } from './event-source.ts';
import { ActionSource, EventType } from './event-type.ts';
import { Amount, Count, Ordinal, Percent } from './numbers.ts';
import { Ext } from './open-object.ts';
import { Currency, DateTime, Sha256Hex, Uri } from './texts.ts';
import { Uid } from './uid.ts';

/** Who it was; at least one way to find the person again. */
export const UserMatch = Type.Object({
  uids: Type.Optional(Type.Array(Uid, { minItems: 1 })),
  hashed_email: Type.Optional(Sha256Hex),
  hashed_phone: Type.Optional(Sha256Hex),
  click_id: Type.Optional(Type.String()),
  click_id_type: Type.Optional(Type.String()),
  client_ip: Type.Optional(Type.String()),
  client_user_agent: Type.Optional(Type.String()),
  ext: Type.Optional(Ext),
}, { anyOf: [
  { required: ['uids'] }, { required: ['hashed_email'] }, { required: ['hashed_phone'] }, { required: ['click_id'] },
  { required: ['client_ip', 'client_user_agent'] },
] });
export type UserMatch = Static<typeof UserMatch>;

/** What it was worth and about. Goals may name any member here as their value field, so others are kept. */
export const EventCustomData = Type.Object({
  value: Type.Optional(Amount),
  currency: Type.Optional(Currency),
  order_id: Type.Optional(Type.String()),
  content_ids: Type.Optional(Type.Array(Type.String())),
  content_type: Type.Optional(Type.String()),
  content_name: Type.Optional(Type.String()),
  content_category: Type.Optional(Type.String()),
  num_items: Type.Optional(Count),
  search_string: Type.Optional(Type.String()),
  progress_percent: Type.Optional(Percent),
  progress_seconds: Type.Optional(Amount),
  contents: Type.Optional(Type.Array(Type.Object({
    id: Type.String(), quantity: Type.Optional(Ordinal), price: Type.Optional(Amount), brand: Type.Optional(Type.String()),
  }))),
  ext: Type.Optional(Ext),
});
export type EventCustomData = Static<typeof EventCustomData>;

export const ConversionEvent = Type.Object({
  event_id: Type.String({ minLength: 1, maxLength: 256 }),
  event_type: EventType,
  event_time: DateTime,
  user_match: Type.Optional(UserMatch),
  custom_data: Type.Optional(EventCustomData),
  action_source: Type.Optional(ActionSource),
  surface: Type.Optional(EventSurface),
  event_source_url: Type.Optional(Uri),
  custom_event_name: Type.Optional(Type.String()),
  ext: Type.Optional(Ext),
}, { allOf: [when('event_type', 'watch_milestone', {
  required: ['custom_data'],
  properties: { custom_data: { anyOf: [{ required: ['progress_percent'] }, { required: ['progress_seconds'] }] } },
})] });
export type ConversionEvent = Static<typeof ConversionEvent>;
