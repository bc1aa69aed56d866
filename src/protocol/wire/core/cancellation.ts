/** Who ended a buy or a package before its time, when and why. */
import { Type, type Static } from 'typebox';
import { DateTime } from './texts.ts';

export const CANCELED_BY = ['buyer', 'seller'] as const;

const members = {
  canceled_at: DateTime,
  canceled_by: Type.Enum(CANCELED_BY),
  reason: Type.Optional(Type.String({ maxLength: 500 })),
};

export const Cancellation = Type.Object(members, { additionalProperties: false });
export type Cancellation = Static<typeof Cancellation>;

/** Of a package: the buyer may have been asked to take note. */
export const PackageCancellation = Type.Object(
  { ...members, acknowledged_at: Type.Optional(DateTime) }, { additionalProperties: false },
);
export type PackageCancellation = Static<typeof PackageCancellation>;
