import { expect, test } from 'vitest';
import { isSpokenRefusal, type TransportFailure } from './exchange.ts';

const spoken = (code: TransportFailure['code'], status?: number) =>
  isSpokenRefusal({ code, message: '' }, status === undefined ? undefined : { status, headers: {} });

test('a seller has refused by an error of JSON-RPC, or by an HTTP status from 400 to 499', () => {
  expect([spoken('rpc_error'), spoken('rpc_error', 200), spoken('http_status', 400), spoken('http_status', 499)]).toEqual([true, true, true, true]);
  expect([spoken('http_status', 399), spoken('http_status', 500), spoken('http_status'), spoken('not_json', 404), spoken('timed_out')])
    .toEqual([false, false, false, false, false]);
});
