/** The configuration file's shape. Unknown keys are refused, so that a typing error cannot pass as a setting. */
import { Type, type Static } from 'typebox';
import { LimitSettings } from './limits.ts';

const closed = { additionalProperties: false } as const;
const switchable = <Shape extends ReturnType<typeof Type.Object>>(shape: Shape) => Type.Union([Type.Boolean(), shape]);

export const FeatureSwitches = Type.Object({
  conversion_tracking: Type.Optional(switchable(Type.Object({
    multi_source_event_dedup: Type.Optional(Type.Boolean()),
    per_creative_attribution: Type.Optional(Type.Boolean()),
    supported_targets: Type.Optional(Type.Array(Type.Enum(['cost_per', 'per_ad_spend', 'maximize_value']), { minItems: 1, uniqueItems: true })),
  }, closed))),
  audience_targeting: Type.Optional(switchable(Type.Object({ minimum_audience_size: Type.Optional(Type.Integer({ minimum: 1 })) }, closed))),
  vendor_metric_optimization: Type.Optional(Type.Boolean()),
  frequency_capping: Type.Optional(Type.Boolean()),
  optimization_metrics: Type.Optional(Type.Array(Type.Enum(['clicks', 'views', 'completed_views', 'viewed_seconds', 'reach']), { uniqueItems: true })),
  creative_library: Type.Optional(Type.Boolean()),
  inline_creatives: Type.Optional(Type.Boolean()),
  catalogs: Type.Optional(Type.Boolean()),
  wholesale: Type.Optional(Type.Boolean()),
  signals: Type.Optional(Type.Boolean()),
  property_lists: Type.Optional(Type.Boolean()),
  governance: Type.Optional(Type.Boolean()),
  account_financials: Type.Optional(Type.Boolean()),
  refine: Type.Optional(Type.Boolean()),
  proposals: Type.Optional(Type.Boolean()),
}, closed);
export type FeatureSwitches = Static<typeof FeatureSwitches>;

const BillingParties = Type.Array(Type.Enum(['operator', 'agent', 'advertiser']), { minItems: 1, uniqueItems: true });

export const ConfiguredPrincipal = Type.Object({
  principal_id: Type.String({ minLength: 1, maxLength: 200 }),
  key_sha256: Type.String({ pattern: '^[0-9a-f]{64}$', title: 'the SHA-256 of an API key, 64 digits of lower-case hex' }),
  billing: Type.Optional(BillingParties),
}, closed);
export type ConfiguredPrincipal = Static<typeof ConfiguredPrincipal>;

export const PlanOfAccount = Type.Object({
  account_id: Type.Optional(Type.String({ minLength: 1 })),
  brand: Type.Optional(Type.String({ minLength: 1 })),
  operator: Type.Optional(Type.String({ minLength: 1 })),
  plan_id: Type.String({ minLength: 1 }),
}, closed);
export type PlanOfAccount = Static<typeof PlanOfAccount>;

