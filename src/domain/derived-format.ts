/** Describes any format by its name, as far as the name speaks. */
import type { Format, FormatAsset } from '../protocol/wire/core/format.ts';
import type { FormatId } from '../protocol/wire/core/format-id.ts';
import { namedFormat, type NamedFormat, type Shape } from './format-name.ts';

/** A name as the description goes by it: one that tells no shape is taken for an image. */
type Described = NamedFormat & { readonly shape: Shape };

/** Describes a format by its name. The name comes back as it was given. */
export function derivedFormat(format_id: FormatId, own_agent_url: string): Format {
  const named: Described = { shape: 'image', ...namedFormat(format_id) };
  const parameters = [
    ...(format_id.width === undefined ? [] : ['dimensions' as const]),
    ...(format_id.duration_ms === undefined ? [] : ['duration' as const]),
  ];
  const responsive = named.shape === 'native' || named.shape === 'carousel';
  return {
    format_id,
    name: label(named),
    description:
      format_id.agent_url === own_agent_url
        ? `Takes ${article(named.shape)}.`
        : `Takes ${article(named.shape)}, going by its name; ${format_id.agent_url} defines it.`,
    ...(parameters.length > 0 ? { accepts_parameters: parameters } : {}),
    ...(named.size
      ? { renders: [{ role: 'primary', dimensions: { ...named.size, unit: 'px' as const } }] }
      : responsive
        ? { renders: [{ role: 'primary', dimensions: { responsive: { width: true, height: true } } }] }
        : {}),
    assets: assetsOf(named),
  };
}

/** One required asset wherever one is enough, named after its type. */
function assetsOf(named: Described): FormatAsset[] {
  const click = individual('click_url', 'url', false);
  switch (named.shape) {
    case 'image':
      return [individual('image', 'image', true, pixels(named)), click];
    case 'html':
      return [individual('html', 'html', true), click];
    case 'javascript':
      return [individual('javascript', 'javascript', true)];
    case 'video':
      return [individual('video', 'video', true, { ...pixels(named), ...longest(named) }), click];
    case 'vast':
      return [individual('vast', 'vast', true)];
    case 'audio':
      return [individual('audio', 'audio', true, longest(named)), click];
    case 'daast':
      return [individual('daast', 'daast', true)];
    case 'native':
      return [
        individual('image', 'image', true, pixels(named)),
        individual('headline', 'text', true),
        individual('description', 'text', false),
        click,
      ];
    case 'carousel':
      return [cards(named.parts)];
  }
}

function individual(
  asset_id: string,
  asset_type: NonNullable<FormatAsset['asset_type']>,
  required: boolean,
  requirements: Record<string, unknown> = {},
): FormatAsset {
  return { item_type: 'individual', asset_id, asset_type, required, ...(Object.keys(requirements).length > 0 ? { requirements } : {}) };
}

/** `..._3_to_10` says how many cards. */
function cards(parts: readonly string[]): FormatAsset {
  const at = parts.indexOf('to');
  const [min, max] = [Number(parts[at - 1]), Number(parts[at + 1])];
  const counted = at > 0 && min > 0 && max >= min;
  return {
    item_type: 'repeatable_group',
    asset_group_id: 'cards',
    required: true,
    min_count: counted ? min : 2,
    max_count: counted ? max : 10,
    assets: [
      { asset_id: 'image', asset_type: 'image', required: true },
      { asset_id: 'headline', asset_type: 'text', required: false },
      { asset_id: 'click_url', asset_type: 'url', required: false },
    ],
  };
}

const pixels = ({ size }: Described): Record<string, unknown> =>
  size ? { min_width: size.width, max_width: size.width, min_height: size.height, max_height: size.height } : {};
const longest = ({ duration_ms }: Described): Record<string, unknown> =>
  duration_ms === undefined ? {} : { max_duration_ms: duration_ms };

function label({ parts }: Described): string {
  const text = parts.join(' ');
  return text === '' ? 'Format' : text.charAt(0).toUpperCase() + text.slice(1);
}

const article = (shape: Shape): string =>
  ({
    image: 'an image',
    html: 'an HTML document',
    javascript: 'a script',
    video: 'a video',
    vast: 'a VAST tag',
    audio: 'an audio file',
    daast: 'a DAAST tag',
    native: 'an image and a headline',
    carousel: 'several cards',
  })[shape];
