/** Tasks of storyboards that no seller offers as a tool: the judge itself does what they stand for, or leaves them out. */

/** Looks at what earlier steps contributed. */
export const ASSERT_CONTRIBUTION = 'assert_contribution';

export const OAUTH_PROBES: ReadonlySet<string> = new Set(['protected_resource_metadata', 'oauth_auth_server_metadata']);

export const KEY_PROBES: ReadonlySet<string> = new Set([
  'fetch_brand_jwks', 'assert_jwks_purpose',
]);

/** Tasks that need something of the judge beside its connection; each belongs to a kit contract. */
export const CONTRACT_TASKS: ReadonlySet<string> = new Set([
  'expect_webhook', 'expect_no_webhook', 'expect_webhook_retry_keys_stable', 'expect_webhook_signature_valid', 'expect_substitution_safe',
  'expect_rate_limit_not_replayed', 'request_signing_probe', 'replay_webhook_vector',
]);

export const PSEUDO_TASKS: readonly string[] = [ASSERT_CONTRIBUTION, ...OAUTH_PROBES, ...KEY_PROBES, ...CONTRACT_TASKS];

export const isPseudoTask = (task: string): boolean => PSEUDO_TASKS.includes(task);
