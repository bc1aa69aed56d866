import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasOfficial } from '../../test/support/official-schemas.ts';
import { vectorFolder } from '../../test/support/official-vectors.ts';
import { canonicalHash, canonicalJson } from './canonical-json.ts';

test('orders members by UTF-16 code units and writes numbers as ECMAScript does', () => {
  expect(canonicalJson({ b: 1e21, a: [0.1, -0, 1.0], '\u20ac': 'é', '\r': null })).toBe('{"\\r":null,"a":[0.1,0,1],"b":1e+21,"€":"é"}');
});

test('writes any document as the library does, with names that objects would move and texts that JSON would escape', () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('10', '9', '2', 'b', 'a', '__proto__', 'toJSON', 'é', '\\ud800'));
  const { document } = fc.letrec<{ document: unknown; object: unknown; list: unknown }>((tie) => ({
    document: fc.oneof({ depthSize: 'small' }, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null), tie('object'), tie('list')),
    object: fc.dictionary(name, tie('document')),
    list: fc.array(tie('document')),
  }));
  fc.assert(fc.property(document, (each) => { expect(canonicalJson(each)).toBe(canonicalize(each)); }), { numRuns: 1000, seed: 11 });
});

test('hashes equal documents alike and different ones apart', () => {
  expect(canonicalHash({ a: 1, b: { c: [1, 2] } })).toBe(canonicalHash({ b: { c: [1, 2] }, a: 1 }));
  expect(canonicalHash({ a: [1, 2] })).not.toBe(canonicalHash({ a: [2, 1] }));
});

test('refuses what is not JSON', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow(/\bnumber|finite|NaN/i);
  expect(() => canonicalJson(undefined)).toThrow(TypeError);
});

interface PlanVector {
  readonly plan_as_supplied: Readonly<Record<string, unknown>>;
  readonly expected: { readonly jcs_bytes: string; readonly sha256_hex: string; readonly plan_hash: string };
}

const official = hasOfficial('that plans hash as AdCP\'s vectors say');

describe.runIf(official)('official vectors of plan hashes', () => {
  const vectors = official ? vectorFolder<PlanVector>('plan-hash') : [];
  /** What a governance agent keeps beside the plan, and leaves out of its hash. */
  const BOOKKEEPING = new Set(['version', 'status', 'syncedAt', 'revisionHistory', 'committedBudget', 'committedByType']);

  test('are all there', () => { expect(vectors).toHaveLength(11); });

  test.each(vectors)('%s', (_name, { plan_as_supplied: plan, expected }) => {
    const hashed = Object.fromEntries(Object.entries(plan).filter(([name]) => !BOOKKEEPING.has(name)));
    expect(canonicalJson(hashed)).toBe(expected.jcs_bytes);
    expect(canonicalHash(hashed)).toBe(expected.sha256_hex);
    expect(createHash('sha256').update(canonicalJson(hashed)).digest('base64url')).toBe(expected.plan_hash);
  });
});
