/** The members that each type of asset has, as rules on the one object that every asset is. */
import { Type } from 'typebox';
import { Catalog } from './catalog.ts';
import { anyOfMembers, equals, when, without, type Demand } from './conditions.ts';
import { CreativeBrief } from './creative-brief.ts';
import { PlatformExtensionRef } from './format-option.ts';
import { Count, Ordinal } from './numbers.ts';
import { DateTime, Uri, UriTemplate } from './texts.ts';

export const ASSET_TYPES = [
  'image', 'video', 'audio', 'vast', 'text', 'url', 'html', 'javascript', 'zip', 'webhook', 'css', 'daast', 'markdown', 'brief',
  'catalog', 'published_post', 'card', 'pixel_tracker', 'vast_tracker', 'daast_tracker',
] as const;
export type AssetType = (typeof ASSET_TYPES)[number];

/** Events of linear ads that both trackers may name; impressions and clicks have trackers of their own. */
const SHARED_EVENTS = [
  'creativeView', 'start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'mute', 'unmute', 'pause', 'resume', 'rewind',
  'skip', 'progress', 'close',
] as const;
const VAST_EVENTS = [
  ...SHARED_EVENTS, 'loaded', 'playerExpand', 'playerCollapse', 'fullscreen', 'exitFullscreen', 'acceptInvitation', 'adExpand',
  'adCollapse', 'minimize', 'overlayViewDuration', 'otherAdInteraction', 'interactiveStart', 'closeLinear',
] as const;
/** Events that an ad tag may report itself, but no tracker may be bound to. */
const TAG_EVENTS = [
  'impression', 'clickTracking', 'customClick', 'error', 'viewable', 'notViewable', 'viewUndetermined', 'measurableImpression',
  'viewableImpression',
] as const;
const PIXEL_EVENTS = [
  'impression', 'viewable_mrc_50', 'viewable_mrc_100', 'viewable_video_50', 'audible_video_complete', 'click', 'custom',
] as const;
const AUTHORIZATION_STATUSES = ['authorized', 'pending', 'expired', 'revoked', 'not_required', 'unknown'] as const;

const text = Type.String();
const flag = Type.Boolean();
const channels = Type.Enum(['mono', 'stereo', '5.1', '7.1']);
const content = { required: ['content'], properties: { content: text } };
const image = {
  required: ['url', 'width', 'height'],
  properties: { url: Uri, width: Ordinal, height: Ordinal, format: text, alt_text: text },
};

const video = { required: ['url', 'width', 'height'], properties: {
  url: Uri, width: Ordinal, height: Ordinal, duration_ms: Ordinal, file_size_bytes: Ordinal, container_format: text, video_codec: text,
  video_bitrate_kbps: Ordinal, frame_rate: text, frame_rate_type: Type.Enum(['constant', 'variable']),
  scan_type: Type.Enum(['progressive', 'interlaced']), color_space: Type.Enum(['rec709', 'rec2020', 'rec2100', 'srgb', 'dci_p3']),
  hdr_format: Type.Enum(['sdr', 'hdr10', 'hdr10_plus', 'hlg', 'dolby_vision']),
  chroma_subsampling: Type.Enum(['4:2:0', '4:2:2', '4:4:4']), video_bit_depth: { type: 'integer', enum: [8, 10, 12] },
  gop_interval_seconds: Type.Number(), gop_type: Type.Enum(['closed', 'open']), moov_atom_position: Type.Enum(['start', 'end']),
  has_audio: flag, audio_codec: text, audio_channels: channels, audio_sampling_rate_hz: Type.Integer(),
  audio_bit_depth: { type: 'integer', enum: [16, 24, 32] }, audio_bitrate_kbps: Ordinal, audio_loudness_lufs: Type.Number(),
  audio_true_peak_dbfs: Type.Number(), captions_url: Uri, transcript_url: Uri, audio_description_url: Uri,
} };

const audio = { required: ['url'], properties: {
  url: Uri, duration_ms: Count, file_size_bytes: Ordinal, container_format: text, codec: text, sampling_rate_hz: Type.Integer(),
  channels, bit_depth: { type: 'integer', enum: [16, 24, 32] }, bitrate_kbps: Ordinal, loudness_lufs: Type.Number(),
  true_peak_dbfs: Type.Number(), transcript_url: Uri,
} };

/** An ad tag: behind a URL or in the document. */
const adTag = (events: readonly string[], properties: Demand['properties']): Demand & { allOf: unknown[] } => ({
  required: ['delivery_type'],
  properties: {
    delivery_type: Type.Enum(['url', 'inline']),
    duration_ms: Count,
    tracking_events: Type.Array(Type.Enum([...events, ...TAG_EVENTS])),
    ...properties,
  },
  allOf: [
    when('delivery_type', 'url', { required: ['url'], properties: { url: UriTemplate } }),
    when('delivery_type', 'inline', content),
  ],
});

