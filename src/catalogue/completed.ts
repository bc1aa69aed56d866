/** What every row of an inventory would say in the same words, and may therefore leave out (docs/catalogue.md). */
import type { Row } from './shape.ts';

/** Whose inventory it is. */
export interface Owner {
  readonly agent_url: string;
  readonly publisher_domain: string;
}

/** What daily reports of an ad server hold at least. */
const REPORTING: Row = {
  available_reporting_frequencies: ['daily'], expected_delay_minutes: 240, timezone: 'UTC', supports_webhooks: false,
  available_metrics: ['impressions', 'clicks', 'spend'], date_range_support: 'date_range',
};

/** A product's own members count before those of the file's defaults. */
export function completedProduct(row: Row, defaults: Row, owner: Owner): Row {
  const stated = { ...defaults, ...row };
  const own = agentFilled(owner);
  return {
    publisher_properties: [{ publisher_domain: owner.publisher_domain, selection_type: 'all' }],
    ...stated,
    ...each(stated, 'format_ids', own),
    ...each(stated, 'format_options', (option) => ({ ...option, ...each(option, 'v1_format_ref', own) })),
    ...each(stated, 'placements', (placement) => ({ ...placement, ...each(placement, 'format_ids', own) })),
    reporting_capabilities: isRow(stated['reporting_capabilities'] ?? {}) ? { ...REPORTING, ...(stated['reporting_capabilities'] as Row | undefined) } : stated['reporting_capabilities'],
  };
}

export const completedFormat = (row: Row, owner: Owner): Row => (isRow(row['format_id']) ? { ...row, format_id: agentFilled(owner)(row['format_id']) } : row);

/** A signal works with the seller's own products, unless it says otherwise. */
export const completedSignal = (row: Row, { agent_url }: Owner): Row => ({ deployments: [{ type: 'agent', agent_url, is_live: true }], ...row });

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

const agentFilled = ({ agent_url }: Owner) => (format_id: Row): Row => ({ agent_url, ...format_id });

/** A list member with each of its rows completed; what is no list of rows stays as it is, for the shape to refuse. */
function each(row: Row, member: string, complete: (item: Row) => Row): Row {
  const list = row[member];
  return Array.isArray(list) ? { [member]: list.map((item: unknown) => (isRow(item) ? complete(item) : item)) } : {};
}
