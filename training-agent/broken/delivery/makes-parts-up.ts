import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';
import { retells } from '../telling.ts';

/** Names a country that nobody targeted. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Delivery falls into places that were targeted.',
  tells: retells(['get_media_buy_delivery'], (document) => ({
    ...document,
    media_buy_deliveries: rowsOf(document['media_buy_deliveries']).map((delivery) => ({
      ...delivery,
      by_package: rowsOf(delivery['by_package']).map((row) => ('by_geo' in row ? { ...row, by_geo: rowsOf(row['by_geo']).map((part) => ({ ...part, geo_code: 'ZZ' })) } : row)),
    })),
  })),
});
