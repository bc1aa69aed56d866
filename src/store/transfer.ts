/**
 * How a store moves to another engine: its tables as rows of values that both engines know, and a digest of each table by which they are compared.
 * Tables stand in an order in which whatever a row refers to comes before it.
 */
import { createHash } from 'node:crypto';

/** `time`: an instant; `texts`: a list; `bytes`: hex; `json`: a document, told by what it says and not by its blanks. */
export type ColumnKind = 'text' | 'texts' | 'json' | 'integer' | 'real' | 'boolean' | 'time' | 'bytes' | 'uuid';

/** By kind: text, JSON text of a list, JSON text, number, number, boolean, ISO 8601 with milliseconds, hex, text. */
export type TransferValue = string | number | boolean | null;

export interface TransferTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnKind>>;
  /** The column whose numbers the engine hands out by itself. */
  readonly numbered?: string;
}

/** In the order of the table's columns. */
export type TransferRow = readonly TransferValue[];

/** What a table holds: how many rows, and what they add up to. */
export interface TableSum {
  readonly rows: number;
  /** Hex. Rows in another order add up to the same, rows with other values do not. */
  readonly digest: string;
}

const WORD = 2n ** 256n;

/** Adds up rows, one after another. */
export class Summing {
  #rows = 0;
  #sum = 0n;

  add(row: TransferRow): void {
    this.#rows += 1;
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(JSON.stringify(row)).digest('hex')}`)) % WORD;
  }

  get sum(): TableSum {
    return { rows: this.#rows, digest: this.#sum.toString(16).padStart(64, '0') };
  }
}

const text = 'text', json = 'json', integer = 'integer', time = 'time', boolean = 'boolean';
const counters = { impressions: integer, clicks: integer, views: integer, completed_views: integer, spend_micros: integer } as const;
const attributed = { conversions: integer, conversion_value_micros: integer, attributed_conversions: integer, attributed_value_micros: integer } as const;
const library = { seq: integer, principal_id: text, library: text, row_version: integer, record: json } as const;

export const TRANSFER_TABLES: readonly TransferTable[] = [
  { name: 'accounts', numbered: 'seq', columns: {
    seq: integer, principal_id: text, account_id: text, brand_domain: text, brand_id: text, operator: text, sandbox: boolean, status: text, governed: boolean,
    row_version: integer, record: json,
  } },
  { name: 'media_buys', numbered: 'seq', columns: {
    ...library, media_buy_id: text, account_id: text, status: text, currency: text, start_time: time, end_time: time, due_at: time,
  } },
  { name: 'packages', columns: { principal_id: text, package_id: text, buy: integer, product_id: text } },
  { name: 'creative_assignments', columns: { principal_id: text, creative_id: text, buy: integer, package_id: text, assigned_date: text } },
  { name: 'goals', columns: { buy: integer, position: integer, library: text, event_source_id: text, event_type: text, entry: json } },
  { name: 'proposals', numbered: 'seq', columns: { ...library, proposal_id: text, origin: text, forget_at: time } },
  { name: 'inventory', numbered: 'seq', columns: { seq: integer, kind: text, document: json } },
  { name: 'creatives', numbered: 'seq', columns: {
    ...library, creative_id: text, account_id: text, name: text, status: text, created_date: time, updated_date: time, concept_id: text, tags: 'texts',
    format_agent: text, format_id: text, format_width: 'real', format_height: 'real', format_duration_ms: 'real', variables: integer, purged_at: time, purge: text,
  } },
  { name: 'previews', numbered: 'seq', columns: { seq: integer, preview_id: text, principal_id: text, library: text, creative_id: text, expires_at: time, record: json } },
  { name: 'audiences', numbered: 'seq', columns: { ...library, audience_id: text } },
  { name: 'audience_members', columns: { audience: integer, external_id: text, member: json } },
  { name: 'catalogs', numbered: 'seq', columns: { ...library, catalog_id: text } },
  { name: 'catalog_items', columns: { catalog: integer, item_id: text, content_id: text, status: text, listed: boolean, position: integer, record: json } },
  { name: 'event_sources', numbered: 'seq', columns: { ...library, event_source_id: text } },
  { name: 'event_streams', numbered: 'stream', columns: { stream: integer, library: text, event_source_id: text, event_type: text } },
  { name: 'events', columns: { stream: integer, event_id: text, event_time: integer, received_at: integer, event: json } },
  { name: 'attributions', columns: {
    buy: integer, event_type: text, event_id: text, package_id: text, creative_id: text, day: text, hour: text, value_micros: integer,
  } },
  { name: 'delivery', columns: { buy: integer, package_id: text, creative_id: text, day: text, ...counters, ...attributed } },
  { name: 'delivery_hours', columns: { buy: integer, hour: text, package_id: text, creative_id: text, ...counters, ...attributed } },
  { name: 'delivery_metrics', columns: { buy: integer, package_id: text, creative_id: text, day: text, metric: text, amount: integer } },
  { name: 'delivery_parts', columns: { buy: integer, dimension: text, package_id: text, part: text, day: text, ...counters } },
  { name: 'delivery_gauges', columns: { buy: integer, gauges: json } },
  { name: 'performance_feedback', numbered: 'seq', columns: { seq: integer, principal_id: text, media_buy_id: text, record: json } },
  { name: 'usage_records', numbered: 'seq', columns: { seq: integer, principal_id: text, account_id: text, record: json } },
  { name: 'idempotency', columns: {
    scope: text, key: text, task: text, fingerprint: text, holder: 'uuid', claimed_at: time, claim_expires_at: time, answer_expires_at: time, body: json,
  } },
  { name: 'tasks', numbered: 'seq', columns: {
    seq: integer, principal_id: text, task_id: text, task_type: text, status: text, account_id: text, brand_domain: text, brand_id: text, operator: text,
    has_webhook: boolean, waiting: boolean, context: text, created_at: time, updated_at: time, row_version: integer, record: json,
  } },
  { name: 'webhooks', numbered: 'seq', columns: {
    seq: integer, webhook_id: text, principal_id: text, about: text, notification: text, status: text, created_at: time, record: json, body: text,
  } },
  { name: 'webhook_attempts', columns: { webhook: integer, attempt: integer, record: json } },
  // Nobody works on them while they move: leases are not taken along.
  { name: 'jobs', numbered: 'seq', columns: {
    seq: integer, job_id: text, kind: text, principal_id: text, lane: text, run_at: time, attempts: integer, failed_reason: text, payload: json,
  } },
  { name: 'audit', columns: { seq: integer, at: text, principal_id: text, account_id: text, task: text, subjects: text, hash: 'bytes' } },
  { name: 'signature_nonces', columns: { signer_id: text, keyid: text, nonce: text, expires_at: time } },
  { name: 'api_keys', columns: { key_id: text, key_sha256: text, created_at: time, last_used_at: time, record: json } },
];
