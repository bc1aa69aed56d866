import { Type, type Static } from 'typebox';
import { without } from './core/conditions.ts';
import { ConversionEvent } from './core/conversion-event.ts';
import { errorArm, request, response } from './core/envelope.ts';
import { Count, Share } from './core/numbers.ts';
import { untyped } from './core/open-object.ts';
import { IdempotencyKey } from './core/texts.ts';

/** `account` is not of AdCP, which finds the account by the source; callers send it all the same, and nothing is asked of it. */
export const LogEventRequest = request({
  idempotency_key: IdempotencyKey,
  account: Type.Optional(untyped<unknown>()),
  event_source_id: Type.String(),
  test_event_code: Type.Optional(Type.String()),
  events: Type.Array(ConversionEvent, { minItems: 1, maxItems: 10_000 }),
});
export type LogEventRequest = Static<typeof LogEventRequest>;

/** An event that was not taken, and why. */
export const EventFailure = Type.Object({ event_id: Type.String(), code: Type.String(), message: Type.String() });
export type EventFailure = Static<typeof EventFailure>;

export const LogEventSuccess = Type.Object({
  events_received: Count,
  events_processed: Count,
  partial_failures: Type.Optional(Type.Array(EventFailure)),
  warnings: Type.Optional(Type.Array(Type.String())),
  match_quality: Type.Optional(Share),
  sandbox: Type.Optional(Type.Boolean()),
}, without('errors'));
export type LogEventSuccess = Static<typeof LogEventSuccess>;

export const LogEventResponse = response(LogEventSuccess, errorArm('events_received', 'events_processed', 'sandbox'));
export type LogEventResponse = Static<typeof LogEventResponse>;
