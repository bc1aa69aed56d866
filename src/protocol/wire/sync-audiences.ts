import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { Audience, AUDIENCE_STATUSES } from './core/audience.ts';
import { when, without } from './core/conditions.ts';
import { asyncErrorArm, NOT_SUBMITTED, request, response, submittedArm } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { Count, Ordinal, Share } from './core/numbers.ts';
import { DateTime, IdempotencyKey } from './core/texts.ts';
import { SYNC_ACTIONS } from './sync-event-sources.ts';

/** Without `audiences` nothing changes and the stored ones are listed. */
export const SyncAudiencesRequest = request({
  idempotency_key: IdempotencyKey,
  account: AccountRef,
  audiences: Type.Optional(Type.Array(Audience, { minItems: 1 })),
  delete_missing: Type.Optional(Type.Boolean()),
}, when('delete_missing', true, { required: ['audiences'] }));
export type SyncAudiencesRequest = Static<typeof SyncAudiencesRequest>;

export const MATCH_ID_TYPES = [
  'hashed_email', 'hashed_phone', 'rampid', 'id5', 'uid2', 'euid', 'pairid', 'maid', 'other',
] as const;

/** How many of the identifiers of one kind led to a person. */
export const MatchBreakdown = Type.Object({
  id_type: Type.Enum(MATCH_ID_TYPES), submitted: Count, matched: Count, match_rate: Share,
});

/** `uploaded_count` is of this call, `total_uploaded_count` of all calls. */
export const SyncedAudience = Type.Object({
  audience_id: Type.String(),
  action: Type.Enum(SYNC_ACTIONS),
  status: Type.Optional(Type.Enum(AUDIENCE_STATUSES)),
  name: Type.Optional(Type.String()),
  seller_id: Type.Optional(Type.String()),
  uploaded_count: Type.Optional(Count),
  total_uploaded_count: Type.Optional(Count),
  matched_count: Type.Optional(Count),
  effective_match_rate: Type.Optional(Share),
  match_breakdown: Type.Optional(Type.Array(MatchBreakdown, { minItems: 1 })),
  last_synced_at: Type.Optional(DateTime),
  minimum_size: Type.Optional(Ordinal),
  errors: Type.Optional(Type.Array(AdcpError)),
});
export type SyncedAudience = Static<typeof SyncedAudience>;

export const SyncAudiencesSuccess = Type.Object({
  audiences: Type.Array(SyncedAudience),
  sandbox: Type.Optional(Type.Boolean()),
}, { allOf: [without('errors', 'task_id'), NOT_SUBMITTED] });
export type SyncAudiencesSuccess = Static<typeof SyncAudiencesSuccess>;

export const SyncAudiencesSubmitted = submittedArm('audiences');
export type SyncAudiencesSubmitted = Static<typeof SyncAudiencesSubmitted>;

export const SyncAudiencesResponse = response(
  SyncAudiencesSuccess, SyncAudiencesSubmitted, asyncErrorArm('audiences', 'sandbox', 'task_id'),
);
export type SyncAudiencesResponse = Static<typeof SyncAudiencesResponse>;
