/** Keywords that a change adds to an overlay or takes away, each told by its text and match type (seller specification §2.9). */
import type { PackageUpdate } from '../protocol/wire/core/package-update.ts';
import type { NegativeKeyword, TargetingOverlay } from '../protocol/wire/core/targeting.ts';

type Deltas = Pick<PackageUpdate, 'keyword_targets_add' | 'keyword_targets_remove' | 'negative_keywords_add' | 'negative_keywords_remove'>;

const keyOf = ({ keyword, match_type }: NegativeKeyword): string => JSON.stringify([keyword, match_type]);

/** The overlay after the deltas. Adding what is there sets its bid anew; taking away what is not there does nothing. */
export function withKeywords(overlay: TargetingOverlay | undefined, change: Deltas): TargetingOverlay | undefined {
  const touched =
    change.keyword_targets_add ?? change.keyword_targets_remove ?? change.negative_keywords_add ?? change.negative_keywords_remove;
  if (touched === undefined) return overlay;
  const { keyword_targets, negative_keywords, ...rest } = overlay ?? {};
  const targets = changed(keyword_targets, change.keyword_targets_add, change.keyword_targets_remove);
  const negatives = changed(negative_keywords, change.negative_keywords_add, change.negative_keywords_remove);
  return {
    ...rest,
    ...(targets.length > 0 ? { keyword_targets: targets } : {}),
    ...(negatives.length > 0 ? { negative_keywords: negatives } : {}),
  };
}

function changed<Keyword extends NegativeKeyword>(
  before: readonly Keyword[] = [],
  add: readonly Keyword[] = [],
  remove: readonly NegativeKeyword[] = [],
): Keyword[] {
  const kept = new Map([...before, ...add].map((each) => [keyOf(each), each]));
  for (const each of remove) kept.delete(keyOf(each));
  return [...kept.values()];
}
