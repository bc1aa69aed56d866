import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { loadConfig } from '../../config/config.ts';
import { OperatorError } from '../../domain/ports/operator-store.ts';
import { aesVault, SEALED, vaultKeyId } from '../../outbound/vault.ts';
import { renewSealed } from '../../store/sqlite/sealed-texts.ts';
import { EXIT } from '../exit.ts';
import { explain } from '../explain.ts';
import { systemClock } from '../system.ts';
import { keepVaultKeys, newKey, vaultKeys, type VaultKeys } from '../vault-key.ts';
import { act } from './act.ts';

interface Flags {
  readonly config?: string;
  readonly data?: string;
  readonly forgetEarlier?: boolean;
}

/** `adwright vault`: the key that buyers' credentials are sealed under. */
export function vaultCommand(): Command {
  const rotate = new Command('rotate').description('seal everything under another key, while the server is stopped')
    .option('--forget-earlier', 'take the earlier keys out of vault.key; copies of the store that were made before can then not be opened')
    .option('--config <file>', 'the configuration that the server runs with').option('--data <dir>', 'the data folder (default: .adwright)')
    .addHelpText('after', `
With vault.key a new key is made. With ADWRIGHT_VAULT_KEY put the new one in front of the old one, with a comma between them; when this
is done the old one may go. Everything is sealed anew in one transaction: stopped at any moment, all of it can be opened, and the same
command goes on. Earlier keys stay in vault.key, so that copies of the store can be opened, unless --forget-earlier is said.

Examples:
  adwright vault rotate --data /var/lib/adwright
  ADWRIGHT_VAULT_KEY="$(openssl rand -base64 32),$ADWRIGHT_VAULT_KEY" adwright vault rotate

Exit codes: 0 done, 1 nothing was changed, 2 wrong usage`)
    .action((flags: Flags) => {
      try {
        process.stdout.write(`${rotated(flags)}\n`);
      } catch (error) {
        process.stderr.write(`adwright: ${explain(error)}\n`);
        process.exitCode = EXIT.failed;
      }
    });
  return new Command('vault').description('the key that buyers\' credentials are sealed under').addCommand(rotate);
}

function rotated(flags: Flags): string {
  const { config } = loadConfig(flags, process.env);
  const { data, database_url } = config;
  if (database_url !== undefined) throw new OperatorError('the store is a PostgreSQL database, and this command seals anew what is in a file only; nothing was changed');
  const file = join(data, 'adwright.sqlite');
  if (!existsSync(file)) throw new OperatorError(`there is no store at ${file}; name the data folder with --data`);
  const before = vaultKeys(config);
  const keys = before.from === 'file' ? { ...before, current: newKey(), earlier: [before.current, ...before.earlier] } : before;
  const seals = resealing(keys);
  const rows = renewSealed(file, {
    // The new key is kept before anything is sealed under it, and the earlier ones until nothing is.
    held: () => { if (before.from === 'file') keepVaultKeys(data, keys); },
    renewed: seals.renewed, act: act('vault.rotate', systemClock.now(), `vault_key:${vaultKeyId(keys.current)}`),
  });
  const forgets = before.from === 'file' && flags.forgetEarlier === true && seals.told.unopened === 0;
  if (forgets) keepVaultKeys(data, { current: keys.current, earlier: [] });
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
  const renewed = (text: string): string => text.replaceAll(SEALED, (sealed: string, key_id: string | undefined) => {
    if (key_id === vaultKeyId(current)) return sealed;
    let secret: string;
    try {
      secret = vault.open(sealed);
    } catch {
      told.unopened += 1;
      return sealed;
    }
    told.sealed += 1;
    return vault.seal(secret);
  });
  return { told, renewed };
}
