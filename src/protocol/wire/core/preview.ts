/** A creative as it will look: pieces, each under a link, as markup, or both. */
import { Type, type Static } from 'typebox';
import { PreviewInput } from './creative-asset.ts';
import { DateTime, Uri } from './texts.ts';

const Dimension = Type.Number({ minimum: 0 });

const piece = {
  render_id: Type.String(),
  role: Type.String({ description: 'primary, companion, or a word of the seller.' }),
  dimensions: Type.Optional(Type.Object({ width: Dimension, height: Dimension })),
  embedding: Type.Optional(Type.Object({
    recommended_sandbox: Type.Optional(Type.String()),
    requires_https: Type.Optional(Type.Boolean()),
    supports_fullscreen: Type.Optional(Type.Boolean()),
    csp_policy: Type.Optional(Type.String()),
  })),
};

/** One rendered piece; `output_format` says where it is. */
export const PreviewRender = Type.Union([
  Type.Object({ output_format: Type.Literal('url'), preview_url: Uri, ...piece }),
  Type.Object({ output_format: Type.Literal('html'), preview_html: Type.String(), ...piece }),
  Type.Object({ output_format: Type.Literal('both'), preview_url: Uri, preview_html: Type.String(), ...piece }),
]);
export type PreviewRender = Static<typeof PreviewRender>;

const renders = Type.Array(PreviewRender, { minItems: 1 });

/** A creative under one set of values. */
export const PreviewVariant = Type.Object({ preview_id: Type.String(), renders, input: PreviewInput });
export type PreviewVariant = Static<typeof PreviewVariant>;

/** A creative as it was served. */
export const ServedPreview = Type.Object({ preview_id: Type.String(), renders });
export type ServedPreview = Static<typeof ServedPreview>;

/** All variants of one creative, and until when their links work. */
export const Previews = {
  previews: Type.Array(PreviewVariant, { minItems: 1 }),
  interactive_url: Type.Optional(Uri),
  expires_at: Type.Optional(DateTime),
};
