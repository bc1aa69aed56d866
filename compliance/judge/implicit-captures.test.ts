import { expect, test } from 'vitest';
import { CAPTURING_TASKS, implicitCaptures } from './implicit-captures.ts';

const account = { account_id: 'a', status: 'active', brand: { domain: 'b' }, operator: 'o', billing: 'operator' };
const buy = { media_buy_id: 'm', media_buy_status: 'active' };
const creatives = [{ creative_id: 'c' }, { creative_id: 'd' }];

/** A reply with everything, what it leaves, and what a reply with nothing (or with lists that are none) still does. */
const CASES: Readonly<Record<string, readonly [reply: object, captured: object, bare?: object]>> = {
  sync_accounts: [{ accounts: [account] }, { account_id: 'a', account_status: 'active', account: { brand: { domain: 'b' }, operator: 'o' } }],
  list_accounts: [{ accounts: [account, {}] }, { account_id: 'a' }],
  get_products: [
    { products: [{ product_id: 'p' }], proposals: [{ proposal_id: 'q' }] }, { products: [{ product_id: 'p' }], product_id: 'p', proposal_id: 'q' },
  ],
  create_media_buy: [buy, buy], update_media_buy: [{ media_buy: { media_buy_id: 'm', status: 'paused' } }, { media_buy_id: 'm', media_buy_status: 'paused' }],
  get_media_buys: [{ media_buys: [buy, {}], pagination: { has_more: false } }, buy],
  list_creative_formats: [{ formats: [{ format_id: { id: 'f' } }] }, { formats: [{ format_id: { id: 'f' } }], format_id: { id: 'f' } }],
  build_creative: [
    { creative_manifest: { x: 1 }, format_id: 'f', variants: [], build_variant_id: 'v', other: 1 },
    { creative_manifest: { x: 1 }, format_id: 'f', variants: [], build_variant_id: 'v' },
  ],
  sync_creatives: [{ creatives }, { creative_results: creatives, creative_id: 'c' }], list_creatives: [{ creatives }, { creatives, creative_id: 'c' }],
  preview_creative: [{ previews: [1] }, { previews: [1] }],
  get_signals: [{ signals: [{ signal_id: 's' }] }, { signals: [{ signal_id: 's' }], signal_id: 's' }],
  activate_signal: [
    { deployments: [{ activation_key: 'k', type: 'platform' }] },
    { deployments: [{ activation_key: 'k', type: 'platform' }], activation_key: 'k', deployment_type: 'platform' },
  ],
  sync_catalogs: [{ catalogs: [{ catalog_id: 'g' }] }, { catalogs: [{ catalog_id: 'g' }], catalog_id: 'g' }],
  sync_audiences: [{ audiences: [{ audience_id: 'u' }] }, { audiences: [{ audience_id: 'u' }], audience_id: 'u' }],
  sync_event_sources: [
    { event_sources: [{ event_source_id: 'e' }] }, { event_sources: [{ event_source_id: 'e' }], event_source_id: 'e' },
  ],
  si_initiate_session: [{ session_id: 's' }, { session_id: 's' }], si_get_offering: [{ offering: { offering_id: 'o' } }, { offering_id: 'o' }],
  sync_plans: [{ plans: [{ plan_id: 'p' }] }, { plan_id: 'p' }],
  create_property_list: [{ list: { list_id: 'l', name: 'n' } }, { property_list_id: 'l', property_list_name: 'n' }],
  create_content_standards: [{ standards_id: 's' }, { content_standards_id: 's' }],
  get_rights: [{ rights: [{ rights_id: 'r' }] }, { rights_id: 'r' }],
  acquire_rights: [{ rights_id: 'r', rights_grant_id: 'g' }, { rights_id: 'r', rights_grant_id: 'g' }],
  sync_governance: [{ accounts: [] }, { governance_synced: true, governance_response: { accounts: [] } }, { governance_synced: true, governance_response: {} }],
  check_governance: [
    { governance_context: 'c', check_id: 'i', plan_id: 'p', verdict: 'approved' },
    { governance_context: 'c', check_id: 'i', plan_id: 'p', governance_status: 'approved' },
  ],
  report_plan_outcome: [{ outcome_id: 'o', outcome_state: 'accepted' }, { outcome_id: 'o', outcome_status: 'accepted' }],
};

test.each(Object.entries(CASES))('%s leaves what its reply holds', (task, [reply, captured]) => {
  expect(implicitCaptures(task, reply)).toEqual(captured);
});

test.each(Object.entries(CASES))('%s leaves nothing that its reply lacks', (task, [reply, , bare = {}]) => {
  expect(implicitCaptures(task, {})).toEqual(bare);
  const wrong = Object.fromEntries(Object.keys(reply).map((key) => [key, null]));
  expect(Object.values(implicitCaptures(task, wrong)).filter((value) => value === null || value === undefined)).toEqual([]);
});

test('every task that leaves something is here, and no other does', () => {
  expect(Object.keys(CASES).sort()).toEqual([...CAPTURING_TASKS].sort());
  for (const task of ['log_event', 'toString', '__proto__']) expect(implicitCaptures(task, { accounts: [account] })).toEqual({});
  for (const payload of [undefined, null, 7, [], 'x']) expect(implicitCaptures('list_accounts', payload)).toEqual({});
});

test('a page that is not the last names no single buy', () => {
  expect(implicitCaptures('get_media_buys', { media_buys: [buy], pagination: { has_more: true } })).toEqual({});
});
