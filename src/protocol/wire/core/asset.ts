/**
 * One asset of a creative. `asset_type` decides which other members there are; they are said as conditions, so that the
 * static type stays one object whose members can be read without asking for the type first.
 */
import { Type, type Static } from 'typebox';
import { anyOfMembers, equals, when, without, type Demand } from './conditions.ts';
import { Catalog } from './catalog.ts';
import { Count, Ordinal } from './numbers.ts';
import { untyped } from './open-object.ts';
import { Provenance } from './provenance.ts';
import { DateTime, Uri, UriTemplate } from './texts.ts';

export const ASSET_TYPES = [
  'image', 'video', 'audio', 'vast', 'text', 'url', 'html', 'javascript', 'zip', 'webhook', 'css', 'daast', 'markdown', 'brief',
  'catalog', 'published_post', 'card', 'pixel_tracker', 'vast_tracker', 'daast_tracker',
] as const;
export type AssetType = (typeof ASSET_TYPES)[number];

/** Types whose definition has no provenance of its own. */
const WITHOUT_PROVENANCE: readonly AssetType[] = ['markdown', 'brief', 'catalog'];
const WITH_PROVENANCE = ASSET_TYPES.filter((type) => !WITHOUT_PROVENANCE.includes(type));

const text = Type.String();
const pixels = { width: Ordinal, height: Ordinal };
const image = { required: ['url', 'width', 'height'], properties: { url: Uri, ...pixels, format: text, alt_text: text } };
const video = { required: ['url', 'width', 'height'], properties: {
  url: Uri, ...pixels, duration_ms: Ordinal, file_size_bytes: Ordinal, container_format: text, video_codec: text,
  video_bitrate_kbps: Ordinal, frame_rate: text, has_audio: Type.Boolean(), captions_url: Uri, transcript_url: Uri,
  audio_description_url: Uri,
} };
const content = { required: ['content'], properties: { content: text } };

/** An ad tag: behind a URL or in the document. */
const adTag = (properties: Demand['properties']): Demand & { allOf: unknown[] } => ({
  required: ['delivery_type'],
  properties: { delivery_type: Type.Enum(['url', 'inline']), duration_ms: Count, ...properties },
  allOf: [
    when('delivery_type', 'url', { required: ['url'], properties: { url: UriTemplate } }),
    when('delivery_type', 'inline', content),
  ],
});

/** Linear events that an interactive tracker may name; impressions and clicks have trackers of their own. */
const SHARED_TRACKER_EVENTS = [
  'creativeView', 'start', 'firstQuartile', 'midpoint', 'thirdQuartile', 'complete', 'mute', 'unmute', 'pause', 'resume', 'rewind',
  'skip', 'progress', 'close',
] as const;
const VAST_TRACKER_EVENTS = [
  ...SHARED_TRACKER_EVENTS, 'loaded', 'playerExpand', 'playerCollapse', 'fullscreen', 'exitFullscreen', 'acceptInvitation', 'adExpand',
  'adCollapse', 'minimize', 'overlayViewDuration', 'otherAdInteraction', 'interactiveStart', 'closeLinear',
] as const;

const tracker = (event: string, events: readonly string[], targets: readonly string[]) => ({
  required: [event, 'url'],
  properties: {
    [event]: { enum: events },
    url: UriTemplate,
    offset: Type.String({ pattern: '^(\\d{2}:[0-5]\\d:[0-5]\\d(\\.\\d{3})?|(100|\\d{1,2})%)$' }),
    target: { enum: targets },
  },
  allOf: [when(event, 'progress', { required: ['offset'] })],
});

const PIXEL_EVENTS = [
  'impression', 'viewable_mrc_50', 'viewable_mrc_100', 'viewable_video_50', 'audible_video_complete', 'click', 'custom',
];
const pixelTracker = {
  required: ['event', 'url'],
  properties: { event: { enum: PIXEL_EVENTS }, method: { enum: ['img', 'js'] }, url: UriTemplate, custom_event_name: text },
  ...when('event', 'custom', { required: ['custom_event_name'] }, without('custom_event_name')),
};

