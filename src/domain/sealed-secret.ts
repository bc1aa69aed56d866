import type { Vault } from './ports/vault.ts';

/** Whether a sealed text holds a secret. Equal secrets are sealed differently each time; what the vault cannot open holds nothing. */
export function holdsSecret(sealed: string | undefined, secret: string, vault: Vault): boolean {
  try {
    return sealed !== undefined && vault.open(sealed) === secret;
  } catch {
    return false;
  }
}
