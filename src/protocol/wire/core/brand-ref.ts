/** A brand by the domain that vouches for it. */
import { Type, type Static } from 'typebox';
import { anyOfMembers } from './conditions.ts';
import { ImageAsset } from './image-asset.ts';
import { Domain, Email, HttpsUri } from './texts.ts';

const HexColor = Type.String({ pattern: '^#[0-9a-fA-F]{6}$' });

/** How the brand wants to look in what is made for it. */
const BrandKitOverride = Type.Object({
  logo: Type.Optional(ImageAsset),
  colors: Type.Optional(Type.Object({
    primary: Type.Optional(HexColor), secondary: Type.Optional(HexColor), accent: Type.Optional(HexColor),
  })),
  voice: Type.Optional(Type.String()),
  tagline: Type.Optional(Type.String()),
});

export const BrandRef = Type.Object({
  domain: Domain,
  brand_id: Type.Optional(Type.String({ pattern: '^[a-z0-9_]+$' })),
  industries: Type.Optional(Type.Array(Type.String())),
  data_subject_contestation: Type.Optional(Type.Object({
    url: Type.Optional(HttpsUri),
    email: Type.Optional(Email),
    languages: Type.Optional(Type.Array(Type.String())),
  }, { additionalProperties: false, ...anyOfMembers('url', 'email') })),
  brand_kit_override: Type.Optional(BrandKitOverride),
}, { additionalProperties: false, description: 'A brand, named by its domain; brand_id tells several brands of one domain apart.' });
export type BrandRef = Static<typeof BrandRef>;
