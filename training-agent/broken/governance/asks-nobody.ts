import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Registers agents, and sells without a word to them. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The governance agent of an account is asked before its money is committed.',
  tells: mishears(['create_media_buy'], (request) => without(request, 'plan_id')),
});
