import type { ItemRuling } from '../../src/domain/catalog/item-ruling.ts';
import { ruledItem } from '../../src/usecases/ruled-item.ts';
import { moved, refusal, type ParamsOf, type Scenario } from './scenario.ts';

/** Decides about an item as a person at the seller's would, along the edges of its states (seller specification §3.5). */
export const forceCatalogItemStatus: Scenario<'force_catalog_item_status'> = async (params, { caller, desk }) => {
  const { catalog_id, item_id, status } = params;
  const outcome = await ruledItem(caller.reach, { catalog_id, item_id, ruling: rulingOf(params) }, desk);
  switch (outcome.kind) {
    case 'unknown': return refusal('NOT_FOUND', 'this caller has no such item');
    case 'illegal': return refusal('INVALID_TRANSITION', `an item that is ${outcome.from} cannot become ${status}`, outcome.from);
    case 'ruled': return moved(outcome.from, status, outcome.changes, [`catalog:${catalog_id}`]);
  }
};

function rulingOf({ status, reason, reason_code }: ParamsOf<'force_catalog_item_status'>): ItemRuling {
  if (status === 'approved') return { status };
  if (status === 'rejected') return { status, reason: reason ?? 'the seller does not want it' };
  return { status, ...(reason === undefined ? {} : { reason }), ...(reason_code ? { reason_code } : {}) };
}
