/** Which protocol a task belongs to, in the words of `supported_protocols`. Tasks of several protocols are not listed. */
const TASKS: Readonly<Record<string, string>> = {
  media_buy: `get_products create_media_buy update_media_buy get_media_buys get_media_buy_delivery provide_performance_feedback sync_audiences
    sync_catalogs sync_event_sources log_event`,
  signals: 'get_signals activate_signal',
  creative: 'build_creative list_transformers preview_creative',
  governance: `create_property_list update_property_list get_property_list list_property_lists delete_property_list
    create_content_standards update_content_standards get_content_standards list_content_standards calibrate_content validate_content_delivery
    get_media_buy_artifacts sync_plans check_governance report_plan_outcome get_plan_audit_logs get_creative_features`,
  sponsored_intelligence: 'si_get_offering si_initiate_session si_send_message si_terminate_session',
  brand: 'get_brand_identity search_brands get_rights acquire_rights update_rights',
  compliance_testing: 'comply_test_controller',
};

const PROTOCOL_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(TASKS).flatMap(([protocol, tasks]) => tasks.split(/\s+/).map((task) => [task, protocol] as const))
);

/** Undefined: whoever speaks for the storyboard answers it. */
export const protocolOf = (task: string): string | undefined => PROTOCOL_OF.get(task);
