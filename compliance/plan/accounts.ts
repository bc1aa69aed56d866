/** In which accounts a storyboard works, as far as its text tells: storyboards that share one can get into each other's way. */
import { isObject, own } from '../json/object.ts';
import { isPseudoTask } from '../pseudo-tasks.ts';
import type { Step, Storyboard } from '../storyboard.ts';

/** Accounts by the domain of their brand, or by their id. `unknown`: it cannot be told. */
export type Accounts = ReadonlySet<string> | 'unknown';

/** Tasks that are answered alike for every account. */
const WITHOUT_ACCOUNT: ReadonlySet<string> = new Set(['get_adcp_capabilities', 'list_creative_formats']);
const GENERATED = /^\$generate:/;
const OF_THE_KIT = /^\$test_kit\./;
const CAPTURED = /^\$|\{\{/;

/** @param brandDomain the brand that the storyboard's kit plays: whose account is meant when a request names none */
export function accountsOf(storyboard: Storyboard, brandDomain: string | undefined): Accounts {
  const steps = storyboard.phases.flatMap((phase) => phase.steps);
  const played = brandDomain === undefined ? undefined : `brand ${brandDomain}`;
  const found = steps.flatMap((step) => accountsOfStep(step, played));
  if (storyboard.controller_seeding) found.push(played);
  const makesItsOwn = steps.some(({ task }) => task === 'sync_accounts');
  const keys = found.filter((key) => key !== OF_THIS_STORYBOARD || !makesItsOwn);
  return keys.includes(undefined) || keys.includes(OF_THIS_STORYBOARD) ? 'unknown' : new Set(keys as string[]);
}

/** An account that an earlier step was told. */
const OF_THIS_STORYBOARD = 'captured';

/** Undefined stands for an account that cannot be told; accounts that the run generates are nobody else's. */
function accountsOfStep({ task, sample_request: request, context_inputs: injected }: Step, played: string | undefined): (string | undefined)[] {
  if (injected.some(({ inject_at }) => /^accounts?\b/.test(inject_at))) return [OF_THIS_STORYBOARD];
  const named = accountsIn(request ?? {});
  if (named.length === 0) return WITHOUT_ACCOUNT.has(task) || isPseudoTask(task) ? [] : [played];
  return named.flatMap((account) => {
    const key = keyOf(account);
    return key === 'generated' ? [] : [key === 'played' ? played : key];
  });
}

/** What stands at `account`, and the items of `accounts`, at any depth. */
function accountsIn(node: unknown): readonly unknown[] {
  if (Array.isArray(node)) return node.flatMap(accountsIn);
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([name, value]) => {
    if (name === 'account') return [value];
    return name === 'accounts' && Array.isArray(value) ? value : accountsIn(value);
  });
}

function keyOf(account: unknown): string {
  if (typeof account === 'string') return keyOfText('account', account);
  const id = own(account, 'account_id');
  if (typeof id === 'string') return keyOfText('account', id);
  const brand = own(account, 'brand');
  const domain = typeof brand === 'string' ? brand : own(brand, 'domain') ?? own(brand, 'brand_id');
  return typeof domain === 'string' ? keyOfText('brand', domain) : 'played';
}

function keyOfText(kind: string, text: string): string {
  if (GENERATED.test(text)) return 'generated';
  if (OF_THE_KIT.test(text)) return 'played';
  return CAPTURED.test(text) ? OF_THIS_STORYBOARD : `${kind} ${text}`;
}
