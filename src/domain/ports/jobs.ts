/** Work that commits leave behind: what each kind of job is told, and how it is queued. */
import type { ItemRuling } from '../catalog/item-ruling.ts';
import type { CreativeDecision } from '../creative-review.ts';
import type { DeliveryCheckDue } from '../governance/delivery-check.ts';
import type { ReportDue } from '../report-schedule.ts';
import type { WindowDue } from '../window-notice.ts';
import type { HttpCall } from './platform.ts';

/** Work to do after the commit, at least once, in order within its `lane`. */
interface JobFrame {
  readonly job_id: string;
  /** On whose behalf. */
  readonly principal_id: string;
  /** Jobs of one lane run one after another. */
  readonly lane: string;
  readonly run_at: string;
}

/** What each kind of job is told. */
export interface JobPayloads {
  readonly push_upstream: { readonly platform_id: string; readonly calls: readonly HttpCall[] };
  /** `earlier_attempts`: made before an operator sent it again; its schedule begins anew. */
  readonly deliver_webhook: { readonly webhook_id: string; readonly earlier_attempts?: number };
  readonly report_delivery: ReportDue;
  readonly report_window: WindowDue;
  readonly check_delivery: DeliveryCheckDue;
  /** `rejected`: by a person, for a reason that the buyer is told. */
  readonly settle_task: { readonly task_id: string; readonly verdict: 'approved' } | { readonly task_id: string; readonly verdict: 'rejected'; readonly reason: string };
  /** `content_at`: the decision is about that content; `timed`: nobody decided in time, so that it counts only for what still waits. */
  readonly settle_creative: {
    readonly library: string; readonly creative_id: string; readonly package_id?: string; readonly content_at?: string; readonly timed?: true;
    readonly decision: CreativeDecision;
  };
  readonly rule_on_item: { readonly library: string; readonly catalog_id: string; readonly item_id: string; readonly ruling: ItemRuling };
  /** `due`: when, as the catalogue says; a catalogue that says another time has been synced since. */
  readonly fetch_feed: { readonly library: string; readonly catalog_id: string; readonly due: string };
}
export type JobKind = keyof JobPayloads;
/** Which span left the job behind, where traces are kept; it stands in the payload, so that every store keeps it. */
interface Traced { readonly traceparent?: string }
export type JobOf<Kind extends JobKind> = JobFrame & { readonly kind: Kind; readonly payload: JobPayloads[Kind] & Traced };
export type NewJob = { [Kind in JobKind]: JobOf<Kind> }[JobKind];

export interface Job {
  readonly job: NewJob;
  readonly attempts: number;
}

/** How many jobs of a kind wait or run, and since when the oldest could have. */
export interface QueueDepth {
  readonly kind: JobKind;
  readonly waiting: number;
  /** ISO 8601; to come when the oldest is not due yet. */
  readonly oldest_run_at: string;
}
