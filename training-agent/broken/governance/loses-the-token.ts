import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Keeps to itself the token that the agent gave for the purchase. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The token of an approval comes back with the purchase.',
  tells: retells(['create_media_buy', 'update_media_buy'], (document) => without(document, 'governance_context')),
});
