import { expect, test } from 'vitest';
import { overload } from './overload.ts';

/** Turns of an event loop in which each request that is taken on takes a while. */
function loop() {
  const time = { ms: 1000 };
  const after: (() => void)[] = [];
  const late = overload({ elapsed: () => time.ms, afterTurn: (then) => after.push(then) });
  /** @returns how many requests of one turn were taken */
  return (requests: number, msEach: number, pauseMs = 0): number => {
    time.ms += pauseMs;
    let taken = 0;
    for (let n = 0; n < requests; n += 1)
      if (!late()) {
        time.ms += msEach;
        taken += 1;
      }
    for (const then of after.splice(0)) then();
    return taken;
  };
}

test('refuses nothing while turns are short, however many there are', () => {
  const turn = loop();
  for (let n = 0; n < 1000; n += 1) expect(turn(4, 1)).toBe(4);
});

test('refuses nothing while few requests come together, however long they take', () => {
  const turn = loop();
  for (let n = 0; n < 100; n += 1) expect(turn(16, 3)).toBe(16);
});

test('works bursts off that come with pauses between them', () => {
  const turn = loop();
  for (let n = 0; n < 20; n += 1) expect(turn(90, 1, 50)).toBe(90);
});

test('takes what it can do in short turns once turns stay long, until nothing had to be refused for a while', () => {
  const turn = loop();
  expect(Array.from({ length: 10 }, () => turn(20, 1))).toEqual([20, 20, 20, 4, 4, 4, 4, 4, 4, 4]);
  expect([turn(20, 0.25), turn(20, 0.25), turn(20, 10)]).toEqual([11, 11, 4]);
  expect([turn(3, 1), turn(3, 1, 40), turn(20, 1, 40)]).toEqual([3, 3, 20]);
});

test('refuses what is left of a turn that does not end', () => {
  const turn = loop();
  expect(turn(600, 1)).toBe(501);
});
