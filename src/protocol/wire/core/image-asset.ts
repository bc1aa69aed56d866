/** A picture by URL, with its size in pixels. */
import { Type, type Static } from 'typebox';
import { Ordinal } from './numbers.ts';
import { untyped } from './open-object.ts';
import type { Provenance } from './provenance.ts';
import { Uri } from './texts.ts';

export const ImageAsset = Type.Object({
  asset_type: Type.Literal('image'),
  url: Uri,
  width: Ordinal,
  height: Ordinal,
  format: Type.Optional(Type.String()),
  alt_text: Type.Optional(Type.String()),
  provenance: Type.Optional(untyped<Provenance>()),
});
export type ImageAsset = Static<typeof ImageAsset>;
