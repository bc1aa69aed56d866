/** What a manifest lacks for a declared format: its slots first, then what the assets tell of themselves against the parameters. */
import type { Asset, AssetMap } from '../../protocol/wire/core/asset.ts';
import type { InputViolation } from '../../protocol/wire/validate-input.ts';
import type { CanonicalFormat } from '../format-satisfaction.ts';
import { slotsOf, type Slot } from './slots.ts';
import { parameterViolations } from './parameters.ts';

/** Empty when the assets fill the format. Slots that it does not know are nobody's business, and so is what an asset does not tell. */
export function violationsOf(assets: AssetMap, { format_kind, params }: CanonicalFormat): InputViolation[] {
  const slots = slotsOf(format_kind, params).map((slot) => narrowedSlot(slot, params));
  return [...slots.flatMap((slot) => slotViolations(slot, filling(assets, slot))), ...parameterViolations(assets, format_kind, params)];
}

/** A slot that holds one asset and not a list of one. */
const isSingle = ({ min = 1, max = 1 }: Slot): boolean => min <= 1 && max === 1;

function filling(assets: AssetMap, { asset_group_id }: Slot): readonly Asset[] {
  const filled = assets[asset_group_id];
  return filled === undefined ? [] : Array.isArray(filled) ? filled : [filled];
}

function slotViolations(slot: Slot, filled: readonly Asset[]): InputViolation[] {
  const { asset_group_id, asset_type, required, min, max } = slot;
  const field = `assets.${asset_group_id}`;
  if (filled.length === 0) return required ? [{ rule: 'required_slot', field, expected: asset_type }] : [];
  const at = (nth: number) => (isSingle(slot) && filled.length === 1 ? field : `${field}[${nth}]`);
  return [
    ...(min !== undefined && filled.length < min ? [{ rule: 'min', field, expected: min, predicted: filled.length }] : []),
    ...(max !== undefined && filled.length > max ? [{ rule: 'max', field, expected: max, predicted: filled.length }] : []),
    ...filled.flatMap((asset, nth) => assetViolations(asset, slot, at(nth))),
  ];
}

function assetViolations(asset: Asset, { asset_type, max_chars, max_size_kb }: Slot, field: string): InputViolation[] {
  if (asset.asset_type !== asset_type) return [{ rule: 'asset_type', field: `${field}.asset_type`, expected: asset_type, predicted: asset.asset_type }];
  const { content, file_size_bytes: bytes } = asset as Asset & { file_size_bytes?: number };
  return [
    ...(max_chars !== undefined && typeof content === 'string' && content.length > max_chars
      ? [{ rule: 'max_chars', field: `${field}.content`, expected: max_chars, predicted: content.length }] : []),
    ...(max_size_kb !== undefined && typeof bytes === 'number' && bytes > max_size_kb * 1024
      ? [{ rule: 'max_size_kb', field: `${field}.file_size_bytes`, expected: max_size_kb, predicted: Math.ceil(bytes / 1024) }] : []),
  ];
}

/** Some parameters beside the slots say how many a slot holds, how long its texts are, or that it must be filled: `headlines_min`, `headline_max_chars`. */
function narrowedSlot(slot: Slot, params: Readonly<Record<string, unknown>>): Slot {
  const id = slot.asset_group_id;
  const one = id.replace(/s$/, '');
  const number = (...names: readonly string[]) => names.map((name) => params[name]).find((value) => typeof value === 'number');
  const [min, max] = id === 'cards' ? [number('min_cards'), number('max_cards')] : [number(`${id}_min`, `${one}_min`), number(`${id}_max`, `${one}_max`)];
  const max_chars = number(`${one}_max_chars`, `${id}_max_chars`);
  return {
    ...slot,
    ...(params[`${id}_required`] === true || (min !== undefined && min > 0) ? { required: true } : min === 0 ? { required: false } : {}),
    ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), ...(max_chars === undefined ? {} : { max_chars }),
  };
}
