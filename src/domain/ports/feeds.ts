/** Feeds of catalogues, fetched from where buyers keep them. */
import type { FeedState } from '../catalog/catalog.ts';

export type FetchedFeed =
  | { readonly kind: 'feed'; readonly text: string; readonly content_type: string; readonly etag?: string; readonly last_modified?: string }
  /** It is what it was when it was fetched before. */
  | { readonly kind: 'unchanged' }
  /** It did not come in time, but it might. */
  | { readonly kind: 'late' }
  /** It cannot be had; `reason` is fit for the buyer's eyes. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface Feeds {
  /** One attempt, redirects followed. @param known what was said of it at the last fetch, for a feed whose items are still held */
  read(url: string, known: FeedState | undefined, patienceMs: number): Promise<FetchedFeed>;
}
