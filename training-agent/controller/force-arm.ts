import { answer } from '../../src/usecases/desk.ts';
import type { Directives } from '../directives.ts';
import { brandOf } from './home-account.ts';
import { refusal, type Scenario } from './scenario.ts';

/** The next buy of this caller for this brand is answered `submitted`, under the task id that the test names. */
export const forceCreateMediaBuyArm = (directives: Directives): Scenario<'force_create_media_buy_arm'> => async (params, asker) => {
  const { arm, task_id, message } = params;
  if (arm !== 'submitted' || task_id === undefined)
    return refusal('INVALID_PARAMS', 'this seller answers create_media_buy at once or with "submitted"; it never asks for more input');
  directives.tell('submitted', { principal_id: asker.caller.principal.principal_id, brand: brandOf(asker), task: 'create_media_buy' }, { task_id, ...(message ? { message } : {}) });
  return answer({ success: true, forced: { arm, task_id } });
};

/** The same for the next search by brief. The whole catalogue is always listed at once. */
export const forceGetProductsArm = (directives: Directives): Scenario<'force_get_products_arm'> => searching('get_products', directives);

/** The same for the next search for signals. */
export const forceGetSignalsArm = (directives: Directives): Scenario<'force_get_signals_arm'> => searching('get_signals', directives);

const searching = (task: 'get_products' | 'get_signals', directives: Directives): Scenario<'force_get_products_arm' | 'force_get_signals_arm'> => async ({ arm, task_id, message }, asker) => {
  directives.tell('submitted', { principal_id: asker.caller.principal.principal_id, brand: brandOf(asker), task }, { task_id, ...(message ? { message } : {}) });
  return answer({ success: true, forced: { arm, task_id } });
};
