/** Where an ad runs: channels, and the kinds of place inside them. */
import { Type } from 'typebox';

export const CHANNELS = [
  'display', 'olv', 'social', 'search', 'ctv', 'linear_tv', 'radio', 'streaming_audio', 'podcast', 'dooh', 'ooh', 'print', 'cinema',
  'email', 'gaming', 'retail_media', 'influencer', 'affiliate', 'product_placement', 'sponsored_intelligence',
] as const;
export type Channel = (typeof CHANNELS)[number];
export const Channel = Type.Enum(CHANNELS);

export const VIDEO_PLACEMENT_TYPES = ['instream', 'accompanying_content', 'interstitial', 'standalone'] as const;
export const AUDIO_DISTRIBUTION_TYPES = [
  'music_streaming_service', 'fm_am_broadcast', 'podcast', 'catch_up_radio', 'web_radio', 'video_game', 'text_to_speech',
] as const;
export const SPONSORED_PLACEMENT_TYPES = ['sponsored_search', 'sponsored_display', 'sponsored_native'] as const;
export const SOCIAL_PLACEMENT_SURFACES = ['feed', 'stories', 'short_video', 'explore', 'search'] as const;

const someOf = <const T extends readonly string[]>(values: T) =>
  Type.Optional(Type.Array(Type.Enum(values), { minItems: 1, uniqueItems: true }));

/** The four lists that narrow a channel down; products, placements and filters all carry them. */
export const PLACEMENT_KINDS = {
  video_placement_types: someOf(VIDEO_PLACEMENT_TYPES),
  audio_distribution_types: someOf(AUDIO_DISTRIBUTION_TYPES),
  sponsored_placement_types: someOf(SPONSORED_PLACEMENT_TYPES),
  social_placement_surfaces: someOf(SOCIAL_PLACEMENT_SURFACES),
};

export const PROPERTY_TYPES = [
  'website', 'mobile_app', 'ctv_app', 'desktop_app', 'dooh', 'podcast', 'radio', 'linear_tv', 'streaming_audio', 'ai_assistant',
] as const;
