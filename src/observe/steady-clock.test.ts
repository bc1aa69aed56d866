import { expect, test } from 'vitest';
import { SETTLED_MS, steadyClock } from './steady-clock.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z');
const [MINUTE, DAY] = [60_000, 86_400_000];

/** Three timepieces that a test moves: together, or one of them. */
function pieces() {
  const at = { wall: NOON, running: 5_000, boot: 900_000 };
  const clock = steadyClock({ wall: { now: () => new Date(at.wall), sleep: async () => {} }, running: () => at.running, sinceBoot: () => at.boot });
  const pass = (ms: number) => { at.wall += ms; at.running += ms; at.boot += ms; };
  return { at, clock, pass, shows: () => clock.now().getTime() - NOON };
}

test('follows a clock that goes, and one that is put right by a little', () => {
  const { at, clock, pass, shows } = pieces();
  pass(10 * DAY);
  at.wall += 20_000;
  expect([shows(), clock.doubt()]).toEqual([10 * DAY + 20_000, undefined]);
  pass(MINUTE);
  at.wall -= 40_000;
  expect([shows(), clock.doubt()]).toEqual([10 * DAY + 40_000, undefined]);
});

test.each([['backwards by a day', -DAY], ['forwards by a year', 365 * DAY]])('goes on from where it was while the wall\'s clock has jumped %s, and follows it when it is back', (_what, jump) => {
  const { at, clock, pass, shows } = pieces();
  at.wall += jump;
  expect([shows(), clock.doubt()]).toEqual([0, jump]);
  pass(2 * MINUTE);
  expect([shows(), clock.doubt()]).toEqual([2 * MINUTE, jump]);
  at.wall -= jump;
  expect([shows(), clock.doubt()]).toEqual([2 * MINUTE, undefined]);
});

test('believes a clock that has kept its pace for long enough after a jump: it was put right', () => {
  const { at, clock, pass, shows } = pieces();
  at.wall -= DAY;
  shows();
  pass(SETTLED_MS - 1);
  expect([shows(), clock.doubt()]).toEqual([SETTLED_MS - 1, -DAY]);
  pass(1);
  expect([shows(), clock.doubt()]).toEqual([SETTLED_MS - DAY, undefined]);
});

test('a clock that jumps again has to keep its pace anew', () => {
  const { at, clock, pass } = pieces();
  at.wall -= DAY;
  clock.now();
  pass(SETTLED_MS - 1);
  at.wall += 3 * DAY;
  expect(clock.doubt()).toBe(2 * DAY);
  pass(MINUTE);
  expect(clock.doubt()).toBe(2 * DAY);
});

test('a machine that slept for a night has the time that its clock shows when it wakes', () => {
  const { at, clock, shows } = pieces();
  at.wall += 8 * 60 * MINUTE;
  at.boot += 8 * 60 * MINUTE;
  expect([shows(), clock.doubt()]).toEqual([8 * 60 * MINUTE, undefined]);
});
