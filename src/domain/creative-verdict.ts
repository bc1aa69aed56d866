/** Judges the creatives of one sync, each alone and then together (seller specification §2.12). */
import { adcpError, type AdcpError } from '../protocol/errors.ts';
import type { CreativeAsset } from '../protocol/wire/core/creative-asset.ts';
import { judgeFormat, type KnownFormats } from './creative-formats.ts';

/** A creative that has errors stays out of the library; warnings keep nothing back. */
export interface CreativeVerdict {
  readonly asset: CreativeAsset;
  readonly errors: readonly AdcpError[];
  readonly warnings: readonly string[];
}

export interface CreativeRules {
  readonly formats: KnownFormats;
  /** Whether a creative has to fill its format. */
  readonly fit: 'required' | 'advisory';
}

/** A creative of the request, and its place in it. */
export interface ListedAsset {
  readonly asset: CreativeAsset;
  readonly at: number;
}

/** @param listed the creatives of the request that are in its scope */
export function judgeCreatives(listed: readonly ListedAsset[], rules: CreativeRules): CreativeVerdict[] {
  return listed.map(({ asset, at }, nth) => {
    const repeats = listed.findIndex((each) => each.asset.creative_id === asset.creative_id) < nth;
    return repeats
      ? { asset, warnings: [], errors: [flaw(`creatives[${at}].creative_id`, 'this creative_id stands earlier in the list already')] }
      : judge(asset, at, rules);
  });
}

/** `strict`: one that fails keeps all others out as well. */
export function together<Verdict extends CreativeVerdict>(verdicts: readonly Verdict[], listed: readonly ListedAsset[], mode: 'strict' | 'lenient'): Verdict[] {
  const failing = verdicts.findIndex(({ errors }) => errors.length > 0);
  if (mode === 'lenient' || failing < 0) return [...verdicts];
  const field = `creatives[${listed[failing]!.at}]`;
  const withheld = flaw(
    field,
    `not applied, because ${field} has errors; correct it, or send validation_mode "lenient" to apply the others`,
  );
  return verdicts.map((verdict) => (verdict.errors.length > 0 ? verdict : { ...verdict, errors: [withheld] }));
}

function judge(asset: CreativeAsset, at: number, { formats, fit }: CreativeRules): CreativeVerdict {
  const verdict = judgeFormat(asset, formats);
  switch (verdict.kind) {
    case 'fits':
      return { asset, errors: [], warnings: [] };
    case 'foreign':
      return { asset, errors: [], warnings: [verdict.message] };
    case 'misfits':
      return fit === 'required'
        ? { asset, warnings: [], errors: verdict.misfits.map(({ field, message }) => flaw(`creatives[${at}].${field}`, message)) }
        : { asset, errors: [], warnings: verdict.misfits.map(({ message }) => message) };
  }
}

const flaw = (field: string, message: string): AdcpError => adcpError('INVALID_REQUEST', message, { field });
