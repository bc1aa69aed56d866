/**
 * One asset of a creative. `asset_type` decides which other members there are; they are said as conditions, so that the
 * static type stays one object whose members can be read without asking for the type first.
 */
import { Type, type Static } from 'typebox';
import { ASSET_MEMBERS, ASSET_TYPES, type AssetType } from './asset-members.ts';
import { when } from './conditions.ts';
import { untyped } from './open-object.ts';
import { Provenance } from './provenance.ts';

/** Types whose definition has no provenance of its own. */
const WITHOUT_PROVENANCE: readonly AssetType[] = ['markdown', 'brief', 'catalog'];
const WITH_PROVENANCE = ASSET_TYPES.filter((type) => !WITHOUT_PROVENANCE.includes(type));

export const Asset = Type.Object({
  asset_type: Type.Enum(ASSET_TYPES),
  url: Type.Optional(untyped<string>()),
  width: Type.Optional(untyped<number>()),
  height: Type.Optional(untyped<number>()),
  duration_ms: Type.Optional(untyped<number>()),
  content: Type.Optional(untyped<string>()),
  catalog_id: Type.Optional(untyped<string>()),
  provenance: Type.Optional(untyped<Provenance>()),
}, { allOf: [
  ...ASSET_TYPES.map((type) => when('asset_type', type, ASSET_MEMBERS[type])),
  when('asset_type', WITH_PROVENANCE, { properties: { provenance: Provenance } }),
] });
export type Asset = Static<typeof Asset>;

/** The assets of a creative by slot; a slot holds one asset or several. */
export const AssetMap = Type.Unsafe<Record<string, Asset | Asset[]>>({
  type: 'object',
  patternProperties: {
    '^[a-z0-9_]+$': { anyOf: [Asset, { type: 'array', items: Asset, minItems: 1 }] },
  },
});
export type AssetMap = Static<typeof AssetMap>;
