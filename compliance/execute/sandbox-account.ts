import { isObject, type JsonObject } from '../json/object.ts';

/** In whose name the test controller is called: a sandbox account, and the brand that the run plays. */
export interface SandboxAccount {
  readonly account: JsonObject;
  readonly brandDomain?: string;
}

const DEFAULT_BRAND = 'test.example';

/**
 * The account of a controller call. `known` are places where the storyboard may have named the account that it works with,
 * best first: state is kept by account, so that calls in another one would miss it.
 */
export function sandboxAccount(brandDomain: string | undefined, ...known: readonly unknown[]): SandboxAccount {
  const domain = brandDomain ?? DEFAULT_BRAND;
  const named = known.find(
    (each) => isObject(each) && (each['brand'] !== undefined || each['account_id'] !== undefined)
  ) as JsonObject | undefined;
  return {
    account: { ...(named ?? { brand: { domain }, operator: domain }), sandbox: true }, ...(brandDomain !== undefined && { brandDomain }),
  };
}

/** The members of a controller call that say in whose name it is made. */
export function inTheNameOf({ account, brandDomain }: SandboxAccount): JsonObject {
  return { account, ...(brandDomain !== undefined && { brand: { domain: brandDomain } }) };
}
