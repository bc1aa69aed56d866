import { expect, test } from 'vitest';
import { callerWithAccount, record, testDesk } from '../../test/support/desk.ts';
import { creativeRecord } from '../../test/support/library-records.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { hasOfficial, officialSchemas } from '../../test/support/official-schemas.ts';
import type { NotificationConfigRecord } from '../domain/account.ts';
import type { CreativeEvent } from '../domain/creative-notice.ts';
import type { NotificationConfigRequest } from '../protocol/wire/core/notification-config.ts';
import { creativeNews } from './creative-news.ts';
import { syncAccounts } from './sync-accounts.ts';

const CREDENTIALS = 'a-secret-of-thirty-two-characters';
const subscriber = (more: Partial<NotificationConfigRequest> = {}): NotificationConfigRequest => ({
  subscriber_id: 'primary', url: 'https://buyer.example/events', event_types: ['creative.status_changed', 'creative.purged'], ...more,
});

async function desk(answers: (subscriber: NotificationConfigRecord) => boolean = () => true) {
  const asked: NotificationConfigRecord[] = [];
  const own = testDesk({ endpoints: { prove: async (_account, each) => { asked.push(each); return answers(each); } } });
  const caller = await callerWithAccount(own);
  const sync = async (configs: NotificationConfigRequest[] | undefined, more: object = {}) => {
    const entry = { account: { account_id: 'acct_test' }, ...(configs ? { notification_configs: configs } : {}) };
    const body = await record(own, await syncAccounts({ idempotency_key: 'sync-0123456789ab', accounts: [entry], ...more }, caller, own));
    expectOfficial('sync_accounts', body);
    return body.accounts[0]!;
  };
  const stored = async () => (await own.store.account('buyer', 'acct_test'))!.notification_configs;
  return { desk: own, asked, sync, stored };
}

test('a subscriber is active once its endpoint has given the challenge back', async () => {
  const { sync, stored } = await desk();
  const shown = await sync([subscriber()]);
  expect(shown).toMatchObject({ action: 'updated', notification_configs: [{ subscriber_id: 'primary', active: true }] });
  expect(shown).not.toHaveProperty('warnings');
  expect(await stored()).toMatchObject([{ active: true }]);
});

test('one whose endpoint does not is kept inactive, with a warning that does not say why; the next call asks again', async () => {
  let willing = false;
  const { sync } = await desk(() => willing);
  expect(await sync([subscriber()])).toMatchObject({
    notification_configs: [{ active: false }], warnings: ['subscriber "primary" is stored inactive: its endpoint did not give the challenge back'],
  });
  willing = true;
  expect(await sync([subscriber()])).toMatchObject({ action: 'updated', notification_configs: [{ active: true }] });
});

test('an endpoint that has proven itself is not asked again, until its address or its secret changes', async () => {
  const { sync, asked } = await desk();
  await sync([subscriber()]);
  expect(await sync([subscriber()])).toMatchObject({ action: 'unchanged', notification_configs: [{ active: true }] });
  expect(await sync([subscriber({ event_types: ['creative.purged'] })])).toMatchObject({ action: 'updated', notification_configs: [{ active: true }] });
  expect(asked).toHaveLength(1);
  await sync([subscriber({ url: 'https://buyer.example/moved' })]);
  await sync([subscriber({ url: 'https://buyer.example/moved', authentication: { schemes: ['Bearer'], credentials: CREDENTIALS } })]);
  expect(asked.map(({ url }) => url)).toEqual(['https://buyer.example/events', 'https://buyer.example/moved', 'https://buyer.example/moved']);
});

test('one that is to stay inactive, and a dry run, ask nobody', async () => {
  const { sync, asked, stored } = await desk();
  expect(await sync([subscriber({ active: false })])).toMatchObject({ notification_configs: [{ active: false }] });
  expect(await sync([subscriber()], { dry_run: true })).toMatchObject({ notification_configs: [{ active: false }], warnings: [expect.stringContaining('gives a challenge back')] });
  expect(asked).toEqual([]);
  expect(await stored()).toMatchObject([{ active: false }]);
});

