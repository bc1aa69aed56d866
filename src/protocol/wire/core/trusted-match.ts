/** Matching of context or identity while the ad is served. */
import { Type } from 'typebox';
import { when } from './conditions.ts';
import { Country, Uri } from './texts.ts';
import { UidType } from './uid.ts';

export const MATCH_RESPONSE_TYPES = ['activation', 'catalog_items', 'creative', 'deal'] as const;

const flag = Type.Optional(Type.Boolean());
const responseTypes = Type.Optional(Type.Array(Type.Enum(MATCH_RESPONSE_TYPES), { minItems: 1 }));

/** An agent that matches; one that matches identities says in which countries and by which ids. */
const Provider = Type.Object({
  agent_url: Uri,
  context_match: flag,
  identity_match: flag,
  countries: Type.Optional(Type.Array(Country, { minItems: 1 })),
  uid_types: Type.Optional(Type.Array(UidType, { minItems: 1 })),
}, when('identity_match', true, { required: ['countries', 'uid_types'] }));

export const TrustedMatch = Type.Object({
  context_match: Type.Boolean(),
  identity_match: flag,
  response_types: responseTypes,
  dynamic_brands: flag,
  providers: Type.Optional(Type.Array(Provider, { minItems: 1 })),
});

/** What a buyer wants of it. */
export const TrustedMatchFilter = Type.Object({
  providers: Type.Optional(Type.Array(Type.Object({ agent_url: Uri, context_match: flag, identity_match: flag }), { minItems: 1 })),
  response_types: responseTypes,
}, { additionalProperties: false });
