import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openedSandbox, type OpenedSandbox } from '../test/support/opened-sandbox.ts';

let seller: OpenedSandbox;
beforeAll(async () => { seller = await openedSandbox(); });
afterAll(() => seller.close());

describe.each([
  ['get_products', 'buying_mode', 'brief', 'Show me all available advertising products across all channels', 'products'],
  ['get_signals', 'discovery_mode', 'signal_spec', 'All available signals', 'signals'],
])('the whole list of %s', (task, mode, member, filler, list) => {
  test('is read although the harness fills in words that do not belong there', async () => {
    const plain = await seller.call(task, { [mode]: 'wholesale' });
    const filled = await seller.call(task, { [mode]: 'wholesale', [member]: filler });
    expect([filled['status'], filled[list]]).toEqual(['completed', plain[list]]);
  });

  test('is refused to whoever has words of his own', async () => {
    expect(await seller.call(task, { [mode]: 'wholesale', [member]: 'for hikers' })).toMatchObject({ status: 'failed', adcp_error: { code: 'INVALID_REQUEST' } });
  });
});
