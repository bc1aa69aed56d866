/** Keeps a running seller's inventory as its files are. */
import type { Clock } from '../domain/ports/clock.ts';
import type { Inventory } from '../domain/inventory.ts';
import { ConfigError } from '../config/yaml-file.ts';
import { inventoryFiles, inventoryState } from './inventory-files.ts';
import { readInventory, type ReadInventory } from './read-inventory.ts';
import type { Owner } from './completed.ts';

/** How often the files are looked at, and how long they have to lie still before they are read: an editor may write in parts. */
const LOOK_MS = 1_000;

export interface Reloading {
  readonly paths: readonly string[];
  readonly owner: Owner;
  readonly clock: Pick<Clock, 'sleep'>;
  /** Told of every new inventory. */
  readonly replace: (inventory: Inventory) => Promise<void>;
  /** Told when files have changed and cannot be used; what was sold before is sold on. */
  readonly broken: (faults: readonly string[]) => void;
}

/** The inventory of these files and folders, or what is wrong with it. */
export function inventoryOf(paths: readonly string[], owner: Owner): ReadInventory {
  try {
    return readInventory(inventoryFiles(paths), owner);
  } catch (error) {
    if (error instanceof ConfigError) return { kind: 'faults', faults: [error.message] };
    throw error;
  }
}

/** @returns stops looking */
export function keepInventory({ paths, owner, clock, replace, broken }: Reloading): () => void {
  const stop = new AbortController();
  let used = inventoryState(paths);
  const look = async (): Promise<void> => {
    for (let before = used; !stop.signal.aborted; ) {
      await clock.sleep(LOOK_MS);
      const now = inventoryState(paths);
      if (stop.signal.aborted || now === used || now !== before) { before = now; continue; }
      used = now;
      const read = inventoryOf(paths, owner);
      if (read.kind === 'inventory') await replace(read.inventory);
      else broken(read.faults);
    }
  };
  look().catch((error: unknown) => { broken([`the inventory is not looked at any more: ${String(error)}`]); });
  return () => stop.abort();
}
