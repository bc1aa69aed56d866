import { expect, test } from 'vitest';
import { type CliIo, coloursWanted, redrawnColumns } from './io.ts';

const io = (more: Partial<CliIo>): CliIo => ({ isTTY: true, width: 90, env: {}, ...more } as CliIo);

test('a line is drawn anew on a terminal that can, and nowhere else', () => {
  expect([redrawnColumns(io({})), redrawnColumns(io({ env: { TERM: 'xterm' } }))]).toEqual([90, 90]);
  expect([redrawnColumns(io({ env: { TERM: 'dumb' } })), redrawnColumns(io({ isTTY: false }))]).toEqual([undefined, undefined]);
});

test('colours are for terminals whose owner did not say no', () => {
  expect([coloursWanted(io({}), true), coloursWanted(io({ env: { NO_COLOR: '' } }), true)]).toEqual([true, true]);
  expect([coloursWanted(io({}), false), coloursWanted(io({ isTTY: false }), true), coloursWanted(io({ env: { NO_COLOR: '1' } }), true)]).toEqual([false, false, false]);
});
