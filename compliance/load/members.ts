/**
 * The members that a storyboard file may have, level by level. One that stands in none of these lists is a slip of the pen, or of a
 * release that the judge does not know: it does nothing, and that is said.
 */
const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

export const STORYBOARD_MEMBERS = names(`
  id version title category summary narrative track required_tools required_any_of_tools requires requires_capability requires_scenarios
  default_agent agent caller prerequisites fixtures context invariants introduced_in status grading protocol platform_types phases $comment`);

export const PREREQUISITE_MEMBERS = names('description test_kit controller_seeding vectors $comment');

/** Kinds of fixture, in the order in which they are seeded: what others refer to comes first. */
export const FIXTURE_KINDS = [
  'accounts', 'buyer_agents', 'products', 'pricing_options', 'creative_formats', 'creatives', 'plans', 'media_buys',
] as const;

export const PHASE_MEMBERS = names(
  'id title narrative steps optional skip_if requires_capability depends_on branch_set $comment'
);

export const STEP_MEMBERS = names(`
  id title narrative expected doc_ref comply_scenario reviewer_checks sample_response task task_default schema_ref response_schema_ref
  sample_request sample_request_skip_schema validations stateful expect_error negative_path expected_arm severity $comment
  requires_tool requires_contract agent auth omit_idempotency_key contributes contributes_to contributes_if provides_state_for
  peer_substitutes_for context_outputs context_inputs invariants parallel_dispatch rate_limit_trip
  triggered_by filter timeout_seconds expect_idempotency_key webhook_payload_schema_ref expect_max_deliveries_per_logical_event
  retry_trigger expect_min_deliveries require_tag verify_signature_on_every_delivery vector_ref same_event_as expected_error
  source source_path macro_template catalog_bindings require_every_binding_observed`);

export const OUTPUT_MEMBERS = names('name key path generate $comment');

export const INPUT_MEMBERS = names('key inject_at $comment');

export const CHECK_MEMBERS = names(`
  id check path value allowed_values pattern context_key description severity expires_after_version permanent_advisory remediation
  source target match_keys scope on_out_of_scope min_count endpoint_pattern payload_must_contain identifier_paths purpose_filter since
  attestation_mode_required $comment`);
