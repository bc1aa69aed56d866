import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { readableSchema } from '../readable-schema.ts';

/** Whether a task's requests need an idempotency key: its request schema says so; without one, the list of AdCP 3.1 does. */
export function isMutating(task: string, schemas: SchemaCatalogue | undefined): boolean {
  const schema = readableSchema(schemas, schemas?.refOf(task, 'request'));
  return schema === undefined ? MUTATING.has(task) : Array.isArray(schema['required']) && schema['required'].includes('idempotency_key');
}

export const MUTATING: ReadonlySet<string> = new Set([
  'report_usage', 'sync_accounts', 'sync_governance', 'acquire_rights', 'update_rights', 'creative_approval', 'create_collection_list',
  'update_collection_list', 'delete_collection_list', 'create_property_list', 'update_property_list', 'delete_property_list',
  'create_content_standards', 'update_content_standards', 'calibrate_content', 'sync_creatives', 'build_creative', 'report_plan_outcome',
  'sync_plans', 'create_media_buy', 'update_media_buy', 'log_event', 'provide_performance_feedback', 'sync_audiences', 'sync_catalogs',
  'sync_event_sources', 'activate_signal', 'si_initiate_session', 'si_send_message',
]);
