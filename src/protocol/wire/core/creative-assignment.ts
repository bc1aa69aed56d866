/** A creative on a package, by reference. */
import { Type, type Static } from 'typebox';
import { Percent } from './numbers.ts';
import { Domain } from './texts.ts';

export const PlacementRef = Type.Object({ placement_id: Type.String(), publisher_domain: Type.Optional(Domain) });
export type PlacementRef = Static<typeof PlacementRef>;

/** Where a creative may run inside the package; everywhere when left out. */
export const PLACEMENT_CHOICE = {
  placement_refs: Type.Optional(Type.Array(PlacementRef, { minItems: 1 })),
  placement_ids: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
};

/** `weight` is relative to the other creatives of the package. */
export const CreativeAssignment = Type.Object({
  creative_id: Type.String(),
  weight: Type.Optional(Percent),
  ...PLACEMENT_CHOICE,
});
export type CreativeAssignment = Static<typeof CreativeAssignment>;
