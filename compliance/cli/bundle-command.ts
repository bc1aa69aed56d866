/** The command `adwright bundle`: what `--bundle` can name, and how a release comes into the cache. */
import { Command } from 'commander';
import type { FetchFlags } from './fetch-command.ts';
import type { CliIo } from './io.ts';
import { collect, guarded, prepared } from './prepared.ts';

const OFFICIAL_BASE = 'https://adcontextprotocol.org/protocol';

export function bundleCommand(io: CliIo): Command {
  return prepared(new Command('bundle'), io)
    .description('Bundles of storyboards: what is at hand, and releases to fetch.')
    .addHelpText('after', '\nExample:\n  adwright bundle fetch 3.1.19\n  adwright storyboard run http://127.0.0.1:4100/mcp --bundle 3.1.19\n')
    .addCommand(fetch(io)).addCommand(list(io));
}

function fetch(io: CliIo): Command {
  return prepared(new Command('fetch'), io)
    .description('Fetch a release, check it against the SHA-256 that is published beside it, and keep it in the cache of the user.')
    .argument('<version>', 'such as 3.1.19')
    .option('--base <url>', 'where VERSION.tgz and VERSION.tgz.sha256 are', OFFICIAL_BASE)
    .option('--map <origin=origin>', 'fetch what is at one origin from another: https://host=http://127.0.0.1:PORT (repeatable)', collect)
    .option('--allow-private', 'follow redirects to private addresses')
    .addHelpText('after', '\nExit code 3: it could not be had, or is not what was published.\n\nExample:\n  adwright bundle fetch 3.1.19\n')
    .action(guarded(io, async (version: string, flags: FetchFlags) => (await import('./fetch-command.ts')).fetchCommand(version, flags, io)));
}

function list(io: CliIo): Command {
  return prepared(new Command('list'), io)
    .description('List the bundles that have a name: ours, sdk when it is installed, fetched releases.')
    .addHelpText('after', '\nExample:\n  adwright bundle list\n')
    .action(guarded(io, async () => (await import('./bundle-list-command.ts')).bundleListCommand(io)));
}
