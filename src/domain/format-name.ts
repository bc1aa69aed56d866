/**
 * What a format's name tells: `display_300x250`, `video_30s`, `audio_15s`, `native_feed`, `product_carousel_3_to_10`.
 * Parameters beside the name count like parts of it.
 */
import type { FormatId } from '../protocol/wire/core/format-id.ts';
import type { FormatKind } from '../protocol/wire/core/format-option.ts';

/** What fills a format. */
export type Shape = 'image' | 'html' | 'javascript' | 'video' | 'vast' | 'audio' | 'daast' | 'native' | 'carousel';

/** The first shape that a part of the name stands for. */
const SHAPES: readonly (readonly [Shape, readonly string[]])[] = [
  ['carousel', ['carousel', 'collection']],
  ['vast', ['vast']],
  ['daast', ['daast']],
  ['audio', ['audio', 'podcast', 'radio', 'music']],
  [
    'video',
    [
      'video',
      'ctv',
      'tv',
      'ott',
      'preroll',
      'midroll',
      'postroll',
      'olv',
      'instream',
      'outstream',
      'ssai',
      'reel',
      'reels',
      'story',
      'stories',
      'bumper',
    ],
  ],
  ['html', ['html', 'html5']],
  ['javascript', ['javascript', 'js', 'tag']],
  ['native', ['native', 'feed', 'infeed', 'post', 'sponsored']],
  ['image', ['image', 'display', 'banner', 'leaderboard', 'mrec', 'skyscraper', 'billboard']],
];

/** What a name and its parameters tell; `duration_ms` and the size in pixels are greater than 0. */
export interface NamedFormat {
  /** Absent when no part of the name tells. */
  readonly shape?: Shape;
  readonly size?: { readonly width: number; readonly height: number };
  readonly duration_ms?: number;
  readonly parts: readonly string[];
}

/** Reads a name. Parameters win over what the name says itself. */
export function namedFormat({ id, width, height, duration_ms }: FormatId): NamedFormat {
  const parts = id
    .toLowerCase()
    .split(/[_-]+/)
    .filter((part) => part !== '');
  const sized = parts.map((part) => /^(\d+)x(\d+)$/.exec(part)).find((found) => found !== null);
  const timed = parts.map((part) => /^(\d+)s(?:ec)?$/.exec(part)).find((found) => found !== null);
  const size =
    width !== undefined && height !== undefined
      ? { width, height }
      : sized
        ? { width: Number(sized[1]), height: Number(sized[2]) }
        : undefined;
  const length = duration_ms ?? (timed ? Number(timed[1]) * 1000 : undefined);
  const shape = SHAPES.find(([, words]) => parts.some((part) => words.includes(part)))?.[0];
  return {
    parts,
    ...(shape ? { shape } : {}),
    ...(size && size.width > 0 && size.height > 0 ? { size } : {}),
    ...(length !== undefined && length > 0 ? { duration_ms: length } : {}),
  };
}

const KINDS: Readonly<Record<Shape, FormatKind>> = {
  image: 'image',
  html: 'html5',
  javascript: 'display_tag',
  video: 'video_hosted',
  vast: 'video_vast',
  audio: 'audio_hosted',
  daast: 'audio_daast',
  native: 'native_in_feed',
  carousel: 'image_carousel',
};

/** A name as a canonical declaration, when it tells enough to be one. */
export function canonicalOf(
  format_id: FormatId,
): { readonly format_kind: FormatKind; readonly params: Record<string, unknown> } | undefined {
  const { shape, size, duration_ms } = namedFormat(format_id);
  return (
    shape && { format_kind: KINDS[shape], params: { ...size, ...(duration_ms === undefined ? {} : { duration_ms_exact: duration_ms }) } }
  );
}