test('a call that names no subscribers leaves them; an empty list ends them', async () => {
  const { sync, stored } = await desk();
  await sync([subscriber()]);
  await sync(undefined);
  expect(await stored()).toHaveLength(1);
  expect(await sync([])).toMatchObject({ action: 'updated', notification_configs: [] });
});

test('no call makes us ask without end', async () => {
  const { desk: own, asked } = await desk();
  const accounts = Array.from({ length: 3 }, (_, n) => ({
    brand: { domain: `brand-${n}.example` }, operator: 'northlight-media.example', billing: 'operator' as const,
    notification_configs: Array.from({ length: 16 }, (_each, m) => subscriber({ subscriber_id: `s${m}`, url: `https://buyer.example/${m}` })),
  }));
  const caller = { principal: { principal_id: 'buyer', mode: 'live' }, reach: { principal_id: 'buyer', wide: false } } as const;
  const body = await record(own, await syncAccounts({ idempotency_key: 'sync-0123456789ab', accounts }, caller, own));
  expect(asked).toHaveLength(32);
  expect(body.accounts[2]!.warnings).toHaveLength(16);
});

const official = hasOfficial('that notifications of creatives satisfy AdCP\'s own schemas');
const SUSPENDED: CreativeEvent = { kind: 'status_changed', from: 'approved', to: 'suspended', reason_code: 'takedown_request', reason_detail: 'as asked', initiator: 'seller' };
const PURGED: CreativeEvent = { kind: 'purged', purge_kind: 'hard', reason_code: 'legal_erasure', initiator: 'system' };

async function told(event: CreativeEvent, configs: NotificationConfigRequest[]) {
  const { desk: own, sync } = await desk();
  await sync(configs);
  await record(own, await creativeNews({ ...creativeRecord('banner'), principal_id: 'buyer', account_id: 'acct_test', library: 'acct_test' }, event, own));
  return (await own.store.webhooks({}, 10)).map(({ webhook }) => ({ ...webhook, body: JSON.parse(webhook.body) as Record<string, unknown> }));
}

test('active subscribers are told what was done to a creative, each once', async () => {
  const events = await told(SUSPENDED, [subscriber({ authentication: { schemes: ['Bearer'], credentials: CREDENTIALS } }), subscriber({ subscriber_id: 'other', url: 'https://buyer.example/other' })]);
  expect(events.map(({ url, notification, authentication }) => [url, notification, authentication?.schemes])).toEqual([
    ['https://buyer.example/other', 'creative.status_changed', undefined], ['https://buyer.example/events', 'creative.status_changed', ['Bearer']],
  ]);
  const [first, second] = events.map(({ body }) => body);
  expect(first).toMatchObject({ account_id: 'acct_test', creative_id: 'banner', transition: { from: 'approved', to: 'suspended' }, reason_code: 'takedown_request', reason_detail: 'as asked', initiator: 'seller' });
  expect(first!['notification_id']).toBe(second!['notification_id']);
  expect(first!['idempotency_key']).not.toBe(second!['idempotency_key']);
});

test('nobody is told who did not ask for it, is not active, or of moves that AdCP has no word for', async () => {
  expect(await told(SUSPENDED, [subscriber({ event_types: ['creative.purged'] })])).toEqual([]);
  expect(await told(SUSPENDED, [subscriber({ active: false })])).toEqual([]);
  expect(await told({ ...SUSPENDED, from: 'rejected', to: 'pending_review' }, [subscriber()])).toEqual([]);
});

test.runIf(official).each<[string, CreativeEvent, string]>([
  ['a changed status', SUSPENDED, 'creative/creative-status-changed-webhook.json'],
  ['a verdict for one package', { ...SUSPENDED, from: 'pending_review', to: 'rejected', assignment: { media_buy_id: 'mb_1', package_id: 'p' } }, 'creative/creative-status-changed-webhook.json'],
  ['a purge', PURGED, 'creative/creative-purged-webhook.json'],
])('what is told of %s satisfies AdCP\'s schema', async (_what, event, schema) => {
  const [only] = await told(event, [subscriber()]);
  // Ids of tests are shorter than real ones.
  const keyed = { ...only!.body, idempotency_key: `${String(only!.body['idempotency_key'])}_0123456789abcdef` };
  expect(officialSchemas().validate(schema, keyed)).toEqual([]);
});
