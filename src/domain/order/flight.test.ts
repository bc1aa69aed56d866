import { describe, expect, it } from 'vitest';
import { firstFlaw, flaws } from '../../../test/support/orders.ts';
import { endFlaw, resolvedStart, startFlaw } from './flight.ts';

const NOW = '2026-12-01T12:00:00.000Z';
const flight = (start_time: string, end_time = '2027-01-01T00:00:00Z') => ({ start_time, end_time });

describe('the flight of a buy', () => {
  it('ends after it starts', () => {
    expect(endFlaw(flight('2026-12-31T23:59:59Z'))).toEqual([]);
    expect(endFlaw(flight('2027-01-01T01:00:00+01:00'))).toMatchObject([{ code: 'INVALID_REQUEST', field: 'end_time' }]);
  });
  it('starts now or later, give or take a minute', () => {
    expect(startFlaw(flight('2026-12-01T11:59:00Z'), NOW)).toEqual([]);
    expect(startFlaw(flight('2026-12-01T11:58:59Z'), NOW)).toMatchObject([{ code: 'INVALID_REQUEST', field: 'start_time' }]);
  });
  it('starts now when it starts "asap"', () => {
    expect([resolvedStart('asap', NOW), resolvedStart('2027-01-01T00:00:00Z', NOW)]).toEqual([NOW, '2027-01-01T00:00:00Z']);
  });
});

describe('the flight of a package', () => {
  it.each([
    ['within the buy', { start_time: '2027-01-10T00:00:00Z', end_time: '2027-01-20T00:00:00Z' }],
    ['as long as the buy', { start_time: '2027-01-01T00:00:00Z', end_time: '2027-02-01T00:00:00Z' }],
    ['from a moment before an immediate start', { start_time: '2026-12-31T23:59:30Z' }],
  ])('may be %s', (_what, asked) => {
    expect(flaws({ asked })).toBeUndefined();
  });
  it.each([
    ['start before the buy', { start_time: '2026-12-31T00:00:00Z' }, 'start_time'],
    ['start as the buy ends', { start_time: '2027-02-01T00:00:00Z' }, 'start_time'],
    ['end behind the buy', { end_time: '2027-02-02T00:00:00Z' }, 'end_time'],
    ['end before it starts', { start_time: '2027-01-10T00:00:00Z', end_time: '2027-01-09T00:00:00Z' }, 'end_time'],
    ['end before the buy starts', { end_time: '2026-12-30T00:00:00Z' }, 'end_time'],
  ])('may not %s', (_what, asked, member) => {
    expect(firstFlaw({ asked })).toEqual(['INVALID_REQUEST', `packages[0].${member}`]);
  });
});
