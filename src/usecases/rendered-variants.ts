import type { Caller } from '../domain/caller.ts';
import type { Change } from '../domain/ports/store.ts';
import { EMBEDDING, previewPolicy } from '../domain/preview/page.ts';
import { drawnPiece } from '../domain/preview/piece.ts';
import { PREVIEW_LIFE_MS, PREVIEW_MOST_CHARACTERS, type PreviewRecord } from '../domain/preview/preview.ts';
import { piecesOf } from '../domain/preview/subject.ts';
import type { PreviewInput } from '../protocol/wire/core/creative-asset.ts';
import type { PreviewRender, PreviewVariant } from '../protocol/wire/core/preview.ts';
import type { PreviewWish } from '../protocol/wire/preview-creative.ts';
import type { Desk } from './desk.ts';
import type { Previewed } from './previewed-subject.ts';

export interface Rendered {
  readonly previews: PreviewVariant[];
  readonly expires_at: string;
  /** What the links lead to. */
  readonly changes: readonly Change[];
}

const PLAIN: PreviewInput = { name: 'Default', macros: {} };

/** A variant for each set of values, with a link for each piece; undefined when a piece would be too large. */
export function renderedVariants({ subject, creative }: Previewed, { inputs = [PLAIN], output_format = 'url' }: PreviewWish, caller: Caller, desk: Desk): Rendered | undefined {
  const now = desk.clock.now();
  const [made_at, expires_at] = [now.toISOString(), new Date(now.getTime() + PREVIEW_LIFE_MS).toISOString()];
  const kept: PreviewRecord[] = [];
  const previews = inputs.map((input): PreviewVariant => ({
    preview_id: desk.ids.next('prv'),
    input,
    renders: piecesOf(subject).map(({ role, fillings, size }): PreviewRender => {
      const { html, conduct } = drawnPiece(fillings, subject, input.macros ?? {}, size);
      const preview_id = desk.ids.next('prv');
      kept.push({
        preview_id, principal_id: caller.principal.principal_id, ...(creative ? { library: creative.library, creative_id: creative.creative_id } : {}),
        made_at, expires_at, title: `${subject.title} (${input.name})`, html, conduct,
      });
      const embedding = { recommended_sandbox: EMBEDDING[conduct], csp_policy: previewPolicy(conduct) };
      const about = { render_id: preview_id, role, ...(size ? { dimensions: size } : {}), embedding };
      const preview_url = new URL(`/previews/${preview_id}`, desk.seller.agent_url).href;
      // Markup never comes without the link, where it stands in a page that nothing can break out of.
      return output_format === 'url' ? { output_format, preview_url, ...about } : { output_format: 'both', preview_url, preview_html: html, ...about };
    }),
  }));
  if (kept.some(({ html }) => html.length > PREVIEW_MOST_CHARACTERS)) return undefined;
  return { previews, expires_at, changes: kept.map((preview): Change => ({ kind: 'put_preview', preview })) };
}
