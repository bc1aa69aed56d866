import { failed } from '../../../src/protocol/envelope.ts';
import { invalid } from '../../../src/protocol/errors.ts';
import { lying } from '../lying.ts';

/** Refuses what other people added to a request. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Members that the seller does not know are no reason to refuse.',
  tells: () => async (call, honest) => ('ext' in call.request
    ? failed(invalid('ext', 'extensions are not supported'), call.request['context']) : honest(call)),
});
