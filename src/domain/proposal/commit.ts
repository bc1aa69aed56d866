/** Makes a draft firm: its prices hold until it expires, and an insertion order says so. */
import type { Product } from '../../protocol/wire/core/product.ts';
import type { InsertionOrder } from '../../protocol/wire/core/proposal.ts';
import { HOLD_HOURS, isCommitted, type ProposalRecord } from './proposal.ts';

const HOUR_MS = 3_600_000;

/** What a plan cannot be promised without. */
export interface Commitment {
  /** Everything on sale. */
  readonly products: readonly Product[];
  readonly io_id: string;
  readonly requires_signature: boolean;
  readonly parties: { readonly advertiser?: string; readonly publisher: string };
  /** ISO 8601. */
  readonly now: string;
}

/** The products of a draft that are gone, or no longer sold at the price that it names. */
export function lostProducts({ proposal: { allocations } }: ProposalRecord, products: readonly Product[]): string[] {
  return allocations
    .filter(({ product_id, pricing_option_id }) => !products.some((product) => product.product_id === product_id && product.pricing_options.some((option) => option.pricing_option_id === pricing_option_id)))
    .map(({ product_id }) => product_id);
}

/** The proposal as promised; one that was promised before stays as it is. Nothing of it may be lost. */
export function committed(record: ProposalRecord, { products, io_id, requires_signature, parties, now }: Commitment): ProposalRecord {
  if (isCommitted(record)) return record;
  const { origin: _origin, ...rest } = record;
  const insertion_order: InsertionOrder = {
    io_id, requires_signature,
    terms: { publisher: parties.publisher, ...(parties.advertiser === undefined ? {} : { advertiser: parties.advertiser }) },
  };
  return {
    ...rest,
    promised: record.proposal.allocations.map(({ product_id, pricing_option_id }) => {
      const product = products.find((each) => each.product_id === product_id)!;
      return { ...product, pricing_options: product.pricing_options.filter((option) => option.pricing_option_id === pricing_option_id) };
    }),
    proposal: {
      ...record.proposal, proposal_status: 'committed', insertion_order,
      expires_at: new Date(Date.parse(now) + HOLD_HOURS * HOUR_MS).toISOString(),
    },
  };
}
