import { Command, Option } from 'commander';
import { countOf, type CatalogItemRecord, type CatalogRecord } from '../../domain/catalog/catalog.ts';
import type { ItemRuling } from '../../domain/catalog/item-ruling.ts';
import { IMPAIRMENT_REASONS, type ImpairmentReason } from '../../protocol/wire/core/impairment.ts';
import { CATALOG_ITEM_STATUSES, type CatalogItemStatus } from '../../protocol/wire/sync-catalogs.ts';
import { OperatorError, type OperatorStore } from '../../domain/ports/operator-store.ts';
import { randomIds, systemClock } from '../system.ts';
import { act } from './act.ts';
import { limitOf, operatorCommand, table } from './operator-command.ts';

const WHOSE = ['--account <id>', 'whose, when several accounts have a catalogue of this id'] as const;

/** `adwright catalogs`: what buyers have synced, and which of it may be shown. */
export function catalogsCommand(): Command {
  const list = new Command('list').description('catalogues of buyers, with how their items stand').option('--json', 'whole, a line each');
  const items = new Command('items').description('the items of a catalogue').argument('<catalog-id>').option(...WHOSE)
    .addOption(new Option('--status <status>', 'only those').choices(CATALOG_ITEM_STATUSES)).option('--limit <n>', 'as many', '50').option('--json', 'whole, a line each');
  const approve = new Command('approve').description('let it be shown; brings back what was withdrawn').argument('<catalog-id>').argument('<item-id>').option(...WHOSE);
  const reject = new Command('reject').description('keep it from being shown until the buyer corrects it').argument('<catalog-id>').argument('<item-id>').option(...WHOSE)
    .requiredOption('--reason <text>', 'what the buyer reads');
  const withdraw = new Command('withdraw').description('take it out of use; buys that promote it say so, and the buyer cannot bring it back').argument('<catalog-id>').argument('<item-id>')
    .option(...WHOSE).option('--reason <text>', 'what the buyer reads').addOption(new Option('--code <code>', 'why, for programs').choices(IMPAIRMENT_REASONS).default('seller_removed'));
  return new Command('catalogs').description('look at the catalogues of buyers, and decide on their items (see "review" in the configuration)')
    .addCommand(operatorCommand(list, listed))
    .addCommand(operatorCommand(items, (store, flags, catalog_id: string) => itemsOf(store, flags, catalog_id)))
    .addCommand(operatorCommand(approve, (store, flags, catalog_id: string, item_id: string) => decided(store, flags, { catalog_id, item_id, ruling: { status: 'approved' } })))
    .addCommand(operatorCommand(reject, (store, flags, catalog_id: string, item_id: string) =>
      decided(store, flags, { catalog_id, item_id, ruling: { status: 'rejected', reason: flags['reason'] as string } })))
    .addCommand(operatorCommand(withdraw, (store, flags, catalog_id: string, item_id: string) => decided(store, flags, { catalog_id, item_id, ruling: {
      status: 'withdrawn', reason_code: flags['code'] as ImpairmentReason, ...(flags['reason'] === undefined ? {} : { reason: flags['reason'] as string }),
    } })))
    .addHelpText('afterAll', '\nExamples:\n  adwright catalogs items menu --status pending\n  adwright catalogs withdraw menu tower --reason "The supplier recalls it."\n\nExit codes: 0 done, 1 failed, 2 wrong usage');
}

async function listed(store: OperatorStore, { json }: Readonly<Record<string, unknown>>): Promise<string> {
  const found = await store.catalogs();
  if (json) return found.map(({ feed_address, ...each }) => JSON.stringify({ ...each, ...(feed_address ? { feed_url: feed_address.shown } : {}) })).join('\n');
  if (found.length === 0) return 'no catalogues';
  return table(['CATALOGUE', 'ACCOUNT', 'TYPE', 'ITEMS', 'PENDING', 'REJECTED', 'WITHDRAWN', 'SYNCED', 'FEED'], found.map(({ catalog_id, account_id, catalog, counts, last_synced_at, feed, feed_address }) => [
    catalog_id, account_id, catalog.type, String(countOf(counts)), String(counts.pending), String(counts.rejected), String(counts.withdrawn), last_synced_at,
    feed_address === undefined ? '' : feed?.failure ? 'fails' : (catalog.update_frequency ?? 'once'),
  ]));
}

async function itemsOf(store: OperatorStore, { account, status, limit, json }: Readonly<Record<string, unknown>>, catalog_id: string): Promise<string> {
  const catalog = await theCatalog(store, catalog_id, account);
  const found = await store.catalogItems(catalog, { limit: limitOf(limit), ...(status ? { statuses: [status as CatalogItemStatus] } : {}) });
  if (json) return found.map((each) => JSON.stringify(each)).join('\n');
  if (found.length === 0) return 'no such items';
  return table(['ITEM', 'STATUS', 'CALLED', 'WHY'], found.map((each) => [each.item_id, each.status, nameOf(each), each.reasons.join('; ')].map(printable)));
}

const nameOf = ({ item }: CatalogItemRecord): string => String(item['title'] ?? item['name'] ?? '').slice(0, 60);
/** Buyers may write anything into their items; a terminal must not act on it. */
const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');

async function theCatalog(store: OperatorStore, catalog_id: string, account: unknown): Promise<CatalogRecord> {
  const [found, another] = (await store.catalogs()).filter((each) => each.catalog_id === catalog_id && (account === undefined || each.account_id === account));
  if (found === undefined) throw new OperatorError(`there is no catalogue "${catalog_id}"; adwright catalogs list shows those that there are`);
  if (another) throw new OperatorError(`several accounts have a catalogue "${catalog_id}": name one with --account`);
  return found;
}

interface Decided {
  readonly catalog_id: string;
  readonly item_id: string;
  readonly ruling: ItemRuling;
}

async function decided(store: OperatorStore, { account }: Readonly<Record<string, unknown>>, { catalog_id, item_id, ruling }: Decided): Promise<string> {
  const catalog = await theCatalog(store, catalog_id, account);
  if ((await store.catalogItems(catalog, { item_ids: [item_id], unlisted: true })).length === 0)
    throw new OperatorError(`the catalogue has no item "${item_id}"; adwright catalogs items ${catalog_id} shows those that it has`);
  const { principal_id, library } = catalog;
  const now = systemClock.now();
  await store.enqueue({
    kind: 'rule_on_item', job_id: randomIds.next('job'), principal_id, lane: `catalog_ruling:${library}/${catalog_id}`, run_at: now.toISOString(),
    payload: { library, catalog_id, item_id, ruling },
  }, act(`catalog_item.${ruling.status}`, now, `catalog:${catalog_id}`, `item:${item_id}`, `principal:${principal_id}`));
  return `item ${item_id} is to be ${ruling.status}; a running server does it at once, one that is not running when it starts`;
}
