/** What every request and every response carries beside the members of its task. */
import { Type, type Static, type TObject, type TProperties, type TSchema, type TUnsafe } from 'typebox';
import { equals, without, type Rule } from './conditions.ts';
import { AdcpError } from './error.ts';
import { Context, Ext, OpenObject } from './open-object.ts';
import { PushNotificationConfig } from './push-notification-config.ts';
import { DateTime } from './texts.ts';

export const TASK_STATUSES = [
  'submitted', 'working', 'input-required', 'completed', 'canceled', 'failed', 'rejected', 'auth-required', 'unknown',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** Members of every request: the version that the caller speaks, what it wants back, and members of vendors. */
export const REQUEST_ENVELOPE = {
  adcp_version: Type.Optional(Type.String({ pattern: '^\\d+\\.\\d+(-[a-zA-Z0-9.-]+)?$', description: 'Release of AdCP: 3.1.' })),
  adcp_major_version: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
  context: Type.Optional(Context),
  ext: Type.Optional(Ext),
};

const requestEnvelope = Type.Object(REQUEST_ENVELOPE);
export type RequestEnvelope = Static<typeof requestEnvelope>;

/** Members of every response. `status` is that of the call, not of the thing it was about. */
export const ResponseEnvelope = Type.Object({
  status: Type.Enum(TASK_STATUSES),
  adcp_version: REQUEST_ENVELOPE.adcp_version,
  adcp_major_version: REQUEST_ENVELOPE.adcp_major_version,
  context_id: Type.Optional(Type.String()),
  task_id: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  timestamp: Type.Optional(DateTime),
  replayed: Type.Optional(Type.Boolean({ description: 'True when an earlier answer is given again for the same idempotency key.' })),
  adcp_error: Type.Optional(AdcpError),
  push_notification_config: Type.Optional(PushNotificationConfig),
  governance_context: Type.Optional(Type.String({ pattern: '^[\\x20-\\x7E]+$', minLength: 1, maxLength: 4096 })),
  payload: Type.Optional(OpenObject),
  context: Type.Optional(Context),
  ext: Type.Optional(Ext),
}, without('task_status', 'response_status'));
export type ResponseEnvelope = Static<typeof ResponseEnvelope>;

const REFUSAL = { errors: Type.Array(AdcpError, { minItems: 1 }) };

/** Draft-07 rule: the call is not answered with `submitted`. */
export const NOT_SUBMITTED: Rule = { not: equals('status', 'submitted') };

/** A request: the envelope's members, then those of the task, in the order in which errors are told. */
export function request<P extends TProperties>(members: P, rules: Rule = {}): TObject<typeof REQUEST_ENVELOPE & P> {
  return Type.Object({ ...REQUEST_ENVELOPE, ...members }, rules);
}

/** A response: the envelope and one of the arms. */
export function response<A extends TSchema[]>(...arms: A): TUnsafe<ResponseEnvelope & Static<A[number]>> {
  return Type.Unsafe({ allOf: [ResponseEnvelope, arms.length === 1 ? arms[0] : { anyOf: arms }] });
}

/** The arm of a refusal: errors, and none of the members of success. */
export function errorArm(...successMembers: readonly string[]) {
  return Type.Object(REFUSAL, without(...successMembers));
}

/** The same for a task that may go on in the background: a refusal is not also `submitted`. */
export function asyncErrorArm(...successMembers: readonly string[]) {
  return Type.Object(REFUSAL, { allOf: [without(...successMembers), NOT_SUBMITTED] });
}

/** The arm of a call that goes on in the background: poll `task_id`. */
export function submittedArm(...successMembers: readonly string[]) {
  return Type.Object({
    status: Type.Literal('submitted'),
    task_id: Type.String(),
    message: Type.Optional(Type.String({ maxLength: 2000 })),
    errors: Type.Optional(Type.Array(AdcpError)),
  }, successMembers.length > 0 ? without(...successMembers) : {});
}
export type Submitted = Static<ReturnType<typeof submittedArm>>;
export type Refused = Static<ReturnType<typeof errorArm>>;
