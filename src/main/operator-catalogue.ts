/** What a server without the sandbox sells: the operator's files, as they change, or what was imported into the store. */
import type { Logger } from 'pino';
import { inventoryCatalogue } from '../catalogue/inventory-catalogue.ts';
import { inventoryOf, keepInventory } from '../catalogue/reload.ts';
import type { Config } from '../config/config.ts';
import { ConfigError } from '../config/yaml-file.ts';
import type { Features } from '../domain/features.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { Catalogue } from '../domain/ports/catalogue.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';

export interface OperatorCatalogue {
  readonly catalogue: Catalogue;
  /** Whether packages can be targeted by anything; what comes later is offered from the next start on. */
  readonly sellsSignals: boolean;
  close(): void;
}

export interface CatalogueMeans {
  readonly agent_url: string;
  readonly features: Features;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How many faults a start that fails tells of; `adwright catalogue check` tells of all. */
const TOLD = 5;

export const pathsOf = ({ catalogue = [] }: Pick<Config, 'catalogue'>): readonly string[] => (typeof catalogue === 'string' ? [catalogue] : catalogue);

/** @throws ConfigError when there is nothing to sell, or the files cannot be used */
export async function operatorCatalogue(config: Config, { agent_url, features, store, clock, log }: CatalogueMeans): Promise<OperatorCatalogue> {
  const paths = pathsOf(config);
  const inventory = paths.length > 0 ? fromFiles(paths, config, agent_url) : await store.inventory();
  if (inventory === undefined)
    throw new ConfigError('without --sandbox a catalogue is needed: set "catalogue" to files with your products, or bring them in with "adwright catalogue import"');
  const catalogue = inventoryCatalogue(inventory, { ...features, signals: features.signals && inventory.signals.length > 0 });
  await catalogue.replace(inventory);
  const stop = paths.length === 0 ? () => {} : keepInventory({
    paths, clock, owner: { agent_url, publisher_domain: config.seller.publisher_domain },
    async replace(next) {
      await catalogue.replace(next);
      log.warn({ products: next.products.length, signals: next.signals.length }, 'the catalogue has changed, and the new one is sold from');
    },
    broken: (faults) => log.error({ faults }, 'the catalogue has changed and cannot be used; the one before is sold from'),
  });
  return { catalogue, sellsSignals: inventory.signals.length > 0, close: stop };
}

function fromFiles(paths: readonly string[], config: Config, agent_url: string): Inventory {
  const read = inventoryOf(paths, { agent_url, publisher_domain: config.seller.publisher_domain });
  if (read.kind === 'inventory') return read.inventory;
  const more = read.faults.length - TOLD;
  throw new ConfigError([...read.faults.slice(0, TOLD), ...(more > 0 ? [`and ${more} more; "adwright catalogue check" names them all`] : [])].join('\n'));
}
