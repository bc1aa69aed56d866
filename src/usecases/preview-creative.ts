import type { Caller } from '../domain/caller.ts';
import { picked } from '../domain/picked.ts';
import type { Change } from '../domain/ports/store.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import type { CreativeManifest } from '../protocol/wire/core/creative-manifest.ts';
import type { PreviewCreativeRequest, PreviewCreativeSuccess, PreviewWish } from '../protocol/wire/preview-creative.ts';
import { answer, type Decision, type Desk, type UseCase } from './desk.ts';
import { previewedSubject } from './previewed-subject.ts';
import { renderedVariants, type Rendered } from './rendered-variants.ts';

/** As many variants as one call may ask for. */
const MOST_VARIANTS = 50;

/** Shows creatives before they run, or as they ran. Nothing of the creative changes; the links are kept until they expire. */
export const previewCreative: UseCase<PreviewCreativeRequest, PreviewCreativeSuccess> = async (request, caller, desk) => {
  switch (request.request_type) {
    case 'single': {
      const rendered = await rendering({ ...request, creative_manifest: request.creative_manifest! }, '', caller, desk);
      if (rendered.kind === 'refused') return rendered;
      return answer({ response_type: 'single', previews: rendered.previews, expires_at: rendered.expires_at }, rendered.changes);
    }
    case 'batch': return batch(request, caller, desk);
    case 'variant': return served(request, caller, desk);
  }
};

type Rendering = ({ readonly kind: 'rendered' } & Rendered) | Refused;

async function rendering(wish: PreviewWish, at: string, caller: Caller, desk: Desk): Promise<Rendering> {
  if ((wish.inputs?.length ?? 1) > MOST_VARIANTS) return invalid(`${at}inputs`, `one call makes at most ${MOST_VARIANTS} variants`);
  const previewed = await previewedSubject(wish, at, caller, desk);
  if (previewed.kind === 'refused') return previewed;
  const rendered = renderedVariants(previewed, wish, caller, desk);
  if (rendered === undefined) return invalid(`${at}creative_manifest.assets`, 'the preview would be larger than a browser should be sent; show fewer or smaller assets, or fewer items (item_limit)');
  return { kind: 'rendered', ...rendered };
}

/** One that cannot be shown keeps no other back. */
async function batch({ requests = [], output_format, quality }: PreviewCreativeRequest, caller: Caller, desk: Desk): Promise<Decision<PreviewCreativeSuccess>> {
  const variants = requests.reduce((sum, { inputs }) => sum + (inputs?.length ?? 1), 0);
  if (variants > MOST_VARIANTS) return invalid('requests', `one call makes at most ${MOST_VARIANTS} variants, and these are ${variants}`);
  const changes: Change[] = [];
  const results: Extract<PreviewCreativeSuccess, { response_type: 'batch' }>['results'] = [];
  for (const [at, wish] of requests.entries()) {
    const rendered = await rendering({ ...picked({ output_format, quality }, ['output_format', 'quality']), ...wish } as PreviewWish, `requests[${at}].`, caller, desk);
    const creative_id = nameOf(wish.creative_manifest, at);
    if (rendered.kind === 'refused') {
      results.push({ success: false, creative_id, errors: rendered.errors as never });
      continue;
    }
    changes.push(...rendered.changes);
    results.push({ success: true, creative_id, response: { previews: rendered.previews, expires_at: rendered.expires_at } });
  }
  return answer({ response_type: 'batch', results }, changes);
}

/** A manifest need not have an id; then its place tells which it is. */
function nameOf(manifest: CreativeManifest, at: number): string {
  const { creative_id } = manifest as { creative_id?: unknown };
  return typeof creative_id === 'string' ? creative_id : `requests[${at}]`;
}

/** Nothing is made out of a creative when it is served here: its one variant is itself, under its own id, once it has been seen. */
async function served({ variant_id = '', creative_id }: PreviewCreativeRequest, caller: Caller, desk: Desk): Promise<Decision<PreviewCreativeSuccess>> {
  const [creative] = await desk.store.creatives(caller.reach, [variant_id]);
  const [delivered] = creative ? await desk.store.creativeDelivery(caller.reach, [variant_id]) : [];
  if (creative === undefined || delivered === undefined || (creative_id !== undefined && creative_id !== variant_id))
    return refuse('REFERENCE_NOT_FOUND', `no creative has served under the variant id "${variant_id}"; creatives are not varied here, so it is the creative_id`, { field: 'variant_id' });
  const manifest = picked(creative.creative, ['format_id', 'format_kind', 'format_option_ref', 'assets', 'industry_identifiers', 'provenance']) as CreativeManifest;
  const rendered = await rendering({ creative_manifest: { ...manifest, creative_id: variant_id } as CreativeManifest }, '', caller, desk);
  if (rendered.kind === 'refused') return rendered;
  const previews = rendered.previews.map(({ preview_id, renders }) => ({ preview_id, renders }));
  return answer({ response_type: 'variant', variant_id, creative_id: variant_id, previews, manifest, expires_at: rendered.expires_at }, rendered.changes);
}
