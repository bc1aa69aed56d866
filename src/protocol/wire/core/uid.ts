/** Identifiers of a person or a device that are not hashed contact data. */
import { Type, type Static } from 'typebox';

export const UID_TYPES = [
  'rampid', 'rampid_derived', 'id5', 'uid2', 'euid', 'pairid', 'maid', 'hashed_email', 'publisher_first_party',
  'world_id_nullifier', 'other',
] as const;
export type UidType = (typeof UID_TYPES)[number];
export const UidType = Type.Enum(UID_TYPES);

export const Uid = Type.Object({ type: UidType, value: Type.String() });
export type Uid = Static<typeof Uid>;

export const HASHED_IDENTIFIERS = ['hashed_email', 'hashed_phone'] as const;
