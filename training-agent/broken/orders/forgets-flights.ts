import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { mishears } from '../telling.ts';

/** Runs every package for as long as the buy runs. */
export const { promise, facade, openSandbox } = lying({
  promise: 'A package runs in the flight that it was bought for.',
  tells: mishears(['create_media_buy'], (request) => (request['packages'] === undefined ? request : {
    ...request, packages: rowsOf(request['packages']).map(({ start_time: _start, end_time: _end, ...bought }) => bought),
  })),
});
