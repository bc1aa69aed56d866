import { expect, test } from 'vitest';
import { requestAddressFlaw, webhookAddressFlaw } from './webhook-address.ts';

test.each<[string, boolean, string | undefined]>([
  ['https://buyer.example/hooks', false, undefined],
  ['http://buyer.example/hooks', false, 'must begin with https://'],
  ['http://buyer.example/hooks', true, 'must begin with https://'],
  ['http://127.0.0.1:4000/hooks', true, undefined],
  ['http://[::1]:4000/hooks', true, undefined],
  ['http://127.0.0.1:4000/hooks', false, 'must begin with https://'],
  ['ftp://127.0.0.1/hooks', true, 'must begin with https://'],
  ['https://', false, 'is no URL'],
])('%s, in a sandbox: %s', (url, sandbox, flaw) => expect(webhookAddressFlaw(url, sandbox)).toBe(flaw));

test('names the first address of a request that will never be called', () => {
  const good = { url: 'https://buyer.example/' };
  expect(requestAddressFlaw({ push_notification_config: good, reporting_webhook: { url: 'http://buyer.example/' } }, false)).toEqual({
    field: 'reporting_webhook.url', message: 'reporting_webhook.url must begin with https://',
  });
  expect(requestAddressFlaw({ push_notification_config: good }, false)).toBeUndefined();
});
