/** Tasks as they are polled and announced. */
import { Type, type Static } from 'typebox';

export const TASK_TYPES = [
  'create_media_buy', 'update_media_buy', 'media_buy_delivery', 'sync_creatives', 'build_creative', 'activate_signal', 'get_products', 'get_signals',
  'create_property_list', 'update_property_list', 'get_property_list', 'list_property_lists', 'delete_property_list', 'sync_accounts',
  'get_account_financials', 'get_creative_delivery', 'sync_event_sources', 'sync_audiences', 'sync_catalogs', 'log_event', 'get_brand_identity',
  'search_brands', 'get_rights', 'acquire_rights',
] as const;
export type TaskType = (typeof TASK_TYPES)[number];

export const AGENT_PROTOCOLS = ['media-buy', 'signals', 'governance', 'creative', 'brand', 'sponsored-intelligence', 'measurement'] as const;

/** The part of AdCP that a task belongs to. Those of a seller of media belong to one. */
export const AgentProtocol = Type.Enum(AGENT_PROTOCOLS);
export type AgentProtocol = Static<typeof AgentProtocol>;

export const TASK_DOMAINS = ['media-buy', 'signals', 'creative'] as const;
