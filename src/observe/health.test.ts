import { afterEach, expect, test, vi } from 'vitest';
import { health } from './health.ts';

afterEach(() => { vi.useRealTimers(); });

test('traffic may come while the store answers', async () => {
  expect(await health(async () => []).readiness()).toEqual({ status: 'ready' });
});

test('traffic stays away from a store that cannot be read', async () => {
  expect(await health(() => Promise.reject(new Error('disk I/O error'))).readiness()).toEqual({ status: 'not_ready', reason: 'the store cannot be read' });
});

test('traffic stays away from a store that does not answer in time', async () => {
  vi.useFakeTimers();
  const asked = health(() => new Promise(() => {})).readiness();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await asked).toEqual({ status: 'not_ready', reason: 'the store does not answer' });
});

test('traffic goes elsewhere from a server that is stopping', async () => {
  const asked = health(async () => []);
  asked.drain();
  expect(await asked.readiness()).toEqual({ status: 'not_ready', reason: 'the server is stopping' });
});

test('traffic stays away while nothing can be recorded', async () => {
  expect(await health(async () => [], () => ({ kind: 'disk_full', detail: 'database or disk is full (SQLITE_FULL)' })).readiness())
    .toEqual({ status: 'not_ready', reason: 'nothing can be recorded: the disk of the store is full' });
});
