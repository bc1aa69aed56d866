/** The parameters of a declared format that bound its main asset, and the addresses of all of them. */
import type { Asset, AssetMap } from '../../protocol/wire/core/asset.ts';
import type { FormatKind } from '../../protocol/wire/core/format-option.ts';
import type { InputViolation } from '../../protocol/wire/validate-input.ts';

type Params = Readonly<Record<string, unknown>>;
type Told = Readonly<Record<string, unknown>>;

/** The slot that the size and the length of a kind are about. */
const MAIN: Partial<Record<FormatKind, string>> = {
  image: 'image_main', html5: 'html5_bundle', display_tag: 'tag_url', video_hosted: 'video_main', video_vast: 'vast_tag', audio_hosted: 'audio_main', audio_daast: 'daast_tag',
};

export function parameterViolations(assets: AssetMap, kind: FormatKind, params: Params): InputViolation[] {
  const slot = MAIN[kind];
  const main = slot === undefined ? undefined : assets[slot];
  return [
    ...(slot !== undefined && main !== undefined && !Array.isArray(main) ? mainViolations(main as unknown as Told, `assets.${slot}`, params) : []),
    ...wordViolations(assets, params),
    ...(params['ssl_required'] === true ? insecure(assets) : []),
  ];
}

function mainViolations(told: Told, field: string, params: Params): InputViolation[] {
  return [...sizeViolations(told, field, params), ...RULES.flatMap(({ rule, member, expected, breaks }) => {
    const [asked, value] = [params[rule], told[member]];
    if (asked === undefined || value === undefined || !breaks(value, asked)) return [];
    return [{ rule, field: `${field}.${member}`, expected: expected?.(asked) ?? asked, predicted: value }];
  })];
}

/** One size, or any of several; an asset that does not tell its size breaks none. */
function sizeViolations({ width, height }: Told, field: string, params: Params): InputViolation[] {
  if (typeof width !== 'number' || typeof height !== 'number') return [];
  const listed = Array.isArray(params['sizes']) ? (params['sizes'] as readonly Told[]) : [];
  if (listed.length > 0)
    return listed.some((size) => size['width'] === width && size['height'] === height) ? [] : [{ rule: 'sizes', field, expected: listed, predicted: { width, height } }];
  return (['width', 'height'] as const).flatMap((side) => {
    const value = side === 'width' ? width : height;
    return typeof params[side] === 'number' && params[side] !== value ? [{ rule: side, field: `${field}.${side}`, expected: params[side], predicted: value }] : [];
  });
}

interface Rule {
  /** The parameter. */
  readonly rule: string;
  /** What the asset tells. */
  readonly member: string;
  readonly expected?: (asked: unknown) => unknown;
  readonly breaks: (told: unknown, asked: unknown) => boolean;
}

const below = (rule: string, member: string): Rule => ({ rule, member, breaks: (told, least) => Number(told) < Number(least) });
const above = (rule: string, member: string, unit = 1): Rule => ({ rule, member, breaks: (told, most) => Number(told) > Number(most) * unit });
const outside = (rule: string, member: string): Rule => ({
  rule, member, breaks: (told, allowed) => Array.isArray(allowed) && !allowed.some((each) => String(each).toLowerCase() === String(told).toLowerCase()),
});
const other = (rule: string, member: string): Rule => ({ rule, member, breaks: (told, asked) => told !== asked });

const RULES: readonly Rule[] = [
  below('min_width', 'width'), above('max_width', 'width'), below('min_height', 'height'), above('max_height', 'height'),
  {
    rule: 'duration_ms_range', member: 'duration_ms', expected: (range) => (range as readonly unknown[]).map((end) => end ?? '').join('-'),
    breaks: (told, range) => Array.isArray(range) && ((range[0] !== null && Number(told) < Number(range[0])) || (range[1] !== null && Number(told) > Number(range[1]))),
  },
  above('max_file_size_kb', 'file_size_bytes', 1024), above('max_file_size_mb', 'file_size_bytes', 1024 * 1024),
  outside('image_formats', 'format'), outside('containers', 'container_format'), outside('video_codecs', 'video_codec'), outside('audio_codecs', 'codec'),
  other('vast_version', 'vast_version'), other('daast_version', 'daast_version'), other('duration_ms_exact', 'duration_ms'),
];

/** Calls to action are taken from a list where there is one. */
function wordViolations({ cta }: AssetMap, { cta_values: allowed }: Params): InputViolation[] {
  if (cta === undefined || Array.isArray(cta) || !Array.isArray(allowed) || allowed.includes(cta.content)) return [];
  return [{ rule: 'cta_values', field: 'assets.cta.content', expected: allowed, predicted: cta.content }];
}

function insecure(assets: AssetMap): InputViolation[] {
  return Object.entries(assets).flatMap(([slot, filled]) => {
    const one = (asset: Asset, field: string): InputViolation[] =>
      (typeof asset.url === 'string' && /^http:/i.test(asset.url) ? [{ rule: 'ssl_required', field: `${field}.url`, expected: 'https' }] : []);
    return Array.isArray(filled) ? filled.flatMap((asset, nth) => one(asset, `assets.${slot}[${nth}]`)) : one(filled, `assets.${slot}`);
  });
}
