import { lying } from '../lying.ts';
import { isObject, rowsOf, without } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Shows something for every creative of a batch, whether there is anything to show or not. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A preview shows the creative that was asked for, or says that it cannot.',
  tells: retells(['preview_creative'], (document) => {
    const results = rowsOf(document['results']);
    const shown = results.find((row) => isObject(row['response']));
    return shown ? { ...document, results: results.map((row) => (row['success'] === false ? without({ ...row, success: true, response: shown['response'] }, 'errors') : row)) } : document;
  }),
});
