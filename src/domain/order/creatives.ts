import { adcpError } from '../../protocol/errors.ts';
import type { LineCheck } from './line.ts';

/** Members that need a feature which may be switched off. Creatives that the library does not know yet are no flaw. */
export const creatives: LineCheck = ({ path, asked }, { features }) => {
  const off = [
    ...(asked.creatives !== undefined && !(features.inline_creatives && features.creative_library) ? ['creatives'] : []),
    ...(asked.creative_assignments !== undefined && !features.creative_library ? ['creative_assignments'] : []),
  ];
  return off.map((member) => adcpError('UNSUPPORTED_FEATURE', `${path}.${member} is not supported by this seller`, { field: `${path}.${member}` }));
};
