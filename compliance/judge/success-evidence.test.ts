import { describe, expect, test } from 'vitest';
import { taskOutcome } from './task-outcome.ts';

/** Members that together show success beside `errors[]`; `|` between groups of which one is enough. */
const EVIDENCE = `
  get_adcp_capabilities adcp supported_protocols
  list_accounts accounts
  sync_accounts accounts
  sync_governance accounts
  report_usage accepted
  get_account_financials account currency period timezone
  get_products products | unchanged
  list_creative_formats formats
  create_media_buy media_buy_id packages
  update_media_buy media_buy_id
  get_media_buys media_buys
  get_media_buy_delivery reporting_period currency media_buy_deliveries
  provide_performance_feedback success
  sync_event_sources event_sources
  log_event events_received events_processed
  sync_audiences audiences
  sync_catalogs catalogs
  sync_creatives creatives
  list_creatives query_summary pagination creatives
  build_creative creative_manifest | creative_manifests
  preview_creative response_type previews
  get_creative_delivery currency reporting_period creatives
  validate_input results
  get_signals signals | unchanged
  activate_signal deployments
  create_property_list list auth_token
  update_property_list list
  get_property_list list
  list_property_lists lists
  delete_property_list deleted list_id
  list_content_standards standards
  create_content_standards standards_id
  update_content_standards success standards_id
  calibrate_content verdict
  validate_content_delivery summary results
  get_media_buy_artifacts media_buy_id artifacts
  get_creative_features results
  sync_plans plans
  check_governance check_id verdict plan_id explanation
  report_plan_outcome outcome_id outcome_state
  get_plan_audit_logs plans
  si_get_offering available
  si_initiate_session session_id session_status
  si_send_message session_id session_status
  si_terminate_session session_id terminated
  comply_test_controller success
  validate_property_delivery list_id summary results validated_at
  get_brand_identity brand_id house names
  verify_brand_claim claim_type verification_status
  get_rights rights
  acquire_rights rights_id rights_status brand_id
  update_rights rights_id
  creative_approval decision
  search_brands brands`;

const cases = EVIDENCE.trim().split('\n').flatMap((line) => {
  const [task = '', ...words] = line.trim().split(/\s+/);
  return words.join(' ').split(' | ').map((group): [string, readonly string[]] => [task, group.split(' ')]);
});

describe.each(cases)('%s with %j', (task, group) => {
  const whole = Object.fromEntries(group.map((member) => [member, member === 'success' ? true : []]));
  const errors = [{ code: 'PARTIAL' }];

  test('succeeds beside errors', () => {
    expect(taskOutcome(task, { ...whole, errors }, false)).toEqual({ kind: 'succeeded' });
    expect(taskOutcome(task, { ...whole, error_code: 'X' }, false)).toEqual({ kind: 'succeeded' });
  });

  test.each(group)('fails beside errors without %s', (member) => {
    const { [member]: _, ...rest } = whole;
    expect(taskOutcome(task, { ...rest, errors }, false).kind).toBe('failed');
    expect(taskOutcome(task, { ...rest, [member]: null, errors }, false).kind).toBe('failed');
  });

  test('fails when it says so itself', () => {
    for (const verdict of [{ status: 'failed' }, { status: 'rejected' }, { success: false }])
      expect(taskOutcome(task, { ...whole, ...verdict, errors }, false).kind).toBe('failed');
  });
});
