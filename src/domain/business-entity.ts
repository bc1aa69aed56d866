/** Legal persons on invoices. Their bank details are written, never read back: they are kept sealed. */
import { canonicalJson } from '../protocol/canonical-json.ts';
import type { BusinessEntity } from '../protocol/wire/core/business-entity.ts';
import type { Vault } from './ports/vault.ts';
import { holdsSecret } from './sealed-secret.ts';

/** A legal person as it is stored; `bank` is sealed. */
export type KeptEntity = Omit<BusinessEntity, 'bank'> & { readonly bank?: string };

export function keptEntity({ bank, ...rest }: BusinessEntity, vault: Vault): KeptEntity {
  return { ...rest, ...(bank ? { bank: vault.seal(canonicalJson(bank)) } : {}) };
}

export function shownEntity({ bank: _bank, ...rest }: KeptEntity | BusinessEntity): Omit<BusinessEntity, 'bank'> {
  return rest;
}

/** Whether what is stored is what is told, bank details included. */
export function sameEntity(kept: KeptEntity | undefined, told: BusinessEntity, vault: Vault): boolean {
  if (kept === undefined || canonicalJson(shownEntity(kept)) !== canonicalJson(shownEntity(told))) return false;
  return told.bank === undefined ? kept.bank === undefined : holdsSecret(kept.bank, canonicalJson(told.bank), vault);
}
