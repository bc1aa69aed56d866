import type { AccountRecord } from '../account.ts';

/** Under which plan the purchases of an account are judged when a request names none. What is absent fits any account. */
export interface PlanMapping {
  readonly account_id?: string;
  readonly brand?: string;
  readonly operator?: string;
  readonly plan_id: string;
}

/** The plan of the first mapping that fits the account. */
export function mappedPlan({ account_id, brand, operator }: AccountRecord, mappings: readonly PlanMapping[]): string | undefined {
  const fits = (wanted: string | undefined, is: string) => wanted === undefined || wanted === is;
  return mappings.find((each) => fits(each.account_id, account_id) && fits(each.brand, brand.domain) && fits(each.operator, operator))?.plan_id;
}
