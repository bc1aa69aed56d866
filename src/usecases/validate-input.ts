import type { Caller } from '../domain/caller.ts';
import { CANONICAL_SLOTS, isCanonicalKind } from '../domain/input/slots.ts';
import { kindOf, verdictOn, verdictOnProduct, type Verdict } from '../domain/input/verdict.ts';
import { invalid, refuse, type Refused } from '../protocol/errors.ts';
import type { CreativeManifest } from '../protocol/wire/core/creative-manifest.ts';
import type { ValidateInputRequest, ValidateInputSuccess, ValidationTarget } from '../protocol/wire/validate-input.ts';
import { answer, type Desk, type UseCase } from './desk.ts';

/**
 * Holds a creative against formats before it is sent. A pass says that it is whole, not that it will be accepted: accounts, approvals
 * and assignments are not looked at.
 */
export const validateInput: UseCase<ValidateInputRequest, ValidateInputSuccess> = async ({ manifest, targets }, caller, desk) => {
  const kind = kindOf(manifest);
  if (targets === undefined && (kind === undefined || !isCanonicalKind(kind)))
    return invalid('targets', 'the manifest names no canonical kind to hold it against; name targets');
  const results: ValidateInputSuccess['results'] = [];
  for (const [at, target] of (targets ?? [{ kind: 'canonical' as const, id: kind! }]).entries()) {
    const verdict = await verdictFor(manifest, target, `targets[${at}]`, caller, desk);
    if ('kind' in verdict) return verdict;
    results.push({ target, ...verdict });
  }
  return answer({ results });
};

async function verdictFor(manifest: CreativeManifest, target: ValidationTarget, at: string, caller: Caller, { catalogue }: Desk): Promise<Verdict | Refused> {
  switch (target.kind) {
    case 'canonical':
      if (!isCanonicalKind(target.id)) return invalid(`${at}.id`, `"${target.id}" is not a canonical kind; there are ${Object.keys(CANONICAL_SLOTS).join(', ')}`);
      return verdictOn(manifest, { format_kind: target.id, params: {} });
    case 'product': {
      const product = await catalogue.product(caller, target.id);
      return product ? verdictOnProduct(manifest, product) : refuse('PRODUCT_NOT_FOUND', `product "${target.id}" is not on offer`, { field: `${at}.id` });
    }
    case 'third_party_format':
      return refuse('UNSUPPORTED_FEATURE', 'this seller does not fetch the definitions of other agents', { field: `${at}.kind` });
  }
}
