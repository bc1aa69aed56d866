/** Records of a library as stored, for tests; each is new (`row_version` 0) unless a test says otherwise. */
import type { AccountRecord } from '../../src/domain/account.ts';
import type { AudienceRecord } from '../../src/domain/audience.ts';
import { NO_ITEMS, type CatalogItemRecord, type CatalogRecord } from '../../src/domain/catalog/catalog.ts';
import type { EventBatch, EventRecord } from '../../src/domain/conversion-event.ts';
import type { CreativeRecord } from '../../src/domain/creative.ts';
import type { EventSourceRecord } from '../../src/domain/event-source.ts';
import type { AudienceMember } from '../../src/protocol/wire/core/audience.ts';
import type { CreativeAsset } from '../../src/protocol/wire/core/creative-asset.ts';
import type { EventSource } from '../../src/protocol/wire/core/event-source.ts';

const AT = '2026-11-20T12:00:00.000Z';
const OWNER = { principal_id: 'buyer', account_id: 'acct_test', library: 'acct_test', row_version: 0 } as const;

export function accountRecord(account_id: string, more: Partial<AccountRecord> = {}): AccountRecord {
  return {
    account_id,
    principal_id: 'buyer',
    library: account_id,
    row_version: 0,
    brand: { domain: 'trailandtent.example' },
    operator: 'northlight-media.example',
    sandbox: false,
    name: account_id,
    status: 'active',
    billing: 'operator',
    account_scope: 'operator_brand',
    created_at: AT,
    ...more,
  };
}

export function creativeRecord(
  creative_id: string,
  more: Partial<Omit<CreativeRecord, 'creative'>> = {},
  creative: Partial<CreativeAsset> = {},
): CreativeRecord {
  return {
    ...OWNER,
    creative_id,
    status: 'approved',
    created_date: AT,
    updated_date: AT,
    ...more,
    creative: {
      creative_id,
      name: `Creative ${creative_id}`,
      format_id: { agent_url: 'https://seller.example/mcp', id: 'display_300x250' },
      assets: {},
      ...creative,
    },
  };
}

export function audienceRecord(audience_id: string, more: Partial<AudienceRecord> = {}): AudienceRecord {
  return { ...OWNER, audience_id, member_count: 0, total_uploaded_count: 0, last_synced_at: AT, ...more };
}

export const member = (external_id: string): AudienceMember => ({
  external_id,
  hashed_email: external_id.padStart(64, '0').replaceAll(/[^0-9a-f]/g, 'a'),
});

export function sourceRecord(
  event_source_id: string,
  more: Partial<Omit<EventSourceRecord, 'source'>> = {},
  source: Partial<EventSource> = {},
): EventSourceRecord {
  return { ...OWNER, event_source_id, created_at: AT, updated_at: AT, ...more, source: { event_source_id, ...source } };
}

export function catalogRecord(catalog_id: string, more: Partial<CatalogRecord> = {}): CatalogRecord {
  return { ...OWNER, catalog_id, catalog: { catalog_id, type: 'product' }, counts: NO_ITEMS, items_hash: '', created_at: AT, last_synced_at: AT, ...more };
}

export function itemRecord(item_id: string, more: Partial<CatalogItemRecord> = {}): CatalogItemRecord {
  return { item_id, content_id: item_id, status: 'approved', reasons: [], item: { item_id }, listed: true, ...more };
}

/** A purchase of 10 USD at noon. */
export function purchase(event_id: string, more: Partial<EventRecord['event']> = {}): EventRecord {
  const event = {
    event_id,
    event_type: 'purchase',
    event_time: AT,
    custom_data: { value: 10, currency: 'USD' },
    ...more,
  } as EventRecord['event'];
  return { event_id, event_type: event.event_type, event_time: new Date(event.event_time).toISOString(), event };
}

export function eventBatch(event_source_id: string, events: readonly EventRecord[], more: Partial<EventBatch> = {}): EventBatch {
  return { principal_id: 'buyer', library: 'acct_test', event_source_id, received_at: AT, events, ...more };
}
