import { Type, type Static } from 'typebox';
import { without } from './core/conditions.ts';
import { request, response } from './core/envelope.ts';
import { Count, Share } from './core/numbers.ts';
import { OpenObject } from './core/open-object.ts';
import { DateTime, Sha256Hex, Uri } from './core/texts.ts';

/**
 * A command to the sandbox. Params are checked by scenario (`CONTROLLER_PARAMS`), because the controller answers bad ones,
 * unknown scenarios and live accounts in a form of its own.
 */
export const ComplyTestControllerRequest = request({
  account: Type.Optional(OpenObject),
  scenario: Type.String(),
  params: Type.Optional(OpenObject),
});
export type ComplyTestControllerRequest = Static<typeof ComplyTestControllerRequest>;

export const CONTROLLER_ERRORS = [
  'INVALID_TRANSITION', 'INVALID_STATE', 'NOT_FOUND', 'UNKNOWN_SCENARIO', 'INVALID_PARAMS', 'FORBIDDEN', 'JCS_NON_FINITE_NUMBER',
  'INTERNAL_ERROR',
] as const;
export type ControllerErrorCode = (typeof CONTROLLER_ERRORS)[number];

const closed = { additionalProperties: false } as const;
const success = { success: Type.Literal(true) };
const message = Type.Optional(Type.String());

/** The members by which the arms are told apart; an arm has its own and none of the others. */
const MARKS = ['error', 'scenarios', 'previous_state', 'simulated', 'forced', 'recorded_calls', 'audit_observations'];
const only = (...own: string[]) => without(...MARKS.filter((mark) => !own.includes(mark)));

export const ScenarioList = Type.Object({ ...success, scenarios: Type.Array(Type.String()) }, only('scenarios'));

export const ForcedTransition = Type.Object({
  ...success, previous_state: Type.String(), current_state: Type.String(), message,
}, only('previous_state'));

export const Simulated = Type.Object({
  ...success, simulated: OpenObject, cumulative: Type.Optional(OpenObject), message,
}, only('simulated'));

export const ForcedDirective = Type.Object({
  ...success,
  forced: Type.Object({ arm: Type.Enum(['submitted', 'input-required']), task_id: Type.Optional(Type.String({ maxLength: 128 })) }, closed),
  message,
}, only('forced'));

export const Seeded = Type.Object({ ...success, message }, only());

const Overseen = Type.Object({
  human_oversight: Type.Enum(['edited', 'directed']), disclosure_required: Type.Literal(false),
}, closed);

/** Something that a person should look at later. */
export const AuditObservation = Type.Object({
  code: Type.Enum(['OVERSIGHT_DISCLOSURE_CARVEOUT_CLAIMED']),
  severity: Type.Enum(['audit-worthy']),
  recovery: Type.Enum(['informational']),
  field: Type.String(),
  message: Type.String(),
  details: Type.Object({
    agent_url: Uri,
    claimed_value: Overseen,
    feature_id: Type.Optional(Type.String()),
    observed_value: Type.Optional(Type.Unsafe<string | number | boolean | null>({ type: ['boolean', 'number', 'string', 'null'] })),
    confidence: Type.Optional(Share),
    substituted_for: Type.Optional(Uri),
  }, closed),
  ext: Type.Optional(OpenObject),
}, closed);
export type AuditObservation = Static<typeof AuditObservation>;

export const AuditObservations = Type.Object({
  ...success, creative_id: Type.String(), audit_observations: Type.Array(AuditObservation),
}, only('audit_observations'));

/** A call that left the process; its payload is shown as it was sent, or as a digest. */
export const RecordedCall = Type.Object({
  method: Type.Enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  endpoint: Type.String({ description: 'Method and URL: POST https://ads.example/v1/buys.' }),
  url: Uri,
  content_type: Type.String(),
  attestation_mode: Type.Enum(['raw', 'digest']),
  payload_length: Count,
  timestamp: DateTime,
  payload: Type.Optional(Type.Unsafe<unknown>({ maxLength: 65536 })),
  payload_digest_sha256: Type.Optional(Sha256Hex),
  host: Type.Optional(Type.String()),
  path: Type.Optional(Type.String()),
  purpose: Type.Optional(Type.Enum(['platform_primary', 'measurement', 'attribution', 'creative_serving', 'identity', 'other'])),
  identifier_match_proofs: Type.Optional(Type.Array(Type.Object({
    identifier_value_sha256: Sha256Hex, found: Type.Boolean(),
  }, closed), { maxItems: 64 })),
  status_code: Type.Optional(Type.Integer({ minimum: 100, maximum: 599 })),
}, {
  ...closed,
  oneOf: [
    {
      required: ['payload'], properties: { attestation_mode: { const: 'raw' } },
      ...without('payload_digest_sha256', 'identifier_match_proofs'),
    },
    { required: ['payload_digest_sha256'], properties: { attestation_mode: { const: 'digest' } }, ...without('payload') },
  ],
});
export type RecordedCall = Static<typeof RecordedCall>;

export const UpstreamTraffic = Type.Object({
  ...success,
  recorded_calls: Type.Array(RecordedCall),
  total_count: Count,
  since_timestamp: DateTime,
  truncated: Type.Optional(Type.Boolean()),
}, only('recorded_calls'));

/** A controller's refusal; it has no `adcp_error`. */
export const ControllerRefusal = Type.Object({
  success: Type.Literal(false),
  error: Type.Enum(CONTROLLER_ERRORS),
  error_detail: Type.Optional(Type.String()),
  current_state: Type.Optional(Type.Unsafe<string | null>({ type: ['string', 'null'] })),
}, only('error'));
export type ControllerRefusal = Static<typeof ControllerRefusal>;

export const ComplyTestControllerSuccess = Type.Union([
  ScenarioList, ForcedTransition, Simulated, ForcedDirective, Seeded, AuditObservations, UpstreamTraffic,
]);
export type ComplyTestControllerSuccess = Static<typeof ComplyTestControllerSuccess>;

export const ComplyTestControllerResponse = response(
  ScenarioList, ForcedTransition, Simulated, ForcedDirective, Seeded, AuditObservations, UpstreamTraffic, ControllerRefusal,
);
export type ComplyTestControllerResponse = Static<typeof ComplyTestControllerResponse>;
