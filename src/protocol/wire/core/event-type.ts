/** What a person did after an ad, and where. */
import { Type } from 'typebox';

export const EVENT_TYPES = [
  'page_view', 'view_content', 'select_content', 'select_item', 'search', 'share', 'add_to_cart', 'remove_from_cart', 'viewed_cart',
  'add_to_wishlist', 'initiate_checkout', 'add_payment_info', 'purchase', 'refund', 'lead', 'qualify_lead', 'close_convert_lead',
  'disqualify_lead', 'complete_registration', 'subscribe', 'follow', 'content_view', 'watch_milestone', 'start_trial', 'app_install',
  'app_launch', 'contact', 'schedule', 'donate', 'submit_application', 'custom',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
export const EventType = Type.Enum(EVENT_TYPES);

export const ACTION_SOURCES = [
  'website', 'app', 'offline', 'phone_call', 'chat', 'email', 'in_store', 'system_generated', 'other',
] as const;
export type ActionSource = (typeof ACTION_SOURCES)[number];
export const ActionSource = Type.Enum(ACTION_SOURCES);
