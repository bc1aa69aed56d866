/** Where and how often delivery is to be reported. */
import { Type, type Static } from 'typebox';
import { AvailableMetric } from './metric.ts';
import { ReportingFrequency } from './reporting-capabilities.ts';
import { Uri } from './texts.ts';
import { WebhookAuthentication } from './webhook-authentication.ts';

export const ReportingWebhook = Type.Object({
  url: Uri,
  authentication: WebhookAuthentication,
  reporting_frequency: ReportingFrequency,
  token: Type.Optional(Type.String({ minLength: 16 })),
  requested_metrics: Type.Optional(Type.Array(AvailableMetric, { uniqueItems: true })),
});
export type ReportingWebhook = Static<typeof ReportingWebhook>;

/** Where the content beside which ads ran is to be reported. */
export const ArtifactWebhook = Type.Object({
  url: Uri,
  authentication: WebhookAuthentication,
  delivery_mode: Type.Enum(['realtime', 'batched']),
  token: Type.Optional(Type.String({ minLength: 16 })),
  batch_frequency: Type.Optional(Type.Enum(['hourly', 'daily'])),
  sampling_rate: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
});
export type ArtifactWebhook = Static<typeof ArtifactWebhook>;
