/** An account: who buys, for which brand, and who is billed. */
import { Type, type Static } from 'typebox';
import { BrandRef } from './brand-ref.ts';
import { BusinessEntity } from './business-entity.ts';
import { NotificationConfig } from './notification-config.ts';
import { Amount, Ordinal } from './numbers.ts';
import { Ext } from './open-object.ts';
import { Currency, DateTime, Domain, HttpsUri, Uri } from './texts.ts';

export const ACCOUNT_STATUSES = ['active', 'pending_approval', 'rejected', 'payment_required', 'suspended', 'closed'] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export const BILLING_PARTIES = ['operator', 'agent', 'advertiser'] as const;
export type BillingParty = (typeof BILLING_PARTIES)[number];

export const PAYMENT_TERMS = ['net_15', 'net_30', 'net_45', 'net_60', 'net_90', 'prepay'] as const;
export type PaymentTerms = (typeof PAYMENT_TERMS)[number];

export const ACCOUNT_SCOPES = ['operator', 'brand', 'operator_brand', 'agent'] as const;
export type AccountScope = (typeof ACCOUNT_SCOPES)[number];

export const CLOUD_STORAGE_PROTOCOLS = ['s3', 'gcs', 'azure_blob'] as const;

export const CreditLimit = Type.Object({ amount: Amount, currency: Currency });

/** What the buyer still has to do before the account can trade. */
export const AccountSetup = Type.Object({
  message: Type.String(),
  url: Type.Optional(Uri),
  expires_at: Type.Optional(DateTime),
});
export type AccountSetup = Static<typeof AccountSetup>;

/** A governance agent as the seller shows it: never with its credentials. */
export const GovernanceAgentShown = Type.Object({ url: HttpsUri }, { additionalProperties: false });

/** Where delivery files are dropped. */
const ReportingBucket = Type.Object({
  protocol: Type.Enum(CLOUD_STORAGE_PROTOCOLS),
  bucket: Type.String({ pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$', minLength: 3, maxLength: 63 }),
  file_retention_days: Ordinal,
  prefix: Type.Optional(Type.String({ pattern: '^[a-zA-Z0-9/_.-]+$', maxLength: 512 })),
  region: Type.Optional(Type.String({ pattern: '^[a-z0-9-]+$', maxLength: 64 })),
  format: Type.Optional(Type.Enum(['jsonl', 'csv', 'parquet', 'avro', 'orc'])),
  compression: Type.Optional(Type.Enum(['gzip', 'none'])),
  setup_instructions: Type.Optional(HttpsUri),
}, { additionalProperties: false });

export const Account = Type.Object({
  account_id: Type.String(),
  name: Type.String(),
  status: Type.Enum(ACCOUNT_STATUSES),
  brand: Type.Optional(BrandRef),
  operator: Type.Optional(Domain),
  billing: Type.Optional(Type.Enum(BILLING_PARTIES)),
  payment_terms: Type.Optional(Type.Enum(PAYMENT_TERMS)),
  account_scope: Type.Optional(Type.Enum(ACCOUNT_SCOPES)),
  sandbox: Type.Optional(Type.Boolean()),
  setup: Type.Optional(AccountSetup),
  billing_entity: Type.Optional(BusinessEntity),
  advertiser: Type.Optional(Type.String()),
  billing_proxy: Type.Optional(Type.String()),
  rate_card: Type.Optional(Type.String()),
  credit_limit: Type.Optional(CreditLimit),
  governance_agents: Type.Optional(Type.Array(GovernanceAgentShown, { minItems: 1, maxItems: 1 })),
  reporting_bucket: Type.Optional(ReportingBucket),
  notification_configs: Type.Optional(Type.Array(NotificationConfig, { maxItems: 16 })),
  ext: Type.Optional(Ext),
});
export type Account = Static<typeof Account>;

/** What the caller may do on an account. */
export const AccountAuthorization = Type.Object({
  allowed_tasks: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9_]*$' }), { uniqueItems: true }),
  field_scopes: Type.Optional(Type.Unsafe<Record<string, string[]>>({
    type: 'object', additionalProperties: { type: 'array', items: { type: 'string' }, uniqueItems: true },
  })),
  scope_name: Type.Optional(Type.Union([
    Type.Enum(['attestation_verifier']),
    Type.Unsafe<`custom:${string}`>({ type: 'string', pattern: '^custom:[a-z][a-z0-9_]*$' }),
  ])),
  read_only: Type.Optional(Type.Boolean()),
});
export type AccountAuthorization = Static<typeof AccountAuthorization>;

/** An account with the caller's rights on it: an entry of `list_accounts`. */
export const AccountWithAuthorization = Type.Intersect([
  Account, Type.Object({ authorization: Type.Optional(AccountAuthorization) }),
]);
export type AccountWithAuthorization = Static<typeof AccountWithAuthorization>;
