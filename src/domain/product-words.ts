/** The words by which a brief can find a product, and how much each tells. */
import type { Channel } from '../protocol/wire/core/channel.ts';
import type { Product } from '../protocol/wire/core/product.ts';
import { wordsOf } from './brief-words.ts';

/** Where a word stands. What a product is weighs more than what is said about it. */
export const FIELD_WEIGHTS = { channel: 3, name: 3, audience: 2, delivery: 2, format: 2, goal: 2, publisher: 2, placement: 1, description: 1 } as const;
/** Where a product says something of itself. */
export type WordField = keyof typeof FIELD_WEIGHTS;

/** What people call a channel, beside its own name. */
const CHANNEL_WORDS: Readonly<Partial<Record<Channel, string>>> = {
  display: 'banner native',
  olv: 'video preroll instream outstream online',
  ctv: 'tv television video streaming ott connected',
  linear_tv: 'tv television broadcast',
  streaming_audio: 'audio music streaming',
  podcast: 'audio',
  radio: 'audio',
  dooh: 'billboard screen ooh',
  ooh: 'billboard poster',
  retail_media: 'retail shopping shopper sponsored',
  gaming: 'game',
  social: 'feed story',
  email: 'newsletter',
  search: 'keyword',
  cinema: 'movie film',
};

const DELIVERY_WORDS: Readonly<Record<Product['delivery_type'], string>> = {
  guaranteed: 'guaranteed reserved reservation',
  non_guaranteed: 'nonguaranteed auction programmatic bidding biddable',
};

/** Documents of a catalogue are never changed in place, so each is read once. */
const known = new WeakMap<Product, ReadonlyMap<string, WordField>>();

/** Each word of a product with the weightiest field that has it. */
export function productWords(product: Product): ReadonlyMap<string, WordField> {
  const read = known.get(product) ?? wordsIn(product);
  known.set(product, read);
  return read;
}

function wordsIn(product: Product): ReadonlyMap<string, WordField> {
  const found = new Map<string, WordField>();
  for (const [field, texts] of fieldsOf(product))
    for (const word of texts.flatMap((text) => wordsOf(text.replaceAll('_', ' ')))) {
      const before = found.get(word);
      if (before === undefined || FIELD_WEIGHTS[before] < FIELD_WEIGHTS[field]) found.set(word, field);
    }
  return found;
}

function fieldsOf(product: Product): [WordField, string[]][] {
  const options = product.format_options ?? [];
  return [
    ['channel', (product.channels ?? []).flatMap((channel) => [channel, CHANNEL_WORDS[channel] ?? ''])],
    ['name', [product.name]],
    [
      'audience',
      [...(product.included_signals ?? []), ...(product.signal_targeting_options ?? [])].flatMap(({ name = '', description = '' }) => [name, description]),
    ],
    ['delivery', [DELIVERY_WORDS[product.delivery_type]]],
    [
      'format',
      [
        ...(product.format_ids ?? []).map(({ id }) => id),
        ...options.flatMap(({ format_kind, display_name = '' }) => [format_kind, display_name]),
      ],
    ],
    [
      'goal',
      [...(product.metric_optimization?.supported_metrics ?? []), ...(product.conversion_tracking ? ['conversion performance'] : [])],
    ],
    ['publisher', product.publisher_properties.map(({ publisher_domain }) => publisher_domain.split('.')[0]!)],
    ['placement', (product.placements ?? []).flatMap(({ name = '', description = '' }) => [name, description])],
    ['description', [product.description]],
  ];
}
