import { Command } from 'commander';
import { aesVault, SEALED, vaultKeyId } from '../../outbound/vault.ts';
import { EXIT } from '../exit.ts';
import { explain } from '../explain.ts';
import { systemClock } from '../system.ts';
import { keepVaultKeys, newKey, vaultKeys, type VaultKeys } from '../vault-key.ts';
import { act } from './act.ts';
import { configOf, renewSealedOf, thereIs } from './opened.ts';

interface Flags {
  readonly config?: string;
  readonly data?: string;
  readonly forgetEarlier?: boolean;
}

/** `adwright vault`: the key that buyers' credentials are sealed under. */
export function vaultCommand(): Command {
  const rotate = new Command('rotate').description('seal everything under another key, while all servers of the store are stopped')
    .option('--forget-earlier', 'take the earlier keys out of vault.key; copies of the store that were made before can then not be opened')
    .option('--config <file>', 'the configuration that the server runs with').option('--data <dir>', 'the data folder (default: .adwright)')
    .addHelpText('afterAll', `
With vault.key a new key is made. With ADWRIGHT_VAULT_KEY put the new one in front of the old one, with a comma between them; when this
is done the old one may go. Everything is sealed anew in one transaction: stopped at any moment, all of it can be opened, and the same
command goes on. Earlier keys stay in vault.key, so that copies of the store can be opened, unless --forget-earlier is said.

Examples:
  adwright vault rotate --data /var/lib/adwright
  ADWRIGHT_VAULT_KEY="$(openssl rand -base64 32),$ADWRIGHT_VAULT_KEY" adwright vault rotate

Exit codes: 0 done, 1 nothing was changed, 2 wrong usage`)
    .action(async (flags: Flags) => {
      try {
        process.stdout.write(`${await rotated(flags)}\n`);
      } catch (error) {
        process.stderr.write(`adwright: ${explain(error)}\n`);
        process.exitCode = EXIT.failed;
      }
    });
  return new Command('vault').description('the key that buyers\' credentials are sealed under').addCommand(rotate);
}

async function rotated(flags: Flags): Promise<string> {
  const config = configOf(flags);
  // Before a key is made where there is nothing to seal.
  thereIs(config);
  const before = vaultKeys(config);
  const keys = before.from === 'file' ? { ...before, current: newKey(), earlier: [before.current, ...before.earlier] } : before;
  const seals = resealing(keys);
  const rows = await renewSealedOf(config, {
    // The new key is kept before anything is sealed under it, and the earlier ones until nothing is.
    held: () => { if (before.from === 'file') keepVaultKeys(config.data, keys); },
    renewed: seals.renewed, act: act('vault.rotate', systemClock.now(), `vault_key:${vaultKeyId(keys.current)}`),
  });
  const forgets = before.from === 'file' && flags.forgetEarlier === true && seals.told.unopened === 0;
  if (forgets) keepVaultKeys(config.data, { current: keys.current, earlier: [] });
  return [
    `${seals.told.sealed} secrets in ${rows} rows are sealed under the key ${vaultKeyId(keys.current)} now`,
    ...(seals.told.unopened > 0 ? [`${seals.told.unopened} texts that look sealed could be opened with none of the keys here, and stay as they were`] : []),
    ...(keys.earlier.length === 0 || forgets ? [] : [`earlier keys (${keys.earlier.map(vaultKeyId).join(', ')}) seal nothing here any more, and open copies of the store that were made before`]),
  ].join('\n');
}

/** Seals what it can open under the current key, and counts. */
function resealing({ current, earlier }: VaultKeys) {
  const vault = aesVault(current, ...earlier);
  const told = { sealed: 0, unopened: 0 };
  const renewed = (text: string): ReadonlyMap<string, string> => new Map([...text.matchAll(SEALED)].flatMap(([sealed, key_id]) => {
    if (key_id === vaultKeyId(current)) return [];
    try {
      const anew = vault.seal(vault.open(sealed));
      told.sealed += 1;
      return [[sealed, anew] as const];
    } catch {
      told.unopened += 1;
      return [];
    }
  }));
  return { told, renewed };
}
