/** Where a creative leads and what it reports to. A preview shows these addresses and calls none of them: nothing that it does is counted. */
import type { Asset } from '../../protocol/wire/core/asset.ts';
import { substituted, type MacroValues } from '../macro-substitution.ts';
import { element, escaped } from './markup.ts';
import { PREVIEW_MOST_CHARACTERS } from './preview.ts';

/** `click`: where the ad leads; the others are told to somebody when it is seen, clicked, or played. */
export type LinkRole = 'click' | 'impression_tracker' | 'click_tracker' | 'other_tracker' | 'ad_tag';

export interface Link {
  readonly role: LinkRole;
  /** An address that may hold macros. */
  readonly template: string;
}

/** What an asset links to; undefined for one that is itself shown. */
export function linkOf(slot: string, asset: Asset): Link | undefined {
  if (asset.url === undefined) return undefined;
  const role = roleOf(slot, asset);
  return role && { role, template: asset.url };
}

/** Addresses with macros that stand in a buyer's own markup: what the markup does with them is hidden in its frame, what they become is shown. */
export function linksIn({ content = '' }: Asset): Link[] {
  // What is longer is not shown at all.
  const templates = content.length > PREVIEW_MOST_CHARACTERS ? [] : content.match(ADDRESS_WITH_MACRO);
  return [...new Set(templates)].map((template) => ({ role: 'other_tracker', template }));
}

/** Bounded, so that no markup makes it slow. */
const ADDRESS_WITH_MACRO = /https?:\/\/[^\s"'<>`\\{]{0,500}\{[A-Z][A-Z0-9_]{0,60}\}[^\s"'<>`\\]{0,500}/g;

/** Slots of formats say what a URL is for when the URL itself does not. */
const TRACKING_SLOT = /impression|pixel|track|beacon|viewab/;

function roleOf(slot: string, asset: Asset): LinkRole | undefined {
  const { url_type, event } = asset as { url_type?: string; event?: string };
  switch (asset.asset_type) {
    case 'url': {
      const tracks = url_type === undefined ? TRACKING_SLOT.test(slot) : url_type !== 'clickthrough';
      if (!tracks) return 'click';
      return slot.includes('click') ? 'click_tracker' : 'impression_tracker';
    }
    case 'pixel_tracker': return event === 'click' ? 'click_tracker' : event === 'impression' ? 'impression_tracker' : 'other_tracker';
    case 'vast_tracker': case 'daast_tracker': case 'daast': return 'other_tracker';
    case 'vast': return 'ad_tag';
    default: return undefined;
  }
}

const HELD_IN: Readonly<Record<LinkRole, string>> = {
  click: 'data-click-url', click_tracker: 'data-click-url', impression_tracker: 'data-impression-url', other_tracker: 'data-tracker-url', ad_tag: 'data-vast-url',
};

/**
 * The link with its macros replaced. Only web addresses become links that work; whatever else stands where a link should is kept as text.
 * @param label what a reader sees of a click, as text
 */
export function shownLink({ role, template }: Link, values: MacroValues, label: string): string {
  const url = substituted(template, values);
  return role === 'click' && /^https?:\/\//i.test(url)
    ? element('a', { class: 'click', href: url, target: '_blank', rel: 'noopener noreferrer nofollow' }, escaped(label))
    : element('span', { hidden: true, [HELD_IN[role]]: url });
}