const tracker = (event: string, events: readonly string[], targets: readonly string[]): Demand & { allOf: unknown[] } => ({
  required: [event, 'url'],
  properties: {
    [event]: Type.Enum([...events]),
    url: UriTemplate,
    offset: Type.String({ pattern: '^(\\d{2}:[0-5]\\d:[0-5]\\d(\\.\\d{3})?|(100|\\d{1,2})%)$' }),
    target: Type.Enum([...targets]),
  },
  allOf: [when(event, 'progress', { required: ['offset'] })],
});

const pixelTracker: Demand = {
  required: ['event', 'url'],
  properties: { event: Type.Enum(PIXEL_EVENTS), method: Type.Enum(['img', 'js']), url: UriTemplate, custom_event_name: text },
  ...when('event', 'custom', { required: ['custom_event_name'] }, without('custom_event_name')),
};

const publishedPost: Demand = {
  properties: {
    post_url: Uri, platform: text, platform_post_id: text, published_at: DateTime,
    identity_ref: Type.Object({
      handle: Type.Optional(text), profile_url: Type.Optional(Uri), platform_identity_id: Type.Optional(text),
    }),
    reference_authorization: Type.Object({
      status: Type.Enum(AUTHORIZATION_STATUSES), checked_at: Type.Optional(DateTime), expires_at: Type.Optional(DateTime),
      authorization_url: Type.Optional(Uri), authorization_instructions: Type.Optional(text),
    }),
  },
  ...anyOfMembers('post_url', 'platform_post_id'),
};

const webhook: Demand = {
  required: ['url', 'response_type', 'security'],
  properties: {
    url: Uri,
    method: Type.Enum(['GET', 'POST']),
    timeout_ms: Type.Integer({ minimum: 10, maximum: 5000 }),
    supported_macros: Type.Array(text),
    required_macros: Type.Array(text),
    response_type: Type.Enum(['html', 'json', 'xml', 'javascript']),
    security: Type.Object({
      method: Type.Enum(['hmac_sha256', 'api_key', 'none']), hmac_header: Type.Optional(text), api_key_header: Type.Optional(text),
    }),
  },
};

const urlMembers = { required: ['url'], properties: {
  url: UriTemplate, url_type: Type.Enum(['clickthrough', 'tracker_pixel', 'tracker_script']), description: text,
} };

const media = { type: 'object', allOf: [
  equals('asset_type', ['image', 'video']), when('asset_type', 'image', image), when('asset_type', 'video', video),
] };

const card: Demand = { required: ['media'], properties: {
  media, headline: text, description: text, cta: text, platform_extensions: Type.Array(PlatformExtensionRef),
  landing_page_url: { type: 'object', allOf: [equals('asset_type', 'url'), urlMembers] },
} };

const accessibility = Type.Object({
  alt_text: Type.Optional(text), keyboard_navigable: Type.Optional(flag), motion_control: Type.Optional(flag),
  screen_reader_tested: Type.Optional(flag),
});

export const ASSET_MEMBERS: Readonly<Record<AssetType, Demand>> = {
  image,
  video,
  audio,
  vast: adTag(VAST_EVENTS, {
    vast_version: Type.Enum(['2.0', '3.0', '4.0', '4.1', '4.2']), vpaid_enabled: flag, captions_url: Uri, audio_description_url: Uri,
  }),
  daast: adTag(SHARED_EVENTS, { daast_version: Type.Enum(['1.0', '1.1']), companion_ads: flag, transcript_url: Uri }),
  text: { required: ['content'], properties: { content: text, language: text } },
  markdown: { required: ['content'], properties: {
    content: text, language: text, markdown_flavor: Type.Enum(['commonmark', 'gfm']), allow_raw_html: flag,
  } },
  html: { required: ['content'], properties: { content: text, version: text, accessibility } },
  css: { required: ['content'], properties: { content: text, media: text } },
  javascript: { required: ['content'], properties: { content: text, module_type: Type.Enum(['esm', 'commonjs', 'script']), accessibility } },
  url: urlMembers,
  zip: { required: ['url'], properties: {
    url: Uri, max_file_size_kb: Count, entry_point: text, allowed_inner_extensions: Type.Array(text), backup_image_url: Uri,
    digest: Type.String({ pattern: '^sha256:[a-f0-9]{64}$' }), accessibility,
  } },
  webhook,
  brief: CreativeBrief as Demand,
  catalog: Catalog as Demand,
  published_post: publishedPost,
  card,
  pixel_tracker: pixelTracker,
  vast_tracker: tracker('vast_event', VAST_EVENTS, ['linear', 'non_linear', 'companion']),
  daast_tracker: tracker('daast_event', SHARED_EVENTS, ['linear', 'companion']),
};
