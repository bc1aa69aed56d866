import { lying } from '../lying.ts';
import { excuses } from '../telling.ts';

/** Names what is wrong in another notation. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The field of a refusal is a path of dots and brackets.',
  tells: excuses('every task', ({ field, ...error }) =>
    (typeof field === 'string' ? { ...error, field: `/${field.replace(/[.[\]]+/g, '/')}` } : error)),
});
