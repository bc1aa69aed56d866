import { describe, expect, test } from 'vitest';
import { checkRequest, checkShape, responseIssues } from './request-check.ts';
import { CONTROLLER_PARAMS } from './wire/controller-params.ts';

const account = { brand: { domain: 'acme.example' }, operator: 'agency.example' };
const base = { idempotency_key: 'key-0123456789abcdef', account };
const line = { product_id: 'video', budget: 100, pricing_option_id: 'cpm' };
const buy = (change: object, lineChange: object = {}) => ({
  ...base, brand: { domain: 'acme.example' }, start_time: 'asap', end_time: '2031-01-31T00:00:00Z',
  packages: [{ ...line, ...lineChange }], ...change,
});
const refusal = (change: object, lineChange: object = {}) => checkRequest('create_media_buy', buy(change, lineChange));
const fieldOf = (change: object, lineChange: object = {}) => refusal(change, lineChange)?.field;

describe('the offending member', () => {
  test('is nothing when the request is in order', () => {
    expect(refusal({})).toBeUndefined();
  });

  test('is named by its literal path', () => {
    expect(refusal({}, { budget: -1 })).toMatchObject({
      field: 'packages[0].budget', message: 'packages[0].budget must be a number of at least 0',
      issues: [{ pointer: '/packages/0/budget', keyword: 'minimum' }],
    });
  });

  const cap = { max_impressions: 3, per: 'devices' };
  const image = { asset_type: 'image', url: 'https://a.example/1.png', width: 1 };
  const creative = { creative_id: 'c', name: 'n', format_kind: 'image', assets: { main: image } };

  test.each([
    ['a missing key of the call', { idempotency_key: undefined }, {}, 'idempotency_key'],
    ['a missing member of a package', {}, { product_id: undefined }, 'packages[0].product_id'],
    ['a member that another one calls for', { proposal_id: 'p1' }, {}, 'total_budget'],
    ['a member of a cap without the others', {}, { targeting_overlay: { frequency_cap: cap } }, 'packages[0].targeting_overlay.frequency_cap.window'],
    ['a member that a kind of asset has', {}, { creatives: [creative] }, 'packages[0].creatives[0].assets.main.height'],
  ])('is the member itself when it is missing: %s', (_, change, lineChange, field) => {
    expect(fieldOf(change, lineChange)).toBe(field);
    expect(refusal(change, lineChange)?.message).toContain('is missing');
  });

  test('is the member that must not be there', () => {
    const update = { ...base, media_buy_id: 'mb', packages: [{ package_id: 'pkg', product_id: 'other' }] };
    expect(checkRequest('update_media_buy', update)).toMatchObject({
      field: 'packages[0].product_id', message: expect.stringContaining('cannot be given here'),
    });
    expect(checkRequest('sync_accounts', { ...base, accounts: [{ account, billing: 'agent' }] })?.field).toBe('accounts[0].billing');
    expect(fieldOf({ account: { account_id: 'a', note: 'x' } })).toBe('account.note');
  });

  test('is the first in the order of the shape, whatever the order of the document', () => {
    const wrong = { packages: [{ budget: 'x' }], end_time: 'soon', idempotency_key: 'short' };
    const fields = refusal(wrong)?.issues.map((issue) => issue.pointer);
    expect(fields).toEqual([
      '/idempotency_key', '/end_time', '/packages/0/product_id', '/packages/0/budget', '/packages/0/pricing_option_id',
    ]);
  });

  test('has no path when the document is not an object', () => {
    expect(checkRequest('get_products', [])).toEqual({
      message: 'the request must be an object', issues: [expect.objectContaining({ pointer: '' })],
    });
  });

  test('stands under the place that the caller of a part names', () => {
    const params = { media_buy_id: 'mb', status: 'gone' };
    expect(checkShape(CONTROLLER_PARAMS.force_media_buy_status, params, ['params'])?.field).toBe('params.status');
  });
});

describe('a date-time', () => {
  const taken = (end_time: string) => refusal({ end_time }) === undefined;

  test.each(['2027-01-31T09:00:00Z', '2027-01-31T09:00:00.123456+05:30', '9999-12-31T23:59:59Z'])('may be %s', (time) => {
    expect(taken(time)).toBe(true);
  });

  test.each(['2027-12-31T23:59:60Z', '9999-12-31T23:59:59-10:00', '0000-01-01T00:00:00+01:00', '2027-02-30T00:00:00Z'])(
    'is a moment that can be reckoned with, not %s',
    (time) => {
      expect(taken(time)).toBe(false);
      expect(refusal({ end_time: time })).toMatchObject({ field: 'end_time', message: expect.stringContaining('a date-time such as') as string });
    },
  );
});

