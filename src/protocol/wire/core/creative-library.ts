/** Parts of a creative that only the library knows: what it was made of, and what may be filled in. */
import { Type } from 'typebox';
import { Uri } from './texts.ts';

export const VARIABLE_TYPES = ['text', 'image', 'video', 'audio', 'url', 'number', 'boolean', 'color', 'date'] as const;

export const CreativeVariable = Type.Object({
  variable_id: Type.String(),
  name: Type.String(),
  variable_type: Type.Enum(VARIABLE_TYPES),
  default_value: Type.Optional(Type.String()),
  required: Type.Optional(Type.Boolean()),
});

const item = { asset_type: Type.String(), asset_id: Type.String() };

export const CreativeItem = Type.Union([
  Type.Object({ asset_kind: Type.Literal('media'), ...item, content_uri: Uri }),
  Type.Object({ asset_kind: Type.Literal('text'), ...item, content: Type.Union([Type.String(), Type.Array(Type.String())]) }),
]);
