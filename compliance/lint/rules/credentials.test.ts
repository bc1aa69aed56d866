import { describe, expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const TOKEN = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJidXllciJ9', 'c2lnbmF0dXJlLW9mLWl0'].join('.');
const CLOUD_KEY = `AKIA${'IOSFODNN7EXAMPLE'}`;

const sent = (members: string): string => board(`
- id: show
  task: get_media_buys
  sample_request:
    ext:
      ${members}`);

describe('a credential in the text', () => {
  test.each([
    ['a token, whatever its member is called', `«note: ${TOKEN}`],
    ['a key within other words', `«note: "use ${CLOUD_KEY} for it"`],
    ['a bearer token', '«note: "Bearer 0123456789abcdef0123"'],
    ['a password in a URL', '«note: "https://buyer:wordofpass@seller.example/mcp"'],
    ['a drawn value under a telling name', '«client_secret: q7Xv2LmZ81pRtKe93NwB'],
    ['the beginning of a private key', `«note: "-----BEGIN ${'PRIVATE'} KEY-----"`],
  ])('is found: %s', (_, member) => {
    expect(expectFound('literal_credential', sent(member))).toHaveLength(1);
  });

  test.each([
    ['placeholders', 'token: $context.token'], ['made-up words', 'credentials: "a-webhook-secret-for-media-buys"'], ['filler', 'api_key: key-xxxxxxxxxxxxxxxxxxxxxxxx'],
    ['a drawn value under another name', 'correlation: q7Xv2LmZ81pRtKe93NwB'], ['a URL', 'url: "https://seller.example/a@b:c"'], ['a demo key', 'api_key: demo-acme-8d71Zp33QwxLmv2'],
  ])('is none: %s', (_, member) => {
    expectClean('literal_credential', sent(`${member}\n`).replace('track: core', 'track: core\ncontext: { token: t }'));
  });

  test('is not shown again in the message', () => {
    expect(expectFound('literal_credential', sent(`«token: ${TOKEN}`)).join()).not.toContain(TOKEN);
  });
});

test('a kit\'s key is a demo key or the environment\'s', () => {
  const kit = (key: string) => ({
    'universal/a.yaml': sent('a: 1'),
    'test-kits/a.yaml': `id: a\nbrand: { house: { domain: a.example } }\nauth:\n  ${key}\n  probe_task: list_creatives\n`,
  });
  expect(expectFound('literal_credential', kit('«api_key: acme-key-1'))[0]).toMatch(/^warning: /);
  for (const key of ['api_key: demo-acme-v1', 'api_key: $env:ADWRIGHT_KIT_A']) expectClean('literal_credential', kit(key));
});
