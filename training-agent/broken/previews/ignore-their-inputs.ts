import { lying } from '../lying.ts';
import { without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Shows one rendering, however many situations were described. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A preview is rendered for every input that was given.',
  tells: mishears(['preview_creative'], (request) => without(request, 'inputs')),
});
