/** What a link to a preview leads to, as stored (seller specification §2.19). */

/** How long a link works. */
export const PREVIEW_LIFE_MS = 24 * 60 * 60 * 1000;

/** As many previews of one caller are kept; the oldest make room. */
export const PREVIEWS_KEPT = 500;

/** Of one rendered piece: what receivers of previews read at most. */
export const PREVIEW_MOST_CHARACTERS = 262_144;

/** What a page lets the piece do: `still` runs nothing; `foreign` runs the creative's own markup, shut in a frame without an origin. */
export type PreviewConduct = 'still' | 'foreign';

export interface PreviewRecord {
  /** Unguessable: whoever has it may look. */
  readonly preview_id: string;
  readonly principal_id: string;
  /** Those of the creative that is shown, when it is one of a library. */
  readonly library?: string;
  readonly creative_id?: string;
  readonly made_at: string;
  readonly expires_at: string;
  readonly title: string;
  /** The piece's markup, without a page around it. */
  readonly html: string;
  readonly conduct: PreviewConduct;
}
