/** `adwright catalogue`: looks at an operator's inventory before buyers do, and brings it into the store. */
import { Command } from 'commander';
import type { Owner } from '../catalogue/completed.ts';
import { inventoryOf } from '../catalogue/reload.ts';
import { loadConfig, type Config, type Flags } from '../config/config.ts';
import { ConfigError } from '../config/yaml-file.ts';
import type { Inventory } from '../domain/inventory.ts';
import { EXIT } from './exit.ts';
import { explain } from './explain.ts';
import { inventorySize, inventoryText } from './inventory-text.ts';
import { openStore } from './open-store.ts';
import { act } from './operate/act.ts';
import { storeName } from './operate/opened.ts';
import { pathsOf } from './operator-catalogue.ts';
import { systemClock } from './system.ts';

export function catalogueCommand(): Command {
  return new Command('catalogue')
    .description('look at an inventory before buyers do, or bring it into the store')
    .addCommand(checkCommand())
    .addCommand(importCommand());
}

function checkCommand(): Command {
  return new Command('check')
    .description('name every fault of an inventory, or show what a buyer would see of it')
    .argument('[paths...]', 'files and folders; default: those of the configuration')
    .option('--brief <text>', 'what a buyer asks for: shows the best products with the reasons, and the plans')
    .option('--config <file>', 'whose inventory it is: YAML or JSON')
    .addHelpText('after', '\nExample:\n  adwright catalogue check inventory/ --brief "Video for hikers, $20K"\n\nExit codes: 0 usable, 1 not usable, 2 wrong usage')
    .action((paths: string[], flags: Flags & { readonly brief?: string }) => told(() => {
      const { inventory, files } = inventoryAsked(paths, flags);
      process.stdout.write(inventoryText(inventory, files, flags.brief, new Date().toISOString()));
    }));
}

function importCommand(): Command {
  return new Command('import')
    .description('put an inventory in the place of what the store holds; the server must not run')
    .argument('<paths...>', 'files and folders')
    .option('--data <dir>', 'where the store lives (default: .adwright)')
    .option('--config <file>', 'whose inventory it is: YAML or JSON')
    .addHelpText('after', '\nExample:\n  adwright catalogue import inventory/ --data /var/lib/adwright\n\nExit codes: 0 imported, 1 not imported, 2 wrong usage')
    .action((paths: string[], flags: Flags) => told(async () => {
      const { config } = loadConfig(flags, process.env);
      const { inventory } = inventoryAsked(paths, flags);
      const store = await openStore(config, {});
      try {
        await store.commit({ changes: [{ kind: 'put_inventory', inventory }], audit: act('catalogue.import', systemClock.now(), 'inventory') });
      } finally {
        await store.close();
      }
      process.stdout.write(`imported ${inventorySize(inventory)} into ${config.database_url === undefined ? config.data : storeName(config)}\n`);
    }));
}

/** @throws ConfigError with every fault, a line each */
function inventoryAsked(paths: readonly string[], flags: Flags): { readonly inventory: Inventory; readonly files: readonly string[] } {
  const { config } = loadConfig(flags, process.env);
  const files = paths.length > 0 ? paths : pathsOf(config);
  if (files.length === 0) throw new ConfigError('nothing to look at: name files or folders, or a configuration that does');
  const read = inventoryOf(files, ownerOf(config));
  if (read.kind === 'faults') throw new ConfigError([`${read.faults.length} ${read.faults.length === 1 ? 'fault' : 'faults'}`, ...read.faults].join('\n'));
  return { inventory: read.inventory, files };
}

/** The address is the one that buyers would use; without one it is that of a server on this machine. */
const ownerOf = ({ public_url, host, port, seller }: Config): Owner => ({ agent_url: public_url ?? `http://${host}:${port}/mcp`, publisher_domain: seller.publisher_domain });

async function told(run: () => void | Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    process.stderr.write(`adwright: ${explain(error)}\n`);
    process.exitCode = EXIT.failed;
  }
}
