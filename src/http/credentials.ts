import type { Principal } from '../domain/caller.ts';
import type { Headers, PrincipalSource } from '../pipeline/principals.ts';

export type Authentication =
  | { readonly kind: 'none' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'known'; readonly principal: Principal };

/** Whether anything is sent that `authenticate` reads. */
export const bringsCredentials = (headers: Headers): boolean => headers['authorization'] !== undefined || headers['x-adcp-auth'] !== undefined;

/** Reads `Authorization`, or the header that some AdCP clients send instead. */
export async function authenticate(headers: Headers, source: PrincipalSource): Promise<Authentication> {
  const plain = (name: string) => (typeof headers[name] === 'string' ? headers[name] : undefined);
  const header = plain('authorization');
  const token = header === undefined ? plain('x-adcp-auth') : /^bearer +(\S+)$/i.exec(header.trim())?.[1];
  if (header === undefined && token === undefined) return { kind: 'none' };
  const principal = token === undefined ? undefined : await source.principal(token, headers);
  return principal ? { kind: 'known', principal } : { kind: 'invalid' };
}