const publishedPost = {
  properties: { post_url: Uri, platform: text, platform_post_id: text, published_at: DateTime },
  ...anyOfMembers('post_url', 'platform_post_id'),
};

const webhook = {
  required: ['url', 'response_type', 'security'],
  properties: {
    url: Uri,
    method: { enum: ['GET', 'POST'] },
    timeout_ms: Type.Integer({ minimum: 10, maximum: 5000 }),
    response_type: { enum: ['html', 'json', 'xml', 'javascript'] },
    security: { type: 'object', required: ['method'], properties: { method: { enum: ['hmac_sha256', 'api_key', 'none'] } } },
  },
};

const media = { allOf: [
  equals('asset_type', ['image', 'video']),
  when('asset_type', 'image', image), when('asset_type', 'video', video),
] };

const MEMBERS: Readonly<Record<AssetType, Demand>> = {
  image,
  video,
  audio: { required: ['url'], properties: { url: Uri, duration_ms: Count, file_size_bytes: Ordinal, container_format: text, codec: text, bitrate_kbps: Ordinal } },
  vast: adTag({ vast_version: Type.Enum(['2.0', '3.0', '4.0', '4.1', '4.2']), vpaid_enabled: Type.Boolean(), captions_url: Uri }),
  daast: adTag({ daast_version: Type.Enum(['1.0', '1.1']), companion_ads: Type.Boolean(), transcript_url: Uri }),
  text: { required: ['content'], properties: { content: text, language: text } },
  markdown: { required: ['content'], properties: { content: text, language: text, markdown_flavor: { enum: ['commonmark', 'gfm'] } } },
  html: { required: ['content'], properties: { content: text, version: text } },
  css: { required: ['content'], properties: { content: text, media: text } },
  javascript: { required: ['content'], properties: { content: text, module_type: { enum: ['esm', 'commonjs', 'script'] } } },
  url: { required: ['url'], properties: { url: UriTemplate, url_type: { enum: ['clickthrough', 'tracker_pixel', 'tracker_script'] }, description: text } },
  zip: { required: ['url'], properties: { url: Uri, max_file_size_kb: Count, entry_point: text, backup_image_url: Uri, digest: Type.String({ pattern: '^sha256:[a-f0-9]{64}$' }) } },
  webhook,
  brief: { required: ['name'], properties: { name: text, objective: { enum: ['awareness', 'consideration', 'conversion', 'retention', 'engagement'] } } },
  catalog: Catalog as Demand,
  published_post: publishedPost as Demand,
  card: { required: ['media'], properties: { media, headline: text, description: text, cta: text } },
  pixel_tracker: pixelTracker as Demand,
  vast_tracker: tracker('vast_event', VAST_TRACKER_EVENTS, ['linear', 'non_linear', 'companion']),
  daast_tracker: tracker('daast_event', SHARED_TRACKER_EVENTS, ['linear', 'companion']),
};

export const Asset = Type.Object({
  asset_type: Type.Enum(ASSET_TYPES),
  url: Type.Optional(untyped<string>()),
  width: Type.Optional(untyped<number>()),
  height: Type.Optional(untyped<number>()),
  duration_ms: Type.Optional(untyped<number>()),
  content: Type.Optional(untyped<string>()),
  catalog_id: Type.Optional(untyped<string>()),
  provenance: Type.Optional(untyped<Provenance>()),
}, { allOf: [
  ...ASSET_TYPES.map((type) => when('asset_type', type, MEMBERS[type])),
  when('asset_type', WITH_PROVENANCE, { properties: { provenance: Provenance } }),
] });
export type Asset = Static<typeof Asset>;

/** The assets of a creative by slot; a slot holds one asset or several. */
export const AssetMap = Type.Unsafe<Record<string, Asset | Asset[]>>({
  type: 'object',
  patternProperties: {
    '^[a-z0-9_]+$': { anyOf: [Asset, { type: 'array', items: Asset, minItems: 1 }] },
  },
});
export type AssetMap = Static<typeof AssetMap>;
