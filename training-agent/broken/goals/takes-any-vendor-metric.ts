import { lying } from '../lying.ts';
import { isObject, rowsOf, without } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Books goals on metrics of vendors without a look at them. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A goal on a metric of a vendor that the product cannot aim at is refused.',
  tells: mishears(['create_media_buy'], (request) => ({
    ...request,
    packages: rowsOf(request['packages']).map((bought) =>
      (rowsOf(bought['optimization_goals']).some((goal) => isObject(goal) && goal['kind'] === 'vendor_metric') ? without(bought, 'optimization_goals') : bought)),
  })),
});
