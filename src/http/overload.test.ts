import { expect, test } from 'vitest';
import { overload } from './overload.ts';

/** Turns of an event loop in which each request takes a while. */
function loop() {
  const time = { ms: 1000 };
  const after: (() => void)[] = [];
  const late = overload({ elapsed: () => time.ms, afterTurn: (then) => after.push(then) });
  /** @returns which of the requests of one turn came too late */
  return (requests: number, msEach: number, pauseMs = 0): boolean[] => {
    time.ms += pauseMs;
    const answers = Array.from({ length: requests }, () => {
      const refused = late();
      if (!refused) time.ms += msEach;
      return refused;
    });
    for (const then of after.splice(0)) then();
    return answers;
  };
}

test('refuses nothing while turns are short, however many there are', () => {
  const turn = loop();
  for (let n = 0; n < 1000; n += 1) expect(turn(4, 1)).toEqual([false, false, false, false]);
});

test('works a burst off, and a long one after a pause', () => {
  const turn = loop();
  for (let n = 0; n < 20; n += 1) expect(turn(90, 1, 50).some(Boolean)).toBe(false);
});

test('refuses what comes late in its turn once turns stay long, and stops as soon as one is short again', () => {
  const turn = loop();
  const refused = Array.from({ length: 20 }, () => turn(20, 1).filter(Boolean).length);
  expect(refused).toEqual([0, 0, 0, 0, 0, ...Array.from({ length: 15 }, () => 4)]);
  expect(turn(3, 1)).toEqual([false, false, false]);
  expect(turn(20, 1).some(Boolean)).toBe(false);
});

test('takes a few requests of each turn however slow they are', () => {
  const turn = loop();
  for (let n = 0; n < 20; n += 1) expect(turn(16, 3).some(Boolean)).toBe(false);
});

test('refuses what is left of a turn that does not end', () => {
  const turn = loop();
  expect(turn(600, 1).filter(Boolean).length).toBe(99);
});
