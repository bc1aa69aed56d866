/** What the official runner completes requests with. */
import type { JsonObject } from '../../json/object.ts';
import { isObject } from '../../json/object.ts';

export interface EnrichmentContext {
  /** The storyboard's context map. */
  readonly accumulator: JsonObject;
  /** Domain of the brand that the run plays, undefined when the kit names none. */
  readonly brandDomain?: string;
  /** One moment for the whole run, so that a repeated request is the same request. */
  readonly runStartedAtMs: number;
}

const DEFAULT_DOMAIN = 'test.example';

export const domainOf = ({ brandDomain }: EnrichmentContext): string => brandDomain ?? DEFAULT_DOMAIN;
export const brandOf = (context: EnrichmentContext): JsonObject => ({ domain: domainOf(context) });

/** The account that a reply gave to the storyboard, else that of the brand. */
export function accountOf(context: EnrichmentContext): JsonObject {
  const { account } = context.accumulator;
  return isObject(account) ? account : naturalAccount(context);
}

export const naturalAccount = (context: EnrichmentContext): JsonObject => ({ brand: brandOf(context), operator: domainOf(context) });
