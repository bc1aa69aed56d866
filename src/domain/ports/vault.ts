/** Keeps buyers' credentials unreadable at rest. */
export interface Vault {
  /** @returns text that only this vault can open */
  seal(secret: string): string;
  /** @throws Error when the text was sealed under another key or was changed */
  open(sealed: string): string;
}
