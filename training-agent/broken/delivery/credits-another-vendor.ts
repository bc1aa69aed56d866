import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retellsObjects } from '../telling.ts';

/** Puts a vendor's figures under another vendor's name. */
export const { promise, facade, openSandbox } = lying({
  promise: "A vendor's metric is told under the name of the vendor that measured it.",
  tells: retellsObjects(['get_media_buy_delivery'], (row) => ('vendor_metric_values' in row
    ? { ...row, vendor_metric_values: rowsOf(row['vendor_metric_values']).map((each) => ({ ...each, vendor: { domain: 'someoneelse.example' } })) } : row)),
});
