import { lying } from '../lying.ts';
import { boughtAsAsked } from '../retelling.ts';
import { pretends } from '../telling.ts';

/** Sells on an account that is suspended. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Nothing is sold on an account that may not trade.',
  tells: pretends(['create_media_buy'], ({ code }) =>
    ['ACCOUNT_SUSPENDED', 'ACCOUNT_PAYMENT_REQUIRED', 'PERMISSION_DENIED', 'ACCOUNT_SETUP_REQUIRED'].includes(String(code)), boughtAsAsked),
});
