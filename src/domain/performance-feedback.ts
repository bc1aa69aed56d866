/** What a buyer thinks of how its buy does (seller specification §2.18). Facts: nothing is worked out from them, the platform is told. */
import type { FeedbackMetric, FeedbackSource } from '../protocol/wire/provide-performance-feedback.ts';

export interface FeedbackRecord {
  readonly principal_id: string;
  readonly media_buy_id: string;
  /** Absent: the whole buy is meant. */
  readonly package_id?: string;
  readonly creative_id?: string;
  /** ISO 8601; it may lie in the future. */
  readonly measurement_period: { readonly start: string; readonly end: string };
  /** 1 is as expected, 0 worth nothing. */
  readonly performance_index: number;
  readonly metric_type: FeedbackMetric;
  readonly feedback_source: FeedbackSource;
  readonly received_at: string;
}
