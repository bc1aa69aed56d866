/** Whether a creative fills a format: what the definition asks for, held against what the assets tell of themselves. */
import type { Asset } from '../protocol/wire/core/asset.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import type { Format, FormatAsset } from '../protocol/wire/core/format.ts';

export interface Misfit {
  /** Path within the creative: `assets.image.width`. */
  readonly field: string;
  readonly message: string;
}

/**
 * Empty when the creative fits. Slots that the format does not know are allowed, and so is what an asset does not tell.
 * Groups of slots are not looked into.
 */
export function misfits({ assets }: CreativeAsset, { assets: slots = [] }: Format): Misfit[] {
  return slots
    .filter(({ item_type }) => item_type === 'individual')
    .flatMap((slot) => {
      const field = `assets.${slot.asset_id!}`;
      const filled = assets[slot.asset_id!];
      if (filled === undefined)
        return slot.required ? [{ field, message: `the format needs ${article(slot.asset_type!)} in ${field}` }] : [];
      return Array.isArray(filled)
        ? filled.flatMap((asset, nth) => misfitsOf(asset, `${field}[${nth}]`, slot))
        : misfitsOf(filled, field, slot);
    });
}

function misfitsOf(asset: Asset, field: string, { asset_type, requirements = {} }: FormatAsset): Misfit[] {
  if (asset.asset_type !== asset_type)
    return [
      {
        field: `${field}.asset_type`,
        message: `${field} holds ${article(asset.asset_type)}; the format takes ${article(asset_type!)} there`,
      },
    ];
  const told = asset as unknown as Readonly<Record<string, unknown>>;
  return LIMITS.flatMap(({ requirement, members, breaks, words }) => {
    const asked = requirements[requirement];
    const member = members.find((each) => told[each] !== undefined);
    if (asked === undefined || member === undefined || !breaks(told[member], asked)) return [];
    return [
      { field: `${field}.${member}`, message: `${field}.${member} is ${shown(told[member])}; the format takes ${words} ${shown(asked)}` },
    ];
  });
}

interface Limit {
  readonly requirement: string;
  /** Members of the asset that may tell; the first that stands counts. */
  readonly members: readonly string[];
  readonly breaks: (told: unknown, asked: unknown) => boolean;
  readonly words: string;
}

const measure = (told: unknown): number => (typeof told === 'string' ? told.length : Number(told));
const least = (requirement: string, ...members: string[]): Limit => ({
  requirement,
  members,
  words: 'at least',
  breaks: (told, asked) => measure(told) < Number(asked),
});
const most = (requirement: string, ...members: string[]): Limit => ({
  requirement,
  members,
  words: 'at most',
  breaks: (told, asked) => measure(told) > Number(asked),
});
const oneOf = (requirement: string, ...members: string[]): Limit => ({
  requirement,
  members,
  words: 'one of',
  breaks: (told, asked) => Array.isArray(asked) && !asked.some((each) => String(each).toLowerCase() === String(told).toLowerCase()),
});

const LIMITS: readonly Limit[] = [
  least('min_width', 'width'),
  most('max_width', 'width'),
  least('min_height', 'height'),
  most('max_height', 'height'),
  least('min_duration_ms', 'duration_ms'),
  most('max_duration_ms', 'duration_ms'),
  {
    requirement: 'max_file_size_kb',
    members: ['file_size_bytes'],
    words: 'at most, in kilobytes,',
    breaks: (told, asked) => Number(told) > Number(asked) * 1024,
  },
  least('min_length', 'content'),
  most('max_length', 'content', 'url'),
  oneOf('allowed_values', 'content'),
  oneOf('formats', 'format', 'container_format'),
  oneOf('containers', 'container_format'),
  oneOf('codecs', 'video_codec', 'codec'),
];

const shown = (value: unknown): string => {
  const text = Array.isArray(value) ? value.join(', ') : String(value);
  return text.length > 60 ? `${text.length} characters long` : text;
};

const article = (type: string): string => `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
