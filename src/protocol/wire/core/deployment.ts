/** Where a signal can be used: on a platform by its name, or on an agent by its URL. */
import { Type, type Static } from 'typebox';
import { Amount } from './numbers.ts';
import { DateTime, Uri } from './texts.ts';

const account = Type.Optional(Type.String());

/** A place in which a caller would use signals. */
export const Destination = Type.Union([
  Type.Object({ type: Type.Literal('platform'), platform: Type.String(), account }),
  Type.Object({ type: Type.Literal('agent'), agent_url: Uri, account }),
]);
export type Destination = Static<typeof Destination>;

/** What a platform knows a signal by. */
export const ActivationKey = Type.Union([
  Type.Object({ type: Type.Literal('segment_id'), segment_id: Type.String() }),
  Type.Object({ type: Type.Literal('key_value'), key: Type.String(), value: Type.String() }),
]);

const state = {
  account,
  is_live: Type.Boolean(),
  activation_key: Type.Optional(ActivationKey),
  estimated_activation_duration_minutes: Type.Optional(Amount),
  deployed_at: Type.Optional(DateTime),
};

/** A place that has a signal, or could have it. */
export const Deployment = Type.Union([
  Type.Object({ type: Type.Literal('platform'), platform: Type.String(), ...state }),
  Type.Object({ type: Type.Literal('agent'), agent_url: Uri, ...state }),
]);
export type Deployment = Static<typeof Deployment>;
