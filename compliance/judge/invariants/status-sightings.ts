import { isObject, type JsonObject, own } from '../../json/object.ts';
import { legacyMediaBuyStatus } from '../media-buy-status.ts';
import type { ResourceKind } from './status-graphs.ts';

/** A resource's status as a reply shows it. */
export interface StatusSighting {
  readonly kind: ResourceKind;
  readonly id: string;
  readonly status: string;
  readonly pointer: string;
}

/** Every status of a resource with a lifecycle that a task's reply shows. */
export function statusSightings(task: string, data: unknown): readonly StatusSighting[] {
  if (!isObject(data)) return [];
  switch (task) {
    case 'create_media_buy': case 'update_media_buy': return [...bodyBuy(task, data), ...approvals(data, '')];
    case 'get_media_buys':
      return list(data, 'media_buys').flatMap(([buy, pointer]) => [...listedBuy(buy, pointer), ...approvals(buy, pointer)]);
    case 'sync_creatives': case 'list_creatives': return simple(data, 'creatives', 'creative', 'creative_id', 'status');
    case 'sync_accounts': case 'list_accounts': return simple(data, 'accounts', 'account', 'account_id', 'status');
    case 'sync_audiences': return simple(data, 'audiences', 'audience', 'audience_id', 'status');
    case 'get_products': return simple(data, 'proposals', 'proposal', 'proposal_id', 'proposal_status');
    case 'sync_catalogs': return catalogItems(data);
    default:
      return task.startsWith('si_')
        ? sighting('si_session', data['session_id'], data['session_status'] ?? data['status'], '/session_status')
        : [];
  }
}

function bodyBuy(task: string, data: JsonObject): readonly StatusSighting[] {
  const nested = data['media_buy'];
  if (isObject(nested)) return listedBuy(nested, '/media_buy');
  const modern = data['media_buy_status'];
  return sighting(
    'media_buy', data['media_buy_id'], modern ?? legacyMediaBuyStatus(task, data), modern === undefined ? '/status' : '/media_buy_status'
  );
}

function listedBuy(buy: JsonObject, pointer: string): readonly StatusSighting[] {
  const member = buy['media_buy_status'] === undefined ? 'status' : 'media_buy_status';
  return sighting('media_buy', buy['media_buy_id'], buy[member], `${pointer}/${member}`);
}

/** A creative is approved for each package on its own. */
function approvals(buy: JsonObject, pointer: string): readonly StatusSighting[] {
  return list(buy, 'packages').flatMap(([pack, at]) => list(pack, 'creative_approvals').flatMap(([approval, place]) => {
    const creative = approval['creative_id'];
    const id = typeof creative === 'string' ? [own(buy, 'media_buy_id'), own(pack, 'package_id'), creative].join('/') : undefined;
    return sighting('creative_approval', id, approval['approval_status'], `${pointer}${at}${place}/approval_status`);
  }));
}

function catalogItems(data: JsonObject): readonly StatusSighting[] {
  return list(data, 'catalogs').flatMap(([catalog, at]) => list(catalog, 'items').flatMap(([item, place]) => {
    const id = item['item_id'] ?? item['offering_id'] ?? item['sku'] ?? item['id'];
    return sighting(
      'catalog_item', typeof id === 'string' ? `${String(catalog['catalog_id'] ?? '')}/${id}` : undefined, item['status'],
      `${at}${place}/status`
    );
  }));
}

function simple(data: JsonObject, key: string, kind: ResourceKind, id: string, status: string): readonly StatusSighting[] {
  return list(data, key).flatMap(([entry, pointer]) => sighting(kind, entry[id], entry[status], `${pointer}/${status}`));
}

function sighting(kind: ResourceKind, id: unknown, status: unknown, pointer: string): readonly StatusSighting[] {
  return typeof id === 'string' && typeof status === 'string' ? [{ kind, id, status, pointer }] : [];
}

function list(parent: JsonObject, key: string): readonly (readonly [entry: JsonObject, pointer: string])[] {
  const value = parent[key];
  return Array.isArray(value) ? value.flatMap((entry, i) => (isObject(entry) ? [[entry, `/${key}/${i}`] as const] : [])) : [];
}
