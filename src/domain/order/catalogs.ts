import { adcpError } from '../../protocol/errors.ts';
import type { LineCheck } from './line.ts';

/** A package promotes one catalogue of a type at most (seller specification §2.8, row 15). */
export const catalogs: LineCheck = ({ path, asked: { catalogs: asked = [] } }) => {
  const types = asked.map(({ type }) => type);
  return types.flatMap((type, at) =>
    types.indexOf(type) === at
      ? []
      : [
          adcpError('INVALID_REQUEST', `${path}.catalogs[${at}]: the package has a catalogue of type "${type}" already`, {
            field: `${path}.catalogs[${at}]`,
          }),
        ],
  );
};
