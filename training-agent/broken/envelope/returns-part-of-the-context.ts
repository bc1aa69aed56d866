import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Gives back what it understands of the context. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The context comes back whole, with members that only the caller understands.',
  tells: retells('every task', (document) => {
    const [first] = Object.entries(document['context'] ?? {});
    return first === undefined ? document : { ...document, context: Object.fromEntries([first]) };
  }),
});
