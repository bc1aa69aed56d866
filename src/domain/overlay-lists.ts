/** Lists of an overlay that another agent keeps. Their tokens are kept sealed beside the package, and never shown. */
import type { ListRef, TargetingOverlay } from '../protocol/wire/core/targeting.ts';
import type { PackageRecord } from './media-buy.ts';
import type { Vault } from './ports/vault.ts';

const LISTS = ['property_list', 'collection_list', 'collection_list_exclude'] as const;

/** The overlay as it is shown. */
export function withoutTokens(overlay: TargetingOverlay): TargetingOverlay {
  const shown = LISTS.flatMap((member) => {
    const list = overlay[member];
    if (list === undefined) return [];
    const { auth_token: _token, ...reference } = list;
    return [[member, reference]];
  });
  return { ...overlay, ...(Object.fromEntries(shown) as Partial<Record<(typeof LISTS)[number], ListRef>>) };
}

/** The tokens of an overlay, sealed. A list that was there before and comes without its token keeps it: what is never shown cannot be sent back. */
export function listTokens(
  overlay: TargetingOverlay,
  before: Pick<PackageRecord, 'package' | 'list_tokens'> | undefined,
  vault: Vault,
): Record<string, string> {
  return Object.fromEntries(
    LISTS.flatMap((member) => {
      const list = overlay[member];
      if (list?.auth_token !== undefined) return [[member, vault.seal(list.auth_token)] as const];
      const known = before?.package.targeting_overlay?.[member];
      const token = before?.list_tokens?.[member];
      return token !== undefined && list && known && list.agent_url === known.agent_url && list.list_id === known.list_id
        ? [[member, token] as const]
        : [];
    }),
  );
}
