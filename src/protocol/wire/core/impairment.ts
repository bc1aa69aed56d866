/** Something that a buy depends on went away: the buy still stands, but delivers less. */
import { Type, type Static } from 'typebox';
import { DateTime } from './texts.ts';

export const IMPAIRED_RESOURCE_TYPES = ['audience', 'creative', 'catalog_item', 'event_source', 'property'] as const;
export const OFFLINE_STATES = ['suspended', 'rejected', 'withdrawn', 'insufficient', 'depublished'] as const;
export const IMPAIRMENT_REASONS = [
  'policy_violation', 'consent_expired', 'ttl_expired', 'pii_audit_failed', 'seller_removed', 'content_rejected',
  'identity_authorization_revoked', 'identity_authorization_expired', 'source_private', 'source_offline', 'property_depublished',
] as const;
export type ImpairmentReason = (typeof IMPAIRMENT_REASONS)[number];

export const Impairment = Type.Object({
  impairment_id: Type.String(),
  resource_type: Type.Enum(IMPAIRED_RESOURCE_TYPES),
  resource_id: Type.String(),
  package_ids: Type.Array(Type.String(), { minItems: 1 }),
  transition: Type.Object({
    from: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_]*$' })), to: Type.Enum(OFFLINE_STATES),
  }, { additionalProperties: false }),
  reason_code: Type.Enum(IMPAIRMENT_REASONS),
  observed_at: DateTime,
  reason: Type.Optional(Type.String({ maxLength: 500 })),
  remediation: Type.Optional(Type.String({ maxLength: 500 })),
});
export type Impairment = Static<typeof Impairment>;
