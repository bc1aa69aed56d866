import { expect, test } from 'vitest';
import { smuggledCredential } from './smuggled-credential.ts';
import { fieldPath } from './wire/check/wording.ts';

const KEY = 'sk-0123456789abcdef';

test.each([
  ['a member of the request', { api_key: KEY }, 'api_key'],
  ['one by another spelling', { 'X-Api-Key': KEY }, 'X-Api-Key'],
  ['one in the context that is echoed', { context: { correlation_id: 'a', caller: { access_token: KEY } } }, 'context.caller.access_token'],
  ['one in the extension of a package', { packages: [{}, { ext: { client_secret: KEY } }] }, 'packages[1].ext.client_secret'],
  ['a header that stands under any name', { ext: { note: `Bearer ${KEY}` } }, 'ext.note'],
])('finds %s', (_what, request, field) => {
  expect(smuggledCredential(request)).toBe(field);
});

test.each([
  ['the credentials of a webhook', { push_notification_config: { url: 'https://a.example', token: KEY, authentication: { schemes: ['Bearer'], credentials: `Bearer ${KEY}` } } }],
  ['those of a governance agent', { accounts: [{ governance_agents: [{ url: 'https://a.example', authentication: { schemes: ['Bearer'], credentials: KEY } }] }] }],
  ['the token of a list', { property_list: { agent_url: 'https://a.example', list_id: 'l', auth_token: KEY } }],
  ['what a buyer sells or counts', { catalogs: [{ items: [{ item_id: '1', api_key: 'yes' }] }], events: [{ custom_data: { bearer: 'x' } }] }],
  ['words about such things', { brief: 'Bearer bonds for readers', api_key: '', authorization: { status: 'granted' } }],
])('leaves %s alone', (_what, request) => {
  expect(smuggledCredential(request)).toBeUndefined();
});

test.each([
  'authorization', 'api_key', 'apikey', 'x_api_key', 'access_token', 'refresh_token', 'bearer', 'bearer_token', 'client_secret', 'private_key',
])('knows %s with underscores, hyphens and capitals', (name) => {
  for (const spelling of [name, name.replaceAll('_', '-'), name.toUpperCase()]) expect(smuggledCredential({ ext: { [spelling]: KEY } })).toBe(fieldPath(['ext', spelling]));
});

test.each(['authentication', 'push_notification_config', 'reporting_webhook', 'events', 'audiences', 'catalogs', 'usage'])('does not look into %s', (name) => {
  expect(smuggledCredential({ [name]: [{ api_key: KEY }] })).toBeUndefined();
});