describe('alternatives', () => {
  const goals = (goal: unknown) => refusal({}, { optimization_goals: [goal] });

  test('are told apart by the literal that they share', () => {
    const sources = [{ event_source_id: 's', event_type: 'purchase' }];
    expect(goals({ kind: 'metric', metric: 'reach', reach_unit: 'people' })?.field).toBe('packages[0].optimization_goals[0].reach_unit');
    expect(goals({ kind: 'event', event_sources: sources, target: { kind: 'per_ad_spend' } })?.field)
      .toBe('packages[0].optimization_goals[0].target.value');
  });

  test('name the literals when it is none of them, or missing', () => {
    const field = 'packages[0].optimization_goals[0].kind';
    expect(goals({ kind: 'cheap' })).toMatchObject({ field, message: `${field} must be one of metric, event, vendor_metric` });
    expect(goals({})).toMatchObject({ field, message: expect.stringContaining('is missing') });
    expect(goals('metric')?.field).toBe('packages[0].optimization_goals[0]');
  });

  test('without one are judged by the fewest errors', () => {
    expect(fieldOf({ account: { brand: { domain: 'Acme' }, operator: 'agency.example' } })).toBe('account.brand.domain');
    expect(fieldOf({ account: { account_id: 7 } })).toBe('account.account_id');
  });

  test('of one value are told in one sentence', () => {
    expect(refusal({ start_time: 'tomorrow' })?.message).toBe('start_time must be asap, or a date-time such as 2027-01-31T09:00:00Z');
    expect(checkRequest('get_media_buys', { status_filter: ['active', 'gone'] })?.field).toBe('status_filter[1]');
  });

  test('that each want one member are all named', () => {
    const audience = { audience_id: 'a', add: [{ external_id: 'x', email: 'jo@example.com' }] };
    expect(checkRequest('sync_audiences', { ...base, audiences: [audience] })).toMatchObject({
      field: 'audiences[0].add[0].hashed_email', message: expect.stringMatching(/give one of hashed_email, hashed_phone, uids$/),
    });
    const creative = { creative_id: 'c', name: 'n', assets: {} };
    expect(checkRequest('sync_creatives', { ...base, creatives: [creative] })?.message).toContain('give one of format_id, format_kind');
    const both = { ...creative, format_kind: 'image', format_id: { agent_url: 'https://a.example', id: 'x' } };
    expect(checkRequest('sync_creatives', { ...base, creatives: [both] })?.field).toBe('creatives[0].format_kind');
  });

  test('that neither fit nor fit only once are told as they stand', () => {
    const near = { lat: 1, lng: 1, radius: { value: 1, unit: 'km' }, geometry: { type: 'Polygon', coordinates: [] } };
    expect(fieldOf({}, { targeting_overlay: { geo_proximity: [near] } })).toBe('packages[0].targeting_overlay.geo_proximity[0].geometry');
  });
});

describe('what is told', () => {
  test('repeats no value of the caller', () => {
    const secret = 'sk-live-9f8e7d6c5b4a39281706';
    const webhook = { url: secret, reporting_frequency: secret, authentication: { schemes: [secret], credentials: 'too-short-secret' } };
    const said = JSON.stringify(refusal({ reporting_webhook: webhook, idempotency_key: `${secret} ` }));
    expect(said).toContain('reporting_webhook.authentication.schemes[0]');
    expect(said).not.toContain(secret);
    expect(said).not.toContain('too-short-secret');
  });

  test('shortens names that the caller invented', () => {
    expect(refusal({ account: { account_id: 'a', ['x'.repeat(500)]: 1 } })?.field).toBe(`account.${'x'.repeat(64)}…`);
  });

  test('is at most twenty issues and fits an error object', () => {
    const issues = refusal({ packages: Array.from({ length: 100 }, () => ({})) })!.issues;
    expect(issues.length).toBeLessThanOrEqual(20);
    expect(JSON.stringify(issues).length).toBeLessThan(3000);
  });

  test('comes quickly for the largest batch in which everything is wrong', () => {
    const events = Array.from({ length: 10_000 }, () => ({ user_match: {}, custom_data: 5 }));
    expect(checkRequest('log_event', { ...base, event_source_id: 's', events })?.field).toBe('events[0].event_id');
    expect(checkRequest('log_event', { ...base, event_source_id: 's', events: Array.from({ length: 10_001 }, () => ({})) }))
      .toMatchObject({ field: 'events', message: 'events must be a list of 1 to 10000 items' });
  });
});

describe('tolerance', () => {
  const event = { event_id: 'e', event_type: 'purchase', event_time: '2099-01-01T00:00:00Z' };

  test.each([
    ['members of no task', 'get_products', { required_capabilities: ['x'], channels: ['display'], format: 'x', idempotency_key: 'k' }],
    ['no buying mode', 'get_products', {}],
    ['envelope members on a read', 'get_media_buys', { context: { a: 1 }, ext: {}, push_notification_config: 5, idempotency_key: 'k' }],
    ['a media buy id on a create', 'create_media_buy', buy({ media_buy_id: 'mine' })],
    ['an account on log_event', 'log_event', { ...base, event_source_id: 's', events: [event] }],
    ['loose events', 'log_event', { ...base, event_source_id: 's', events: [{ ...event, value: 5, currency: 'USD', content_ids: ['a'] }] }],
    ['only a context', 'list_creatives', { context: { probe: true } }],
    ['scenarios that nobody knows', 'comply_test_controller', { scenario: 'fly', params: { any: 1 } }],
  ] as const)('takes %s', (_, task, document) => {
    expect(checkRequest(task, document)).toBeUndefined();
  });
});

test('holds our own responses against the published schema', () => {
  expect(responseIssues('log_event', { status: 'completed', events_received: 1, events_processed: 1 })).toEqual([]);
  expect(responseIssues('log_event', { events_received: 1, events_processed: 1 }).length).toBeGreaterThan(0);
});
