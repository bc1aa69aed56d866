/** People whom the buyer knows, as hashes and ids. */
import { Type, type Static } from 'typebox';
import { anyOfMembers } from './conditions.ts';
import { Ext } from './open-object.ts';
import { Sha256Hex } from './texts.ts';
import { Uid } from './uid.ts';

export const AUDIENCE_TYPES = ['crm', 'suppression', 'lookalike_seed'] as const;
export const AUDIENCE_STATUSES = ['processing', 'ready', 'too_small', 'suspended'] as const;
export type AudienceStatus = (typeof AUDIENCE_STATUSES)[number];
export const CONSENT_BASES = ['consent', 'legitimate_interest', 'contract', 'legal_obligation'] as const;

/** The buyer's own id, and at least one identifier that can be matched; never plain contact data. */
export const AudienceMember = Type.Object({
  external_id: Type.String(),
  hashed_email: Type.Optional(Sha256Hex),
  hashed_phone: Type.Optional(Sha256Hex),
  uids: Type.Optional(Type.Array(Uid, { minItems: 1 })),
  ext: Type.Optional(Ext),
}, anyOfMembers('hashed_email', 'hashed_phone', 'uids'));
export type AudienceMember = Static<typeof AudienceMember>;

/** An audience as the buyer syncs it: members to add and to take out, or the whole to be deleted. */
export const Audience = Type.Object({
  audience_id: Type.String(),
  name: Type.Optional(Type.String()),
  description: Type.Optional(Type.String()),
  audience_type: Type.Optional(Type.Enum(AUDIENCE_TYPES)),
  tags: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true })),
  add: Type.Optional(Type.Array(AudienceMember, { minItems: 1 })),
  remove: Type.Optional(Type.Array(AudienceMember, { minItems: 1 })),
  delete: Type.Optional(Type.Boolean()),
  consent_basis: Type.Optional(Type.Enum(CONSENT_BASES)),
});
export type Audience = Static<typeof Audience>;
