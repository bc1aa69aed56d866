/**
 * What a format's name tells of it: `display_300x250`, `video_30s`, `audio_15s`, `native_feed`, `product_carousel_3_to_10`.
 * Every name that anybody uses can be described, as far as it speaks; parameters beside the name count like parts of it.
 */
import type { Format, FormatAsset } from '../protocol/wire/core/format.ts';
import type { FormatId } from '../protocol/wire/core/format-id.ts';

type Shape = 'image' | 'html' | 'javascript' | 'video' | 'vast' | 'audio' | 'daast' | 'native' | 'carousel';

/** The first shape that a part of the name stands for; an image when none does. */
const SHAPES: readonly (readonly [Shape, readonly string[]])[] = [
  ['carousel', ['carousel', 'collection']],
  ['vast', ['vast']],
  ['daast', ['daast']],
  ['audio', ['audio', 'podcast', 'radio', 'music']],
  ['video', ['video', 'ctv', 'tv', 'ott', 'preroll', 'midroll', 'postroll', 'olv', 'instream', 'outstream', 'ssai', 'reel', 'reels', 'story', 'stories', 'bumper']],
  ['html', ['html', 'html5']],
  ['javascript', ['javascript', 'js', 'tag']],
  ['native', ['native', 'feed', 'infeed', 'post', 'sponsored']],
];

interface Named {
  readonly shape: Shape;
  readonly size?: { readonly width: number; readonly height: number };
  readonly duration_ms?: number;
  readonly parts: readonly string[];
}

/** Describes a format by its name. The name comes back as it was given. */
export function derivedFormat(format_id: FormatId, own_agent_url: string): Format {
  const named = read(format_id);
  const parameters = [...(format_id.width === undefined ? [] : ['dimensions' as const]), ...(format_id.duration_ms === undefined ? [] : ['duration' as const])];
  const responsive = named.shape === 'native' || named.shape === 'carousel';
  return {
    format_id, name: label(named),
    description: format_id.agent_url === own_agent_url ? `Takes ${article(named.shape)}.` : `Takes ${article(named.shape)}, going by its name; ${format_id.agent_url} defines it.`,
    ...(parameters.length > 0 ? { accepts_parameters: parameters } : {}),
    ...(named.size ? { renders: [{ role: 'primary', dimensions: { ...named.size, unit: 'px' as const } }] }
      : responsive ? { renders: [{ role: 'primary', dimensions: { responsive: { width: true, height: true } } }] } : {}),
    assets: assetsOf(named),
  };
}

function read({ id, width, height, duration_ms }: FormatId): Named {
  const parts = id.toLowerCase().split(/[_-]+/).filter((part) => part !== '');
  const sized = parts.map((part) => /^(\d+)x(\d+)$/.exec(part)).find((found) => found !== null);
  const timed = parts.map((part) => /^(\d+)s(?:ec)?$/.exec(part)).find((found) => found !== null);
  const size = width !== undefined && height !== undefined ? { width, height } : sized ? { width: Number(sized[1]), height: Number(sized[2]) } : undefined;
  const length = duration_ms ?? (timed ? Number(timed[1]) * 1000 : undefined);
  return {
    parts, shape: SHAPES.find(([, words]) => parts.some((part) => words.includes(part)))?.[0] ?? 'image',
    ...(size && size.width > 0 && size.height > 0 ? { size } : {}), ...(length !== undefined && length > 0 ? { duration_ms: length } : {}),
  };
}

/** One required asset wherever one is enough, named after its type. */
function assetsOf(named: Named): FormatAsset[] {
  const click = individual('click_url', 'url', false);
  switch (named.shape) {
    case 'image': return [individual('image', 'image', true, pixels(named)), click];
    case 'html': return [individual('html', 'html', true), click];
    case 'javascript': return [individual('javascript', 'javascript', true)];
    case 'video': return [individual('video', 'video', true, { ...pixels(named), ...longest(named) }), click];
    case 'vast': return [individual('vast', 'vast', true)];
    case 'audio': return [individual('audio', 'audio', true, longest(named)), click];
    case 'daast': return [individual('daast', 'daast', true)];
    case 'native': return [individual('image', 'image', true, pixels(named)), individual('headline', 'text', true), individual('description', 'text', false), click];
    case 'carousel': return [cards(named.parts)];
  }
}

function individual(asset_id: string, asset_type: NonNullable<FormatAsset['asset_type']>, required: boolean, requirements: Record<string, unknown> = {}): FormatAsset {
  return { item_type: 'individual', asset_id, asset_type, required, ...(Object.keys(requirements).length > 0 ? { requirements } : {}) };
}

/** `..._3_to_10` says how many cards. */
function cards(parts: readonly string[]): FormatAsset {
  const at = parts.indexOf('to');
  const [min, max] = [Number(parts[at - 1]), Number(parts[at + 1])];
  const counted = at > 0 && min > 0 && max >= min;
  return {
    item_type: 'repeatable_group', asset_group_id: 'cards', required: true, min_count: counted ? min : 2, max_count: counted ? max : 10,
    assets: [{ asset_id: 'image', asset_type: 'image', required: true }, { asset_id: 'headline', asset_type: 'text', required: false }, { asset_id: 'click_url', asset_type: 'url', required: false }],
  };
}

const pixels = ({ size }: Named): Record<string, unknown> =>
  (size ? { min_width: size.width, max_width: size.width, min_height: size.height, max_height: size.height } : {});
const longest = ({ duration_ms }: Named): Record<string, unknown> => (duration_ms === undefined ? {} : { max_duration_ms: duration_ms });

function label({ parts }: Named): string {
  const text = parts.join(' ');
  return text === '' ? 'Format' : text.charAt(0).toUpperCase() + text.slice(1);
}

const article = (shape: Shape): string =>
  ({ image: 'an image', html: 'an HTML document', javascript: 'a script', video: 'a video', vast: 'a VAST tag', audio: 'an audio file', daast: 'a DAAST tag', native: 'an image and a headline', carousel: 'several cards' })[shape];
