/** What `validate_input` says of a manifest and a format (seller specification §2.20b). */
import type { CreativeManifest } from '../../protocol/wire/core/creative-manifest.ts';
import type { FormatOption } from '../../protocol/wire/core/format-option.ts';
import type { Product } from '../../protocol/wire/core/product.ts';
import type { InputViolation, ValidateInputResult } from '../../protocol/wire/validate-input.ts';
import { canonicalOf } from '../format-name.ts';
import type { CanonicalFormat } from '../format-satisfaction.ts';
import { violationsOf } from './violations.ts';

export type Verdict = Pick<ValidateInputResult, 'result_kind' | 'violations'>;

const failed = (violations: InputViolation[]): Verdict => ({ result_kind: 'validated_fail', violations });

/** The kind that a manifest says it is, or its older name tells. */
export const kindOf = ({ format_kind, format_id }: CreativeManifest) => format_kind ?? (format_id && canonicalOf(format_id)?.format_kind);

/** @param format a canonical kind without parameters, or what a product makes of it */
export function verdictOn(manifest: CreativeManifest, format: CanonicalFormat): Verdict {
  const kind = kindOf(manifest);
  if (kind !== format.format_kind) return failed([{ rule: 'format_kind', field: 'format_kind', expected: format.format_kind, ...(kind === undefined ? {} : { predicted: kind }) }]);
  const violations = violationsOf(manifest.assets, format);
  if (violations.length > 0) return failed(violations);
  return { result_kind: format.params['synthesis_nondeterministic'] === true ? 'unvalidatable_nondeterministic' : 'validated_pass' };
}

/** Of a product's declarations the one that the manifest names, or the one that it suits best. */
export function verdictOnProduct(manifest: CreativeManifest, { format_options = [], format_ids = [] }: Product): Verdict {
  const { format_option_ref: ref } = manifest;
  const named = ref && format_options.find((option) => option.format_option_id === ref.format_option_id && (ref.scope === 'product' || option.publisher_domain === ref.publisher_domain));
  if (ref && named === undefined)
    return failed([{ rule: 'format_option_ref', field: 'format_option_ref.format_option_id', expected: format_options.flatMap(({ format_option_id }) => format_option_id ?? []), predicted: ref.format_option_id }]);
  const kind = kindOf(manifest);
  // An older name says the same as a declaration, only less of it.
  const older = format_ids.flatMap((name) => canonicalOf(name) ?? []);
  const declared: readonly (FormatOption | CanonicalFormat)[] = named ? [named] : format_options;
  const ofKind = (formats: typeof declared) => formats.filter((each) => each.format_kind === kind);
  const suitable = named || ofKind(declared).length > 0 ? ofKind(declared) : ofKind(older);
  if (suitable.length === 0)
    return failed([{ rule: 'format_kind', field: 'format_kind', expected: [...new Set([...declared, ...(named ? [] : older)].map(({ format_kind }) => format_kind))], ...(kind === undefined ? {} : { predicted: kind }) }]);
  const verdicts = suitable.map(({ format_kind, params }) => verdictOn(manifest, { format_kind, params: params as CanonicalFormat['params'] }));
  return verdicts.reduce((best, next) => ((next.violations?.length ?? 0) < (best.violations?.length ?? 0) ? next : best));
}
