import { expect, test } from 'vitest';
import type { AssetMap } from '../protocol/wire/core/asset.ts';
import type { Format, FormatAsset } from '../protocol/wire/core/format.ts';
import { misfits } from './creative-fit.ts';

const slot = (
  asset_id: string,
  asset_type: NonNullable<FormatAsset['asset_type']>,
  required: boolean,
  requirements?: Record<string, unknown>,
): FormatAsset => ({ item_type: 'individual', asset_id, asset_type, required, ...(requirements ? { requirements } : {}) });
const FORMAT: Format = {
  format_id: { agent_url: 'https://seller.example/mcp', id: 'rich' },
  name: 'Rich',
  assets: [
    slot('image', 'image', true, { min_width: 300, max_width: 600, max_height: 250, formats: ['png', 'JPG'], max_file_size_kb: 100 }),
    slot('headline', 'text', false, { min_length: 3, max_length: 10, allowed_values: ['Spring', 'Autumn'] }),
    slot('clip', 'video', false, { min_duration_ms: 5000, max_duration_ms: 15_000, containers: ['mp4'], codecs: ['h264'] }),
    { item_type: 'repeatable_group', asset_group_id: 'cards', required: true, min_count: 2, max_count: 5, assets: [] },
  ],
};
const image = (more: object = {}) => ({ asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250, ...more });
const found = (assets: object) => misfits({ creative_id: 'c', name: 'C', assets: assets as AssetMap }, FORMAT).map(({ field }) => field);

test('finds nothing wrong with assets that fill the format, nor with slots that the format does not know', () => {
  const clip = {
    asset_type: 'video',
    url: 'https://cdn.example/a.mp4',
    width: 1,
    height: 1,
    duration_ms: 6000,
    container_format: 'MP4',
    video_codec: 'h264',
  };
  expect(
    found({
      image: image({ format: 'jpg' }),
      headline: { asset_type: 'text', content: 'Spring' },
      clip,
      click_url: { asset_type: 'url', url: 'https://shop.example' },
    }),
  ).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['a required asset that is missing', {}, ['assets.image']],
  ['an asset of another type', { image: { asset_type: 'html', content: '<b/>' } }, ['assets.image.asset_type']],
  ['a size outside the limits', { image: image({ width: 299, height: 251 }) }, ['assets.image.width', 'assets.image.height']],
  ['a file format', { image: image({ format: 'gif' }) }, ['assets.image.format']],
  ['a file that is too large', { image: image({ file_size_bytes: 102_401 }) }, ['assets.image.file_size_bytes']],
  [
    'a text that is too long and not one of those allowed',
    { image: image(), headline: { asset_type: 'text', content: 'Summer is here' } },
    ['assets.headline.content', 'assets.headline.content'],
  ],
  [
    'a clip that is too short, in another container and codec',
    { image: image(), clip: { asset_type: 'video', duration_ms: 4999, container_format: 'mov', video_codec: 'av1' } },
    ['assets.clip.duration_ms', 'assets.clip.container_format', 'assets.clip.video_codec'],
  ],
  ['one of several assets in a slot', { image: [image(), image({ width: 900 })] }, ['assets.image[1].width']],
])('finds %s', (_name, assets, fields) => expect(found(assets)).toEqual(fields));

test('does not hold against an asset what it does not tell', () => {
  expect(found({ image: { asset_type: 'image', url: 'https://cdn.example/a.png' } })).toEqual([]);
});

test('says what is wrong, where, and what the format takes', () => {
  expect(misfits({ creative_id: 'c', name: 'C', assets: { image: image({ width: 900 }) } as AssetMap }, FORMAT)).toEqual([
    { field: 'assets.image.width', message: 'assets.image.width is 900; the format takes at most 600' },
  ]);
});
