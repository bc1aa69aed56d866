import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { when } from './core/conditions.ts';
import { PreviewInput } from './core/creative-asset.ts';
import { CreativeManifest } from './core/creative-manifest.ts';
import { request, response } from './core/envelope.ts';
import { AdcpError } from './core/error.ts';
import { FormatId } from './core/format-id.ts';
import { Ordinal } from './core/numbers.ts';
import { Previews, ServedPreview } from './core/preview.ts';
import { DateTime } from './core/texts.ts';

export const PREVIEW_QUALITIES = ['draft', 'production'] as const;
export const PREVIEW_OUTPUTS = ['url', 'html'] as const;
export type PreviewOutput = (typeof PREVIEW_OUTPUTS)[number];

/** What one preview is made of, whether it stands alone or in a batch. */
const wish = {
  format_id: Type.Optional(FormatId),
  inputs: Type.Optional(Type.Array(PreviewInput, { minItems: 1 })),
  template_id: Type.Optional(Type.String()),
  quality: Type.Optional(Type.Enum(PREVIEW_QUALITIES)),
  output_format: Type.Optional(Type.Enum(PREVIEW_OUTPUTS, { description: 'Where nothing is said: url.' })),
  item_limit: Type.Optional(Ordinal),
};

export const PreviewWish = Type.Object({ creative_manifest: CreativeManifest, ...wish });
export type PreviewWish = Static<typeof PreviewWish>;

/** `quality` and `output_format` hold for a whole batch, unless one of it says otherwise. */
export const PreviewCreativeRequest = request({
  request_type: Type.Enum(['single', 'batch', 'variant']),
  account: Type.Optional(AccountRef),
  creative_manifest: Type.Optional(CreativeManifest),
  ...wish,
  requests: Type.Optional(Type.Array(PreviewWish, { minItems: 1, maxItems: 50 })),
  variant_id: Type.Optional(Type.String()),
  creative_id: Type.Optional(Type.String()),
}, { allOf: [
  when('request_type', 'single', { required: ['creative_manifest'] }),
  when('request_type', 'batch', { required: ['requests'] }),
  when('request_type', 'variant', { required: ['variant_id'] }),
] });
export type PreviewCreativeRequest = Static<typeof PreviewCreativeRequest>;

const Single = Type.Object({ response_type: Type.Literal('single'), ...Previews });

/** Results in the order of the requests. */
const Batch = Type.Object({
  response_type: Type.Literal('batch'),
  results: Type.Array(Type.Object({
    success: Type.Boolean(),
    creative_id: Type.String(),
    response: Type.Optional(Type.Object(Previews)),
    errors: Type.Optional(Type.Array(AdcpError, { minItems: 1 })),
  }, when('success', true, { required: ['response'] }, { required: ['errors'] })), { minItems: 1 }),
});

const Variant = Type.Object({
  response_type: Type.Literal('variant'),
  variant_id: Type.String(),
  creative_id: Type.Optional(Type.String()),
  previews: Type.Array(ServedPreview, { minItems: 1 }),
  manifest: Type.Optional(CreativeManifest),
  expires_at: Type.Optional(DateTime),
});

export const PreviewCreativeSuccess = Type.Union([Single, Batch, Variant]);
export type PreviewCreativeSuccess = Static<typeof PreviewCreativeSuccess>;

export const PreviewCreativeResponse = response(PreviewCreativeSuccess);
export type PreviewCreativeResponse = Static<typeof PreviewCreativeResponse>;
