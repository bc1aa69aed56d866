import { expect, test } from 'vitest';
import { protocolOf } from './task-protocols.ts';

test.each([
  ['get_products', 'media_buy'], ['log_event', 'media_buy'], ['get_signals', 'signals'], ['activate_signal', 'signals'], ['build_creative', 'creative'],
  ['preview_creative', 'creative'], ['create_property_list', 'governance'], ['check_governance', 'governance'], ['get_creative_features', 'governance'],
  ['si_get_offering', 'sponsored_intelligence'], ['si_terminate_session', 'sponsored_intelligence'], ['get_brand_identity', 'brand'],
  ['update_rights', 'brand'], ['comply_test_controller', 'compliance_testing'],
])('%s is a task of %s', (task, protocol) => {
  expect(protocolOf(task)).toBe(protocol);
});

test('tasks of several protocols, and what is no task, belong to none', () => {
  for (const task of ['list_creative_formats', 'sync_creatives', 'list_creatives', 'sync_accounts', 'get_adcp_capabilities', 'constructor', ''])
    expect(protocolOf(task)).toBeUndefined();
});
