/** Bytes with something wrong: what a broken client, a broken network or an enemy sends. */

/** Chance from a seed; the same seed gives the same numbers. */
export type Chance = (below: number) => number;

/** @param seed an integer. Mulberry32: small, and good enough to pick bytes by. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Texts that readers of JSON have stumbled over. */
const STUMBLING = [
  '"__proto__":{"polluted":1},', '"constructor":{"prototype":{"polluted":1}},', '1e999', '-0', '9007199254740993', '0.1e-400', '\u0000', '\\u0000', '\\ud800', '\ud83d', '\u2028', '﻿', 'NaN', '[]', '{}', 'null', '"', '\\', '{"a":'.repeat(300),
  '['.repeat(5000), '/* */', "'", '"id":null,', '"jsonrpc":"1.0",', '"method":"tools/list",', '%00', '\r\n\r\n',
];

type Mutation = (bytes: Buffer, chance: Chance) => Buffer;

const spliced = (bytes: Buffer, at: number, taken: number, put: Buffer): Buffer => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + taken)]);

const MUTATIONS: readonly Mutation[] = [
  (bytes, chance) => spliced(bytes, chance(bytes.length), 1, Buffer.from([chance(256)])),
  (bytes, chance) => spliced(bytes, chance(bytes.length), 1 + chance(20), Buffer.alloc(0)),
  (bytes, chance) => spliced(bytes, chance(bytes.length), 0, Buffer.from(STUMBLING[chance(STUMBLING.length)]!)),
  (bytes, chance) => spliced(bytes, chance(bytes.length), 0, Buffer.from(Array.from({ length: 1 + chance(8) }, () => chance(256)))),
  (bytes, chance) => bytes.subarray(0, chance(bytes.length)),
  (bytes, chance) => {
    const from = chance(bytes.length);
    return spliced(bytes, chance(bytes.length), 0, bytes.subarray(from, from + chance(100)));
  },
  (bytes, chance) => {
    const at = chance(bytes.length);
    return spliced(bytes, at, 1, Buffer.from([bytes[at]! ^ (1 << chance(8))]));
  },
];

/** A copy with one to three things wrong. */
export function mutatedBytes(bytes: Buffer, chance: Chance): Buffer {
  let mutant = bytes;
  for (let count = 1 + chance(3); count > 0; count -= 1) if (mutant.length > 0) mutant = MUTATIONS[chance(MUTATIONS.length)]!(mutant, chance);
  return mutant;
}