export const OAuthSettings = Type.Object({
  issuer: Type.String({ pattern: '^https://[^\\s?#]+$', title: 'the URL of who issues the tokens, as their "iss" says it' }),
  jwks_uri: Type.Optional(Type.String({ pattern: '^https://\\S+$', title: 'a URL that begins with https://' })),
  jwks_file: Type.Optional(Type.String({ minLength: 1, description: 'a file with the issuer\'s public keys, in place of jwks_uri' })),
  audience: Type.Optional(Type.String({ minLength: 1, description: 'what tokens name in "aud"; default: the URL of this agent' })),
  principal_claim: Type.Optional(Type.String({ minLength: 1, description: 'the claim that says whose calls these are; default: sub' })),
  accounts_claim: Type.Optional(Type.String({ minLength: 1, description: 'a claim with the account_ids that a token is good for; default: none, and tokens are good for all of the principal\'s' })),
  read_scope: Type.Optional(Type.String({ pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$', description: 'default: adcp:read' })),
  write_scope: Type.Optional(Type.String({ pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$', description: 'default: adcp:write' })),
}, closed);
export type OAuthSettings = Static<typeof OAuthSettings>;

const Operations = Type.Array(Type.String({ minLength: 1 }), { uniqueItems: true });
const Methods = Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_]*/[a-z][a-z0-9_]*$', title: 'a method of the transport, such as tasks/cancel' }), { uniqueItems: true });
const HttpsUrl = Type.String({ pattern: '^https://\\S+$', title: 'a URL that begins with https://' });

export const ConfiguredSigner = Type.Object({
  principal_id: Type.String({ minLength: 1, maxLength: 200, description: 'for whom it may call' }),
  brand_json_url: Type.Optional(HttpsUrl),
  agent_url: Type.Optional(Type.String({ minLength: 1, description: 'with brand_json_url: which of the agents there, as its "url" says it' })),
  jwks_uri: Type.Optional(HttpsUrl),
  jwks_file: Type.Optional(Type.String({ minLength: 1, description: 'a file with its public keys, in place of a URL' })),
  revocation_uri: Type.Optional(HttpsUrl),
  revocation_grace_seconds: Type.Optional(Type.Integer({ minimum: 0, description: 'for how long a list counts after its next one was due; default: 900' })),
  revoked_kids: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { description: 'keys that are not taken, whatever the signer publishes' })),
  signs_in: Type.Optional(Type.Boolean({ description: 'whether its signature is enough, without a key or a token; default: no' })),
  billing: Type.Optional(BillingParties),
}, closed);
export type ConfiguredSigner = Static<typeof ConfiguredSigner>;

export const RequestSigningSettings = Type.Object({
  covers_content_digest: Type.Optional(Type.Enum(['required', 'forbidden', 'either'])),
  required_for: Type.Optional(Operations),
  warn_for: Type.Optional(Operations),
  supported_for: Type.Optional(Operations),
  protocol_methods_required_for: Type.Optional(Methods),
  protocol_methods_warn_for: Type.Optional(Methods),
  protocol_methods_supported_for: Type.Optional(Methods),
  nonces_per_key: Type.Optional(Type.Integer({ minimum: 1, description: 'signatures of one key that may be valid at a time; default: 1000000' })),
  signers: Type.Array(ConfiguredSigner, { minItems: 1 }),
}, closed);
export type RequestSigningSettings = Static<typeof RequestSigningSettings>;

export const ConfigFile = Type.Object({
  host: Type.Optional(Type.String({ minLength: 1 })),
  port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })),
  data: Type.Optional(Type.String({ minLength: 1 })),
  sandbox: Type.Optional(Type.Boolean()),
  expose_sandbox: Type.Optional(Type.Boolean({ description: 'whether the sandbox, whose keys everybody knows, may listen where other machines reach it' })),
  training_agent: Type.Optional(Type.String({ minLength: 1, description: 'the module that the sandbox is loaded from; default: the one that comes with the program' })),
  public_url: Type.Optional(Type.String({ pattern: '^https://[^\\s?#]+$', format: 'url', title: 'a URL that begins with https://, without ? and #' })),
  stop_within_seconds: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 3_600, description: 'how long a stop waits for what runs; default: 10' })),
  log: Type.Optional(Type.Enum(['silent', 'error', 'warn', 'info', 'debug'])),
  seller: Type.Optional(Type.Object({
    name: Type.Optional(Type.String({ minLength: 1 })),
    publisher_domain: Type.Optional(Type.String({ pattern: '^[a-z0-9.-]+\\.[a-z]+$', title: 'a domain in lower case, such as daily-trail.example' })),
    supported_billing: Type.Optional(BillingParties),
    signed_insertion_orders: Type.Optional(Type.Boolean({ description: 'whether a proposal is sold only to who signs its insertion order; default: no' })),
    payment_terms: Type.Optional(Type.Array(Type.Enum(['net_15', 'net_30', 'net_45', 'net_60', 'net_90', 'prepay']), { minItems: 1, uniqueItems: true })),
  }, closed)),
  features: Type.Optional(FeatureSwitches),
  principals: Type.Optional(Type.Array(ConfiguredPrincipal)),
  oauth: Type.Optional(OAuthSettings),
  request_signing: Type.Optional(RequestSigningSettings),
  catalogue: Type.Optional(Type.Union([Type.String({ minLength: 1 }), Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })], {
    description: 'files or folders with products, for a server without the sandbox',
  })),
  review: Type.Optional(Type.Object({
    buys: Type.Optional(Type.Enum(['none', 'guaranteed', 'all'])),
    briefs: Type.Optional(Type.Boolean()),
    creatives: Type.Optional(Type.Union([Type.Enum(['none', 'all']), Type.Object({
      formats: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
      products: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    }, closed)])),
    catalog_items: Type.Optional(Type.Boolean()),
    approve_after_seconds: Type.Optional(Type.Number({ minimum: 0 })),
  }, closed)),
  governance: Type.Optional(Type.Object({
    plans: Type.Optional(Type.Array(PlanOfAccount, { description: 'the governance plans of accounts whose requests name none; the first that fits counts' })),
  }, closed)),
  hosts: Type.Optional(Type.Record(Type.String({ pattern: '^https://[^/]+$' }), Type.String({ pattern: '^https?://[^/]+$' }), {
    description: 'where hosts of a sandbox really stand: https://governance.example: http://127.0.0.1:4321',
  })),
  webhooks: Type.Optional(Type.Object({
    signature: Type.Optional(Type.Enum(['ed25519', 'ecdsa-p256-sha256'])),
  }, closed)),
  retention: Type.Optional(Type.Object({
    tasks_days: Type.Optional(Type.Integer({ minimum: 1 })),
    webhooks_days: Type.Optional(Type.Integer({ minimum: 1 })),
    failed_jobs_days: Type.Optional(Type.Integer({ minimum: 1 })),
  }, closed)),
  database: Type.Optional(Type.Object({
    connections: Type.Integer({ minimum: 2, maximum: 1_000 }),
  }, { ...closed, description: 'how many connections a server opens to PostgreSQL at most; default: 10' })),
  metrics: Type.Optional(Type.Object({
    port: Type.Integer({ minimum: 0, maximum: 65_535 }),
    host: Type.Optional(Type.String({ minLength: 1 })),
  }, { ...closed, description: 'where Prometheus reads /metrics; default: nowhere' })),
  limits: Type.Optional(LimitSettings),
  proxies: Type.Optional(Type.Integer({ minimum: 0, maximum: 10, description: 'how many proxies stand in front and add to X-Forwarded-For; default: one, when calls come from a private address with that header' })),
}, closed);
export type ConfigFile = Static<typeof ConfigFile>;
