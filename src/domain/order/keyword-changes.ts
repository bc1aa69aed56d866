import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import type { PackageUpdate } from '../../protocol/wire/core/package-update.ts';
import { repeatedKeywords } from './targeting.ts';

const DELTAS = [
  ['keyword_targets_add', 'keyword_targets'],
  ['keyword_targets_remove', 'keyword_targets'],
  ['negative_keywords_add', 'negative_keywords'],
  ['negative_keywords_remove', 'negative_keywords'],
] as const;

/** Keywords are either replaced with the overlay or changed one by one, not both; and each stands once. */
export function keywordChangeFlaws(changes: readonly PackageUpdate[]): AdcpError[] {
  return changes.flatMap((change, at) =>
    DELTAS.flatMap(([member, replaced]) => {
      const field = `packages[${at}].${member}`;
      if (change[member] === undefined) return [];
      if (change.targeting_overlay?.[replaced])
        return [
          adcpError('INVALID_REQUEST', `${field} does not go with targeting_overlay.${replaced}, which replaces the list`, { field }),
        ];
      return repeatedKeywords(change[member], field);
    }),
  );
}
