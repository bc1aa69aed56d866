import { asksAsOthers } from '../borrowing.ts';
import { lying } from '../lying.ts';

/** Shows a library that is somebody else's. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A creative is shown to its buyer only.',
  tells: asksAsOthers(['list_creatives'], 'creatives'),
});
