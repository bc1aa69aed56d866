import type { JsonObject } from '../json/object.ts';

/**
 * Members that a task's successful reply has. One group, all present, is evidence of success even beside `errors[]`.
 */
const EVIDENCE: Readonly<Record<string, readonly (readonly string[])[]>> = {
  get_adcp_capabilities: [['adcp', 'supported_protocols']],
  list_accounts: [['accounts']], sync_accounts: [['accounts']], sync_governance: [['accounts']],
  report_usage: [['accepted']], get_account_financials: [['account', 'currency', 'period', 'timezone']],
  get_products: [['products'], ['unchanged']], list_creative_formats: [['formats']],
  create_media_buy: [['media_buy_id', 'packages']], update_media_buy: [['media_buy_id']], get_media_buys: [['media_buys']],
  get_media_buy_delivery: [['reporting_period', 'currency', 'media_buy_deliveries']], provide_performance_feedback: [['success']],
  sync_event_sources: [['event_sources']], log_event: [['events_received', 'events_processed']],
  sync_audiences: [['audiences']], sync_catalogs: [['catalogs']],
  sync_creatives: [['creatives']], list_creatives: [['query_summary', 'pagination', 'creatives']],
  build_creative: [['creative_manifest'], ['creative_manifests']], preview_creative: [['response_type', 'previews']],
  get_creative_delivery: [['currency', 'reporting_period', 'creatives']], validate_input: [['results']],
  get_signals: [['signals'], ['unchanged']], activate_signal: [['deployments']],
  create_property_list: [['list', 'auth_token']], create_collection_list: [['list', 'auth_token']],
  update_property_list: [['list']], update_collection_list: [['list']], get_property_list: [['list']], get_collection_list: [['list']],
  list_property_lists: [['lists']], list_collection_lists: [['lists']],
  delete_property_list: [['deleted', 'list_id']], delete_collection_list: [['deleted', 'list_id']],
  list_content_standards: [['standards']], create_content_standards: [['standards_id']],
  update_content_standards: [['success', 'standards_id']],
  calibrate_content: [['verdict']], validate_content_delivery: [['summary', 'results']],
  get_media_buy_artifacts: [['media_buy_id', 'artifacts']],
  get_creative_features: [['results']], sync_plans: [['plans']], check_governance: [['check_id', 'verdict', 'plan_id', 'explanation']],
  report_plan_outcome: [['outcome_id', 'outcome_state']], get_plan_audit_logs: [['plans']],
  si_get_offering: [['available']], si_initiate_session: [['session_id', 'session_status']],
  si_send_message: [['session_id', 'session_status']],
  si_terminate_session: [['session_id', 'terminated']], comply_test_controller: [['success']],
  validate_property_delivery: [['list_id', 'summary', 'results', 'validated_at']], get_brand_identity: [['brand_id', 'house', 'names']],
  verify_brand_claim: [['claim_type', 'verification_status']], get_rights: [['rights']],
  acquire_rights: [['rights_id', 'rights_status', 'brand_id']], update_rights: [['rights_id']], creative_approval: [['decision']],
  search_brands: [['brands']],
};

/** Tasks of AdCP whose reply has no member that shows success. */
const WITHOUT_EVIDENCE: ReadonlySet<string> = new Set([
  'get_content_standards', 'list_authorized_properties', 'list_transformers', 'get_task_status', 'list_tasks', 'tasks_get',
]);

/** The tasks of AdCP, as far as the judge knows. */
export const ADCP_TASKS: readonly string[] = [...Object.keys(EVIDENCE), ...WITHOUT_EVIDENCE];

/** Whether AdCP has a task of that name. */
export function isAdcpTask(task: string): boolean {
  return Object.hasOwn(EVIDENCE, task) || WITHOUT_EVIDENCE.has(task);
}

/** Whether a payload shows that the task succeeded, whatever `errors[]` it carries besides. */
export function hasSuccessEvidence(task: string, payload: JsonObject): boolean {
  const { status } = payload;
  if (status === 'failed' || status === 'rejected' || payload['success'] === false) return false;
  if (status === 'submitted' && typeof payload['task_id'] === 'string') return true;
  const groups = Object.hasOwn(EVIDENCE, task) ? EVIDENCE[task]! : [];
  return groups.some((group) => group.every((key) => payload[key] !== undefined && payload[key] !== null));
}
