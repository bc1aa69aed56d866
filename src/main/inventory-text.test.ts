import { expect, test } from 'vitest';
import { testProduct } from '../../test/support/desk.ts';
import { inventoryText } from './inventory-text.ts';

const NOW = '2026-11-20T12:00:00.000Z';
const banner = testProduct('banner', { name: 'Banner' });
const films = testProduct('films', { name: 'Films', channels: ['olv'], delivery_type: 'guaranteed', pricing_options: [{ pricing_option_id: 'spot', pricing_model: 'cpm', currency: 'USD', fixed_price: 20, min_spend_per_package: 1000 }] });
const of = (...products: typeof banner[]) => ({ products, formats: [], signals: [] });

test('shows what the buyer of a brief would get: the best products, why, and the plans', () => {
  expect(inventoryText(of(banner, films), ['inventory/'], 'Video, $5K', NOW)).toBe(`2 products, 0 formats and 0 signals in inventory/: usable

For "Video, $5K"
  1  films: Films (guaranteed, olv)
     spot 20 USD cpm
     The brief names its channel: video.
  2  banner: Banner (non_guaranteed, display)
     auction auction from 2 USD cpm
     No word of the brief names it; it stands here in catalogue order.

Plans
  Spread over 2 products, for 5000 USD
      57 %  films at spot
      43 %  banner at auction
  Focus on Films, for 5000 USD
      70 %  films at spot
      30 %  banner at auction
`);
});

test('shows the order of rank without a brief, and how much more there is', () => {
  const text = inventoryText(of(...Array.from({ length: 7 }, (_each, at) => testProduct(`p${at}`))), ['a.yaml', 'b.yaml'], undefined, NOW);
  expect(text).toMatch(/^7 products, 0 formats and 0 signals in a\.yaml, b\.yaml: usable\n\nIn order of rank\n {2}1 {2}p0: /);
  expect(text).toMatch(/\n {2}\.\.\. and 2 more\n$/);
});

test('tells of what is allowed and rarely meant', () => {
  const odd = { ...testProduct('odd', { expires_at: '2026-01-01T00:00:00Z', signal_targeting_allowed: true }), chanels: ['olv'] };
  const { channels: _none, ...mute } = odd;
  expect(inventoryText(of(mute), ['a.yaml'], undefined, NOW).split('\n').slice(2, 7)).toEqual([
    'Worth a look',
    '  odd: AdCP has no member chanels; it is shown to buyers as it is',
    '  odd: has expired at 2026-01-01T00:00:00Z and is not sold',
    '  odd: names no channel, so that no search by channel finds it',
    '  odd: takes signals, and the inventory lists none; it is sold without them',
  ]);
});
