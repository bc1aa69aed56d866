import { expect, test } from 'vitest';
import { admission, type AdmissionLimits } from './admission.ts';
import type { Pipeline } from './pipeline.ts';

const ENOUGH: AdmissionLimits = { at_once: 100, principal: { per_second: 1000, burst: 1000, at_once: 100 } };

/** A pipeline whose calls end when they are told to. */
function bench(limits: Partial<AdmissionLimits>) {
  const waiting: (() => void)[] = [];
  const time = { ms: Date.parse('2026-11-20T12:00:00Z') };
  const slow: Pipeline = {
    tasks: [], serves: () => true,
    dispatch: () => new Promise((resolve) => { waiting.push(() => resolve({ document: { status: 'completed' }, isError: false })); }),
  };
  const gate = admission({ ...ENOUGH, ...limits }, { now: () => new Date(time.ms), sleep: async () => {} });
  const pipeline = gate.limited(slow);
  const call = async (principal_id?: string, request: object = {}) => {
    const { document } = await pipeline.dispatch({ task: 'get_products', request: request as never, ...(principal_id ? { principal: { principal_id, mode: 'live' } } : {}) });
    return document as { status: string; context?: object; adcp_error?: { code: string; retry_after: number; recovery: string; details?: object } };
  };
  return { gate, time, call, end: () => waiting.splice(0).forEach((finish) => finish()) };
}

test('refuses RATE_LIMITED with the context and a wait when one caller has too many calls in work, and takes them again when one has ended', async () => {
  const { gate, call, end } = bench({ principal: { ...ENOUGH.principal, at_once: 2 } });
  const first = [call('a'), call('a')];
  const refused = await call('a', { context: { correlation_id: 'c' } });
  expect(refused).toMatchObject({ status: 'failed', context: { correlation_id: 'c' }, adcp_error: { code: 'RATE_LIMITED', recovery: 'transient', retry_after: 1, details: { limit: 2, scope: 'global' } } });
  const other = call('b');
  expect(gate.inWork()).toBe(3);
  end();
  expect((await Promise.all([...first, other])).map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  const again = call('a');
  end();
  expect([(await again).status, gate.inWork()]).toEqual(['completed', 0]);
});

test('refuses RATE_LIMITED when one caller calls too fast, its messages counted; others are not touched', async () => {
  const { gate, time, call, end } = bench({ principal: { per_second: 2, burst: 2, at_once: 10 } });
  expect(gate.message('a')).toBe(0);
  const first = call('a');
  const { adcp_error } = await call('a');
  expect(adcp_error).toMatchObject({ code: 'RATE_LIMITED', retry_after: 1, details: { limit: 2, window_seconds: 1 } });
  expect([gate.message('a'), gate.message('b')]).toEqual([1, 0]);
  time.ms += 500;
  const second = call('a');
  end();
  expect([(await first).status, (await second).status]).toEqual(['completed', 'completed']);
});

test('refuses SERVICE_UNAVAILABLE when all callers together have too many calls in work, who signed in nowhere among them', async () => {
  const { gate, call, end } = bench({ at_once: 2 });
  const first = [call('a'), call()];
  expect(gate.isFull()).toBe(true);
  expect((await call('b')).adcp_error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', recovery: 'transient', retry_after: 1 });
  expect((await call()).adcp_error?.code).toBe('SERVICE_UNAVAILABLE');
  end();
  await Promise.all(first);
  expect(gate.isFull()).toBe(false);
});

test('a call that breaks gives its place back', async () => {
  const gate = admission(ENOUGH, { now: () => new Date(0), sleep: async () => {} });
  const broken = gate.limited({ tasks: [], serves: () => true, dispatch: () => Promise.reject(new Error('broken')) });
  await expect(broken.dispatch({ task: 'get_products', request: {}, principal: { principal_id: 'a', mode: 'live' } })).rejects.toThrow('broken');
  expect(gate.inWork()).toBe(0);
});
