/** Creatives of a package. Assignments of creatives that the library does not know yet are no flaw: they may still come. */
import { adcpError, type AdcpError } from '../../protocol/errors.ts';
import { judgeFormat } from '../creative-formats.ts';
import { strictest } from '../provenance/policy.ts';
import { provenanceFlaw } from '../provenance/structure.ts';
import type { LineCheck } from './line.ts';

/** Members that need a feature which may be switched off. */
export const creativeFeatures: LineCheck = ({ path, asked }, { features }) => {
  const off = [
    ...(asked.creatives !== undefined && !features.inline_creatives ? ['creatives'] : []),
    ...(asked.creative_assignments !== undefined && !features.creative_library ? ['creative_assignments'] : []),
  ];
  return off.map((member) =>
    adcpError('UNSUPPORTED_FEATURE', `${path}.${member} is not supported by this seller`, { field: `${path}.${member}` }),
  );
};

/** What comes along has to fill the format that it names, where the seller insists on that. */
export const inlineCreatives: LineCheck = ({ path, asked: { creatives = [] } }, { creative_rules: rules }) => {
  if (rules?.fit !== 'required') return [];
  return creatives.flatMap((creative, at) => {
    const verdict = judgeFormat(creative, rules.formats);
    if (verdict.kind !== 'misfits') return [];
    return verdict.misfits.map(({ field, message }): AdcpError =>
      adcpError('INVALID_REQUEST', message, { field: `${path}.creatives[${at}].${field}` }),
    );
  });
};

/** What comes along has to say of its provenance what the product wants to know. */
export const inlineProvenance: LineCheck = ({ path, asked: { creatives = [] }, product }) => {
  const policy = strictest([product?.creative_policy]);
  return policy === undefined ? [] : creatives.flatMap((creative, at) => provenanceFlaw(creative, `${path}.creatives[${at}]`, policy) ?? []);
};
