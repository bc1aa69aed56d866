import type { RequestHandler } from 'express';
import { previewPage, previewPolicy } from '../domain/preview/page.ts';
import type { PreviewRecord } from '../domain/preview/preview.ts';

/** Finds what a link leads to; undefined when it was never made, or has expired. */
export type FindPreview = (preview_id: string) => Promise<PreviewRecord | undefined>;

/** Serves previews to whoever has the link: as documents without an origin, kept by no cache and listed by no search engine. */
export function previewRoute(find: FindPreview): RequestHandler {
  return async ({ params }, response) => {
    const preview = await find(String(params['preview_id']));
    response.set({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex', 'cache-control': 'private, no-store' });
    if (preview === undefined) {
      response.status(404).type('text/plain').send('This preview has expired, or never was. Ask for a new one with preview_creative.\n');
      return;
    }
    response.set('content-security-policy', previewPolicy(preview.conduct)).type('text/html').send(previewPage(preview));
  };
}
