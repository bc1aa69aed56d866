import { expect, test } from 'vitest';
import { type Lane, type LaneKeys, sideBySide } from './side-by-side.ts';

/** A lane that says when it runs, and goes on only when it is told. */
function lane(name: string, keys: LaneKeys, log: string[], steps = 2): Lane<string> & { go(): void; fail(error: Error): void } {
  let [resolve, reject]: [() => void, (error: Error) => void] = [() => undefined, () => undefined];
  const gate = new Promise<void>((done, failed) => { [resolve, reject] = [done, failed]; });
  gate.catch(() => undefined);
  return {
    keys, go: () => resolve(), fail: (error) => reject(error),
    async* run() {
      log.push(`+${name}`);
      yield `${name}1`;
      await gate;
      for (let i = 2; i <= steps; i += 1) yield `${name}${i}`;
      log.push(`-${name}`);
    },
  };
}
const settled = () => new Promise((resolve) => { setImmediate(resolve); });

async function collect(events: AsyncIterable<string>, into: string[]): Promise<void> {
  for await (const event of events) into.push(event);
}

test('one at a time, a lane starts when the one before it has been read to its end', async () => {
  const [log, seen]: [string[], string[]] = [[], []];
  const lanes = ['a', 'b'].map((name) => lane(name, new Set(), log));
  for (const each of lanes) each.go();
  await collect(sideBySide(lanes, 1), seen);
  expect([seen, log]).toEqual([['a1', 'a2', 'b1', 'b2'], ['+a', '-a', '+b', '-b']]);
});

test('lanes run side by side, and are read in their order whichever ends first', async () => {
  const [log, seen]: [string[], string[]] = [[], []];
  const lanes = ['a', 'b', 'c'].map((name) => lane(name, new Set(), log));
  const reading = collect(sideBySide(lanes, 2), seen);
  await settled();
  expect([log, seen]).toEqual([['+a', '+b'], ['a1']]);
  lanes[1]!.go();
  await settled();
  expect([log, seen]).toEqual([['+a', '+b', '-b', '+c'], ['a1']]);
  lanes[2]!.go();
  lanes[0]!.go();
  await reading;
  expect(seen).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
});

test('lanes that share a key run one after another, in their order; others pass them', async () => {
  const log: string[] = [];
  const [a, b, c, d] = [
    lane('a', new Set(['x']), log), lane('b', new Set(['x', 'y']), log), lane('c', new Set(['y']), log), lane('d', new Set(['z']), log),
  ];
  const reading = collect(sideBySide([a, b, c, d], 4), []);
  await settled();
  expect(log).toEqual(['+a', '+d']);
  a.go();
  await settled();
  expect(log).toEqual(['+a', '+d', '-a', '+b']);
  for (const each of [b, c, d]) each.go();
  await reading;
  expect(log.filter((each) => each.startsWith('+'))).toEqual(['+a', '+d', '+b', '+c']);
});

test('a lane that may share anything runs alone', async () => {
  const log: string[] = [];
  const [a, b, c] = [lane('a', new Set(['x']), log), lane('b', 'unknown', log), lane('c', new Set(), log)];
  const reading = collect(sideBySide([a, b, c], 3), []);
  await settled();
  expect(log).toEqual(['+a']);
  for (const each of [a, b, c]) each.go();
  await reading;
  expect(log).toEqual(['+a', '-a', '+b', '-b', '+c', '-c']);
});

test('an error comes after what the other lanes have said so far, and nothing starts after it', async () => {
  const [log, seen]: [string[], string[]] = [[], []];
  const [a, b, c] = ['a', 'b', 'c'].map((name) => lane(name, new Set(), log)) as [ReturnType<typeof lane>, ReturnType<typeof lane>, ReturnType<typeof lane>];
  const reading = collect(sideBySide([a, b, c], 2), seen);
  await settled();
  a.fail(new Error('gone'));
  await expect(reading).rejects.toThrow('gone');
  expect(seen).toEqual(['a1', 'b1']);
  b.go();
  await settled();
  expect(log).toEqual(['+a', '+b', '-b']);
});

test('whoever stops reading stops lanes that have not started', async () => {
  const log: string[] = [];
  const lanes = ['a', 'b', 'c'].map((name) => lane(name, new Set(), log));
  for await (const event of sideBySide(lanes, 2)) {
    expect(event).toBe('a1');
    break;
  }
  for (const each of lanes) each.go();
  await settled();
  expect(log.filter((each) => each.startsWith('+'))).toEqual(['+a', '+b']);
});

test('a lane that only waits lets the next one run, even one at a time, and is read in its place', async () => {
  const [log, seen]: [string[], string[]] = [[], []];
  const waits = lane('a', new Set(['k']), log);
  const resting: Lane<string> = { ...waits, mayRest: true, run: (rest) => { setImmediate(rest); return waits.run(rest); } };
  const others = ['b', 'c'].map((name) => lane(name, new Set(['k']), log));
  const reading = collect(sideBySide([resting, ...others], 1), seen);
  await settled();
  await settled();
  expect([log, seen]).toEqual([['+a', '+b'], ['a1']]);
  others[0]!.go();
  await settled();
  expect(log).toEqual(['+a', '+b', '-b', '+c']);
  waits.go();
  others[1]!.go();
  await reading;
  expect(seen).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
});
