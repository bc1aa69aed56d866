import { expect, test } from 'vitest';
import { aesVault } from '../../outbound/vault.ts';
import { feedAddress, openedAddress, shownUrl } from './feed-address.ts';

const vault = aesVault(Buffer.alloc(32, 1));
const URL_OF_FEED = 'https://shop:s3cret@feeds.example/menu.json?token=t0ken#part';

test('an address is sealed whole, and shown without what may be a credential', () => {
  const address = feedAddress(URL_OF_FEED, undefined, vault);
  expect(openedAddress(address, vault)).toBe(URL_OF_FEED);
  expect(address.shown).toBe('https://...@feeds.example/menu.json?...');
  expect(JSON.stringify(address)).not.toMatch(/s3cret|t0ken/);
});

test.each([
  ['https://feeds.example/menu.json', 'https://feeds.example/menu.json'],
  ['https://:s3cret@feeds.example:8443/', 'https://...@feeds.example:8443/'],
  ['no url', '...'],
])('of %s people see %s', (url, shown) => expect(shownUrl(url)).toBe(shown));

test('the same address stays sealed as it was, another one is sealed anew', () => {
  const address = feedAddress(URL_OF_FEED, undefined, vault);
  expect(feedAddress(URL_OF_FEED, address, vault)).toBe(address);
  expect(feedAddress('https://feeds.example/', address, vault).shown).toBe('https://feeds.example/');
});

test('an address that another key sealed opens to nothing, and is sealed anew', () => {
  const address = feedAddress(URL_OF_FEED, undefined, aesVault(Buffer.alloc(32, 2)));
  expect(openedAddress(address, vault)).toBeUndefined();
  expect(openedAddress(feedAddress(URL_OF_FEED, address, vault), vault)).toBe(URL_OF_FEED);
});
