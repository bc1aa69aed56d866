import type { Config } from '../config/config.ts';
import type { ReviewPolicy } from '../domain/review.ts';

/** In a sandbox nobody sits at the desk: it confirms after this long, unless the configuration says otherwise. */
const SANDBOX_SECONDS = 5;

export function reviewPolicy({ review, sandbox }: Config): ReviewPolicy {
  const after = review?.approve_after_seconds ?? (sandbox ? SANDBOX_SECONDS : undefined);
  const creatives = review?.creatives === 'none' ? undefined : review?.creatives;
  return { buys: review?.buys ?? 'none', briefs: review?.briefs ?? false, catalog_items: review?.catalog_items ?? false, ...(creatives ? { creatives } : {}), ...(after === undefined ? {} : { approve_after_seconds: after }) };
}
