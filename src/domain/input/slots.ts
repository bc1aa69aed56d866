/** Which assets a creative of a canonical kind is made of, unless a product declares its own slots. */
import { ASSET_TYPES, type AssetType } from '../../protocol/wire/core/asset-members.ts';
import type { FormatKind } from '../../protocol/wire/core/format-option.ts';

export interface Slot {
  readonly asset_group_id: string;
  readonly asset_type: AssetType;
  readonly required: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly max_chars?: number;
  readonly max_size_kb?: number;
}

export type CanonicalKind = Exclude<FormatKind, 'custom'>;

const needed = (asset_group_id: string, asset_type: AssetType, min?: number, max?: number): Slot => ({
  asset_group_id, asset_type, required: true, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }),
});
const welcome = (asset_type: AssetType, ...ids: readonly string[]): Slot[] => ids.map((asset_group_id) => ({ asset_group_id, asset_type, required: false }));
const pool = (asset_group_id: string, asset_type: AssetType, max: number): Slot => ({ asset_group_id, asset_type, required: false, max });

const LANDING = welcome('url', 'landing_page_url');

/** As AdCP's definitions of the kinds have them, but for the title of `native_in_feed` (docs/tolerances.md). */
export const CANONICAL_SLOTS: Readonly<Record<CanonicalKind, readonly Slot[]>> = {
  image: [needed('image_main', 'image'), ...welcome('text', 'headline', 'body_text', 'primary_text', 'cta'), ...LANDING],
  html5: [needed('html5_bundle', 'zip'), ...welcome('image', 'backup_image'), ...LANDING],
  display_tag: [needed('tag_url', 'url'), ...welcome('image', 'backup_image')],
  image_carousel: [needed('cards', 'card', 2, 10), ...welcome('text', 'primary_text'), ...LANDING],
  video_hosted: [needed('video_main', 'video'), ...welcome('text', 'headline', 'primary_text', 'cta', 'brand_name'), ...welcome('image', 'companion_banner'), ...LANDING],
  video_vast: [needed('vast_tag', 'vast'), ...LANDING],
  audio_hosted: [needed('audio_main', 'audio'), ...welcome('image', 'companion_image'), ...welcome('text', 'brand_name'), ...LANDING],
  audio_daast: [needed('daast_tag', 'daast'), ...LANDING],
  sponsored_placement: [needed('source_catalog', 'catalog'), ...welcome('image', 'hero_asset'), ...LANDING],
  native_in_feed: [
    needed('advertiser_name', 'text'), needed('landing_page_url', 'url'), ...welcome('image', 'main_image', 'icon'),
    ...welcome('text', 'title', 'body_text', 'cta', 'sponsored_label', 'display_url', 'rating', 'price'),
    ...welcome('pixel_tracker', 'impression_tracker', 'viewability_tracker', 'click_tracker'),
  ],
  responsive_creative: [
    needed('headlines', 'text', 3, 15), pool('long_headlines', 'text', 5), needed('descriptions', 'text', 2, 5),
    pool('images_landscape', 'image', 20), pool('images_square', 'image', 20), pool('images_vertical', 'image', 20), pool('video', 'video', 5),
    needed('logo', 'image', 1, 5), needed('landing_page_url', 'url', 1, 1),
  ],
  agent_placement: [...welcome('text', 'offering_ref'), ...LANDING],
};

export const isCanonicalKind = (kind: string): kind is CanonicalKind => Object.hasOwn(CANONICAL_SLOTS, kind);

/** The slots that a declaration states itself, else those of its kind. */
export function slotsOf(kind: FormatKind, { slots }: Readonly<Record<string, unknown>>): readonly Slot[] {
  if (!Array.isArray(slots)) return isCanonicalKind(kind) ? CANONICAL_SLOTS[kind] : [];
  return slots.flatMap((stated: unknown) => {
    const slot = stated as Partial<Slot> | null;
    if (typeof slot?.asset_group_id !== 'string' || !ASSET_TYPES.includes(slot.asset_type as AssetType)) return [];
    return [{ ...slot, asset_group_id: slot.asset_group_id, asset_type: slot.asset_type!, required: slot.required === true }];
  });
}
