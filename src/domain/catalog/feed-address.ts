/** Where the feed of a catalogue lies. Buyers put credentials into such URLs, so that the whole of it is sealed at rest. */
import type { Vault } from '../ports/vault.ts';
import { holdsSecret } from '../sealed-secret.ts';

export interface FeedAddress {
  /** The URL, under the vault's key. */
  readonly sealed: string;
  /** What people may see of it: no user, no password, no parameters. */
  readonly shown: string;
}

/** @param known the address that was stored before; kept when it is the same one */
export function feedAddress(url: string, known: FeedAddress | undefined, vault: Vault): FeedAddress {
  return known && holdsSecret(known.sealed, url, vault) ? known : { sealed: vault.seal(url), shown: shownUrl(url) };
}

/** The URL; undefined when the vault cannot open it any more. */
export function openedAddress({ sealed }: FeedAddress, vault: Vault): string | undefined {
  try {
    return vault.open(sealed);
  } catch {
    return undefined;
  }
}

/** `...` stands where something was left out. */
export function shownUrl(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return '...';
  const { protocol, host, pathname, username, password, search } = parsed;
  return `${protocol}//${username === '' && password === '' ? '' : '...@'}${host}${pathname}${search === '' ? '' : '?...'}`;
}
