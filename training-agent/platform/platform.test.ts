import { describe, expect, test } from 'vitest';
import type { MediaBuyRecord } from '../../src/domain/media-buy.ts';
import type { AudienceMember } from '../../src/protocol/wire/core/audience.ts';
import type { ConversionEvent } from '../../src/protocol/wire/core/conversion-event.ts';
import { subjectOf } from './interface.ts';
import { trainingPlatform as platform } from './platform.ts';

const HASH = 'a'.repeat(64);
const member = (n: number): AudienceMember => ({ external_id: `user-${n}`, hashed_email: HASH });
const event = (n: number): ConversionEvent => ({
  event_id: `evt-${n}`, event_type: 'purchase', event_time: '2099-01-01T00:00:00Z', user_match: { hashed_email: HASH }, custom_data: { value: n, currency: 'USD' },
});
const many = <Item>(count: number, item: (n: number) => Item) => Array.from({ length: count }, (_, n) => item(n));

const buy: MediaBuyRecord = {
  media_buy_id: 'mb/1', principal_id: 'p', account_id: 'acct 1', library: 'l', row_version: 3, status: 'active', hold: false, revision: 2,
  confirmed_at: '2027-01-01T00:00:00Z', created_at: '2027-01-01T00:00:00Z', updated_at: '2027-01-01T00:00:00Z', start_time: '2027-01-01T00:00:00Z',
  end_time: '2027-02-01T00:00:00Z', currency: 'USD', brand: { domain: 'acme.example' }, history: [], push_notification_config: { url: 'https://hook.example', token: 'sealed' },
  packages: [{
    package: {
      package_id: 'pkg_1', product_id: 'p1', budget: 100, bid_price: 5, context: { buyer_ref: 'x' },
      optimization_goals: [{ kind: 'event', event_sources: [{ event_source_id: 'pixel', event_type: 'purchase' }], target: { kind: 'cost_per', value: 35 } }],
      targeting_overlay: { audience_include: ['loyal'] }, creative_assignments: [{ creative_id: 'c1' }],
    },
    terms: { delivery_type: 'non_guaranteed', reporting_capabilities: {} as never },
  }],
};

describe('media buys', () => {
  test('one POST with the buy as it stands: packages, goals, audiences and creatives by the buyer\'s ids', () => {
    const [created] = platform.planMediaBuy('created', buy);
    expect(created).toMatchObject({
      method: 'POST', url: 'https://ads.training.example/v1/accounts/acct%201/media-buys', body: {
        account_id: 'acct 1', media_buy_id: 'mb/1', status: 'active', revision: 2, currency: 'USD', brand: { domain: 'acme.example' },
        packages: [{ package_id: 'pkg_1', budget: 100, bid_price: 5, optimization_goals: [{ event_sources: [{ event_source_id: 'pixel' }] }], targeting_overlay: { audience_include: ['loyal'] }, creative_assignments: [{ creative_id: 'c1' }] }],
      },
    });
    expect(platform.planMediaBuy('updated', buy)[0]).toMatchObject({ method: 'POST', url: 'https://ads.training.example/v1/accounts/acct%201/media-buys/mb%2F1', body: created!.body });
  });

  test('nothing of webhooks, nor of what the buyer only wants echoed', () => {
    const sent = JSON.stringify(platform.planMediaBuy('created', buy));
    expect(sent).not.toContain('hook.example');
    expect(sent).not.toContain('buyer_ref');
  });

  test('the key is the same for the same change, and another for the next', () => {
    const key = (record: MediaBuyRecord) => platform.planMediaBuy('updated', record)[0]!.idempotency_key;
    expect(key(buy)).toBe(key({ ...buy }));
    expect(key(buy)).not.toBe(key({ ...buy, row_version: 4 }));
  });
});

describe('conversions', () => {
  test('events whole, with hashed identifiers and values', () => {
    expect(platform.planConversions('acct_1', 'pixel', [event(7)])).toMatchObject([{
      method: 'POST', url: 'https://ads.training.example/v1/accounts/acct_1/event-sources/pixel/events', body: { account_id: 'acct_1', event_source_id: 'pixel', events: [event(7)] },
    }]);
    const [bare] = platform.planConversions(undefined, 'pixel', [event(7)]);
    expect(bare!.url).toBe('https://ads.training.example/v1/event-sources/pixel/events');
    expect(bare!.body).not.toHaveProperty('account_id');
  });

  test('at most a thousand a call, each call with a key of its own that stays the same', () => {
    const calls = platform.planConversions('acct_1', 'pixel', many(2_001, event));
    expect(calls.map((call) => (call.body['events'] as unknown[]).length)).toEqual([1_000, 1_000, 1]);
    expect(new Set(calls.map((call) => call.idempotency_key)).size).toBe(3);
    expect(platform.planConversions('acct_1', 'pixel', many(2_001, event))).toEqual(calls);
    expect(platform.planConversions('acct_1', 'pixel', [])).toEqual([]);
  });
});

describe('audiences', () => {
  test('members to add and to take out, with their external ids and hashes, at most a thousand a call', () => {
    const calls = platform.planAudience('acct_1', { audience_id: 'loyal', name: 'Loyal', audience_type: 'crm', add: many(1_500, member), remove: many(600, member) });
    expect(calls.map(({ body }) => [(body['add'] as unknown[] | undefined)?.length, (body['remove'] as unknown[] | undefined)?.length])).toEqual([[1_000, undefined], [500, 500], [undefined, 100]]);
    expect(calls[0]).toMatchObject({ method: 'POST', url: 'https://ads.training.example/v1/accounts/acct_1/audiences/loyal', body: { audience_id: 'loyal', name: 'Loyal', audience_type: 'crm' } });
    expect((calls[0]!.body['add'] as unknown[])[0]).toEqual(member(0));
  });

  test('a deletion names the audience, and so does a change without members', () => {
    expect(platform.planAudience('acct_1', { audience_id: 'loyal', delete: true })).toMatchObject([{ method: 'POST', body: { audience_id: 'loyal', delete: true } }]);
    expect(platform.planAudience('acct_1', { audience_id: 'loyal', name: 'New name' })).toMatchObject([{ body: { audience_id: 'loyal', name: 'New name' } }]);
  });
});

test('every planned URL tells whom it concerns', () => {
  const urls = [...platform.planMediaBuy('created', buy), ...platform.planMediaBuy('updated', buy), ...platform.planAudience('acct 1', { audience_id: 'a/b' })].map((call) => call.url);
  for (const url of urls) expect(subjectOf(url)).toEqual({ account_id: 'acct 1', purpose: 'platform_primary' });
  expect(subjectOf(platform.planConversions('acct 1', 'p/x', [event(1)])[0]!.url)).toEqual({ account_id: 'acct 1', event_source_id: 'p/x', purpose: 'attribution' });
  expect(subjectOf(platform.planConversions(undefined, 'p/x', [event(1)])[0]!.url)).toEqual({ event_source_id: 'p/x', purpose: 'attribution' });
  for (const url of ['https://other.example/v1/accounts/a/media-buys', 'https://ads.training.example/v2/accounts/a/media-buys', 'https://ads.training.example/v1/accounts/a'])
    expect(subjectOf(url)).toBeUndefined();
});

test.each([[200, 'done'], [201, 'done'], [204, 'done'], [408, 'retry'], [429, 'retry'], [500, 'retry'], [503, 'retry'], [301, 'refused'], [400, 'refused'], [403, 'refused'], [422, 'refused']] as const)(
  'a reply of %i means: %s', (status, meaning) => expect(platform.read(status, '')).toBe(meaning));
