import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasOfficial, OFFICIAL_STORYBOARDS } from '../../../test/support/official-schemas.ts';
import { MalformedTarget, targetOf } from './target-uri.ts';

interface Case {
  readonly name: string;
  readonly input_url: string;
  readonly expected_target_uri?: string;
  readonly expected_authority?: string;
}

const there = hasOfficial('that URLs are signed in the form of AdCP\'s own cases');
const CASES = there
  ? (JSON.parse(readFileSync(join(OFFICIAL_STORYBOARDS, 'test-vectors', 'request-signing', 'canonicalization.json'), 'utf8')) as { cases: readonly Case[] }).cases
  : [];

describe.runIf(there)('AdCP\'s canonical URLs', () => {
  const readable = CASES.filter((each) => each.expected_target_uri !== undefined);

  test.each(readable.map((each) => [each.name, each] as const))('%s', (_name, { input_url, expected_target_uri, expected_authority }) => {
    expect(targetOf(input_url)).toMatchObject({ uri: expected_target_uri, authority: expected_authority });
  });

  test.each(CASES.filter((each) => !readable.includes(each)).map((each) => [each.name, each.input_url]))('%s cannot be signed', (_name, url) => {
    expect(() => targetOf(url)).toThrow(MalformedTarget);
  });
});

test('what is signed is what stands on the request line', () => {
  expect(targetOf('https://buyer.example/a/%7Eb/%2f?q=%7e#part')).toEqual({
    uri: 'https://buyer.example/a/~b/%2F?q=%7e', authority: 'buyer.example', path: '/a/~b/%2F?q=%7e',
  });
});
