/** Who counts for the invoice, what is owed when a promise is missed, and the promises themselves. */
import { Type, type Static } from 'typebox';
import { BrandRef } from './brand-ref.ts';
import { ViewabilityStandard } from './metric.ts';
import { Count, Share } from './numbers.ts';

export const MAKEGOOD_REMEDIES = ['additional_delivery', 'credit', 'invoice_adjustment'] as const;

export const MeasurementTerms = Type.Object({
  billing_measurement: Type.Optional(Type.Object({
    vendor: BrandRef,
    max_variance_percent: Type.Optional(Type.Number({ minimum: 0, exclusiveMaximum: 100 })),
    measurement_window: Type.Optional(Type.String()),
    finalization_deadline_hours: Type.Optional(Count),
  })),
  makegood_policy: Type.Optional(Type.Object({
    available_remedies: Type.Array(Type.Enum(MAKEGOOD_REMEDIES), { minItems: 1, uniqueItems: true }),
  })),
});
export type MeasurementTerms = Static<typeof MeasurementTerms>;

export const PERFORMANCE_STANDARD_METRICS = ['viewability', 'ivt', 'completion_rate', 'brand_safety', 'attention_score'] as const;

/** A threshold that the delivery must hold, as this vendor measures it. */
export const PerformanceStandard = Type.Object({
  metric: Type.Enum(PERFORMANCE_STANDARD_METRICS),
  threshold: Share,
  vendor: BrandRef,
  standard: Type.Optional(ViewabilityStandard),
});
export type PerformanceStandard = Static<typeof PerformanceStandard>;

/** A time after which counts are taken as they stand: `live`, `c3`, `c7`, `post_sivt`. */
export const MeasurementWindow = Type.Object({
  window_id: Type.String({ maxLength: 50 }),
  duration_days: Count,
  description: Type.Optional(Type.String({ maxLength: 500 })),
  expected_availability_days: Type.Optional(Count),
  is_guarantee_basis: Type.Optional(Type.Boolean()),
});
export type MeasurementWindow = Static<typeof MeasurementWindow>;
