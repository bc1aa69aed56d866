import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { digest, NotFinite, raw } from './attestation.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('raw: the document, its secrets covered at any depth, and the length of what is shown', () => {
  const shown = raw(JSON.stringify({ hashed_email: 'é'.repeat(3), list: [{ Access_Token: 'x', api_key: { deep: 1 } }], tokens: 1, cookie: 'c' }));
  const payload = { hashed_email: 'ééé', list: [{ Access_Token: '[redacted]', api_key: '[redacted]' }], tokens: 1, cookie: '[redacted]' };
  expect(shown).toEqual({ attestation_mode: 'raw', payload, payload_length: Buffer.byteLength(JSON.stringify(payload)) });
});

test('raw: a long document is cut, and says so', () => {
  const { payload, payload_length } = raw(JSON.stringify({ text: 'x'.repeat(70_000) }));
  expect(payload).toMatch(/^\{"text":"x+\[…truncated\]$/);
  expect((payload as string).length).toBe(65_536);
  expect(payload_length).toBe(Buffer.byteLength(payload as string));
});

test('digest: of the canonical document without its secrets, whatever the order of members', () => {
  const canonical = '{"a":1,"b":{"c":"x","password":"[redacted]"}}';
  const expected = { attestation_mode: 'digest', payload_digest_sha256: sha256(canonical), payload_length: canonical.length };
  expect(digest('{"b":{"password":"p","c":"x"},"a":1.0}', undefined)).toEqual(expected);
  expect(digest('{"a":1,"b":{"c":"x","password":"q"}}', undefined)).toEqual(expected);
});

test('digest: proves whole text values, not parts of them, nor numbers, nor secrets', () => {
  const asked = ['whole value', 'whole', '7', 'secret', 'Whole value'].map(sha256);
  const { identifier_match_proofs } = digest(JSON.stringify({ a: [{ b: 'whole value' }], n: 7, token: 'secret' }), asked);
  expect(identifier_match_proofs).toEqual(asked.map((identifier_value_sha256, at) => ({ identifier_value_sha256, found: at === 0 })));
  expect(digest('{}', [])).toMatchObject({ identifier_match_proofs: [] });
});

test('digest: a number that is not finite has none', () => {
  expect(() => digest('{"a":[1e999]}', undefined)).toThrow(NotFinite);
});
