/**
 * Refusals: typed values with a code, a literal field path and a way out.
 * Codes and recoveries are those of AdCP 3.1 (`enums/error-code.json`); `docs/errors.md` is held to this table by a test.
 */

export type Recovery = 'transient' | 'correctable' | 'terminal';

interface ErrorRow {
  readonly recovery: Recovery;
  /** When this seller answers it. */
  readonly when: string;
  /** What the caller can do about it. */
  readonly remedy: string;
  /** The error may hold nothing but code, message and recovery, lest it tell of a stored payload. */
  readonly bare?: true;
}

export const ERRORS = {
  INVALID_REQUEST: {
    recovery: 'correctable',
    when: 'The request is malformed, breaks a rule of the task, or names something that is not registered.',
    remedy: 'Correct the member that `field` names and send it again with a new idempotency key.',
  },
  AUTH_MISSING: { recovery: 'correctable', when: 'A protected task was called without credentials (HTTP 401).', remedy: 'Send `Authorization: Bearer <key>`.' },
  AUTH_INVALID: { recovery: 'terminal', when: 'The credentials are unknown or revoked (HTTP 401).', remedy: 'Ask the operator for a valid key.' },
  CREDENTIAL_IN_ARGS: {
    recovery: 'terminal',
    when: 'The arguments of a call carry a credential, at the place that `field` names. Nothing of the call is kept, and a `context` that carries it is not echoed.',
    remedy: 'Do not repeat it. Revoke the credential, and send the new one as `Authorization: Bearer <key>` only.',
  },
  RATE_LIMITED: { recovery: 'transient', when: 'Too many calls in a short time.', remedy: 'Wait `retry_after` seconds, then repeat the call with the same key.' },
  SERVICE_UNAVAILABLE: { recovery: 'transient', when: 'The seller failed (the correlation id in `details` finds the log entry), or can record nothing now.', remedy: 'Repeat the call with the same idempotency key.' },
  VERSION_UNSUPPORTED: { recovery: 'correctable', when: 'The requested protocol version is not served.', remedy: 'Use one of `details.supported_versions`.' },
  UNSUPPORTED_FEATURE: {
    recovery: 'correctable',
    when: 'The request uses a feature that this seller has not declared or has switched off.',
    remedy: 'Leave the member out, or choose what `get_adcp_capabilities` declares.',
  },
  ACCOUNT_NOT_FOUND: { recovery: 'terminal', when: 'The account does not exist for this caller.', remedy: 'Provision it with `sync_accounts`, or list the known ones with `list_accounts`.' },
  ACCOUNT_AMBIGUOUS: { recovery: 'correctable', when: 'The natural key fits several accounts.', remedy: 'Name the account by `account_id`.' },
  ACCOUNT_SETUP_REQUIRED: { recovery: 'correctable', when: 'The account waits for approval.', remedy: 'Wait for the seller; `details.setup_steps` says what is left to do.' },
  ACCOUNT_PAYMENT_REQUIRED: { recovery: 'terminal', when: 'The account has unpaid invoices and may not spend more.', remedy: 'Settle the account.' },
  ACCOUNT_SUSPENDED: { recovery: 'terminal', when: 'The account is suspended.', remedy: 'Contact the seller.' },
  PERMISSION_DENIED: { recovery: 'correctable', when: 'The account is closed or rejected, or the caller may not use it.', remedy: 'Use another account.' },
  SCOPE_INSUFFICIENT: {
    recovery: 'correctable', when: 'The credential does not allow the task; `list_accounts` says what it allows.',
    remedy: 'Ask the operator for a key that allows it; the right cannot be widened by calling again.',
  },
  READ_ONLY_SCOPE: { recovery: 'correctable', when: 'The credential only reads, and the task would change something.', remedy: 'Ask the operator for a key that may change things.' },
  BILLING_NOT_SUPPORTED: { recovery: 'correctable', when: 'The billing party is not offered.', remedy: 'Choose one of `details.supported_billing`.' },
  BILLING_NOT_PERMITTED_FOR_AGENT: { recovery: 'correctable', when: 'This caller may not use the billing party.', remedy: 'Use `details.suggested_billing`.' },
  PAYMENT_TERMS_NOT_SUPPORTED: { recovery: 'correctable', when: 'The payment terms are not offered.', remedy: 'Choose other terms.' },
  PRODUCT_NOT_FOUND: { recovery: 'correctable', when: 'A package names a product that is not on offer.', remedy: 'Discover products with `get_products`.' },
  PROPOSAL_NOT_FOUND: { recovery: 'correctable', when: 'The proposal does not exist for this caller, or lapsed long ago.', remedy: 'Get a new one with `get_products`.' },
  PROPOSAL_EXPIRED: { recovery: 'correctable', when: 'The proposal was not finalised or bought in time.', remedy: 'Get a new one with `get_products`.' },
  PROPOSAL_NOT_COMMITTED: { recovery: 'correctable', when: 'The proposal is a draft, and drafts cannot be bought.', remedy: 'Finalise it first: `get_products` with `buying_mode: refine` and `action: finalize`.' },
  IO_REQUIRED: { recovery: 'correctable', when: 'The insertion order of the proposal is not accepted, or another one is.', remedy: 'Send `io_acceptance` with the `io_id` of the proposal.' },
  BUDGET_TOO_LOW: { recovery: 'correctable', when: 'A package budget is below the least spend of its pricing option.', remedy: 'Raise it to `details.minimum_budget`.' },
  TERMS_REJECTED: { recovery: 'correctable', when: 'Measurement terms or performance standards cannot be met, or the publisher turned an order down that waited for it.', remedy: 'Offer terms within the limits that the message states.' },
  FORMAT_DECLARATION_DIVERGENT: { recovery: 'correctable', when: 'Advice beside a product whose two lists of formats disagree; the product is for sale all the same.', remedy: 'Name a format that both lists hold.' },
  PROVENANCE_REQUIRED: { recovery: 'correctable', when: 'Products want to know where a creative comes from, and it does not say.', remedy: 'Add `provenance` to the creative.' },
  PROVENANCE_DIGITAL_SOURCE_TYPE_MISSING: { recovery: 'correctable', when: 'The provenance states no `digital_source_type`, and products want one.', remedy: 'Add `provenance.digital_source_type`.' },
  PROVENANCE_VERIFIER_NOT_ACCEPTED: { recovery: 'correctable', when: 'The provenance names an agent that no product accepts as a verifier; it was not called.', remedy: "Name one of the product's `creative_policy.accepted_verifiers`." },
  PROVENANCE_DISCLOSURE_MISSING: { recovery: 'correctable', when: 'The provenance does not say whether a disclosure is required, and products want to know.', remedy: 'Add `provenance.disclosure`.' },
  PROVENANCE_EMBEDDED_MISSING: { recovery: 'correctable', when: 'The provenance names nothing that is embedded in the assets, and products want it.', remedy: 'Add `provenance.embedded_provenance`.' },
  PROVENANCE_CLAIM_CONTRADICTED: { recovery: 'correctable', when: 'An accepted verifier finds what the provenance denies; `details` say who found what.', remedy: 'Correct `provenance.digital_source_type`, or send another creative.' },
  FEED_FETCH_FAILED: { recovery: 'correctable', when: 'The feed of a catalogue could not be fetched; what was synced before stays.', remedy: 'Check that the URL is public and https, answers in time, and is not too large.' },
  INVALID_FEED_FORMAT: { recovery: 'correctable', when: 'What the feed of a catalogue holds is not of its `feed_format`.', remedy: 'Name the right `feed_format`, or correct the feed.' },
  ITEM_VALIDATION_FAILED: { recovery: 'correctable', when: 'Beside an item in `item_issues`: it is not what an item of its catalogue has to be, and is not shown.', remedy: 'Correct the item and sync the catalogue again.' },
  CATALOG_LIMIT_EXCEEDED: { recovery: 'correctable', when: 'The account would have too many catalogues, or the catalogue too many items.', remedy: 'Delete catalogues that are not needed, or divide the large one.' },
  MEDIA_BUY_NOT_FOUND: { recovery: 'correctable', when: 'The media buy does not exist for this caller.', remedy: 'List the known ones with `get_media_buys`.' },
  PACKAGE_NOT_FOUND: { recovery: 'correctable', when: 'The package is not part of the media buy.', remedy: 'Read the package ids with `get_media_buys`.' },
  INVALID_STATE: { recovery: 'correctable', when: 'The media buy has ended and can no longer change.', remedy: 'Create a new media buy.' },
  NOT_CANCELLABLE: { recovery: 'correctable', when: 'The media buy has ended and cannot be canceled.', remedy: 'Nothing is left to cancel.' },
  GOVERNANCE_DENIED: {
    recovery: 'correctable',
    when: "The account's governance agent denies the purchase or the change, or sets conditions that cannot be met; nothing was changed.",
    remedy: 'Read `details.findings` and `details.conditions`, change the request and send it with a new idempotency key, or ask people.',
  },
  GOVERNANCE_UNAVAILABLE: { recovery: 'transient', when: "The account's governance agent gave no verdict; nothing was changed.", remedy: 'Wait `retry_after` seconds, then repeat the call with the same key; if it lasts, ask who runs the agent.' },
  PLAN_NOT_FOUND: { recovery: 'correctable', when: "The account's governance agent knows no such plan.", remedy: 'Give the agent the plan, or name another `plan_id`.' },
  CAMPAIGN_SUSPENDED: { recovery: 'transient', when: 'People look at the governance plan before anything more is bought under it.', remedy: 'Wait until they have decided.' },
  ACTION_NOT_ALLOWED: { recovery: 'correctable', when: 'The product does not allow this change now, or not to the buyer.', remedy: 'Choose from `details.currently_available_actions`.' },
  CONFLICT: { recovery: 'transient', when: 'The media buy has changed since `revision` was read.', remedy: 'Read it again and repeat the change with a new key.' },
  IDEMPOTENCY_CONFLICT: { recovery: 'correctable', when: 'The key was used with another payload.', remedy: 'Use a new key for a new request.', bare: true },
  IDEMPOTENCY_EXPIRED: { recovery: 'correctable', when: 'The key is older than the replay window.', remedy: 'Check what exists, then use a new key.' },
  IDEMPOTENCY_IN_FLIGHT: { recovery: 'transient', when: 'The first call with this key still runs.', remedy: 'Wait `retry_after` seconds, then repeat the call.' },
  STALE_RESPONSE: { recovery: 'transient', when: 'Advice beside an answer: what stands behind it cannot be reached, so it shows what was read last.', remedy: 'Use it, or ask again later.' },
  REFERENCE_NOT_FOUND: { recovery: 'correctable', when: 'A task, or a variant of a creative that has served, does not exist for this caller and account.', remedy: 'List the known ones with `list_tasks`, or `list_creatives`.' },
  UNSUPPORTED_GRANULARITY: { recovery: 'correctable', when: 'Delivery is not kept at this granularity.', remedy: 'Use one that the product reports.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** One violation of a request's shape; the pointer is RFC 6901. */
export interface ErrorIssue {
  readonly pointer: string;
  readonly message: string;
  readonly keyword: string;
}

/** AdCP's error object (`core/error.json`). */
export interface AdcpError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly recovery: Recovery;
  /** Dots and `[index]`, no leading `$` or `/`: `packages[0].budget`. Compared literally by buyers. */
  readonly field?: string;
  readonly suggestion?: string;
  /** Seconds, 1 to 3600. */
  readonly retry_after?: number;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly issues?: readonly ErrorIssue[];
}

export type ErrorExtras = Partial<Omit<AdcpError, 'code' | 'message'>>;

/** An error of a code, with the code's own recovery and remedy unless the extras say otherwise. */
export function adcpError(code: ErrorCode, message: string, extras: ErrorExtras = {}): AdcpError {
  const row: ErrorRow = ERRORS[code];
  return { code, message, recovery: row.recovery, ...(row.bare ? {} : { suggestion: row.remedy, ...extras }) };
}

/** What a rule answers instead of a result. The first error is the one that `adcp_error` repeats. */
export interface Refused {
  readonly kind: 'refused';
  readonly errors: readonly [AdcpError, ...AdcpError[]];
}

export function refused(...errors: [AdcpError, ...AdcpError[]]): Refused {
  return { kind: 'refused', errors };
}

/** A refusal with one error. */
export function refuse(code: ErrorCode, message: string, extras: ErrorExtras = {}): Refused {
  return refused(adcpError(code, message, extras));
}

/** Shorthand for the most common refusal: a member that is wrong or missing. */
export function invalid(field: string, message: string, extras: ErrorExtras = {}): Refused {
  return refuse('INVALID_REQUEST', message, { field, ...extras });
}
