import { expect, test } from 'vitest';
import { testBuy } from '../../test/support/running-buys.ts';
import { askedDays, coveredPeriod, coversWhole, lengthOf, type AskedDays } from './delivery-period.ts';
import { slicesOfPeriod } from './delivery-windows.ts';

const NOW = new Date('2026-11-20T12:00:00.250Z');
const period = (asked: Partial<AskedDays>, span?: { first: string; last: string }) => {
  const { start, end } = coveredPeriod(
    { kind: 'days', ...asked },
    [testBuy([])],
    [{ media_buy_id: 'mb_1', rows: [], gauges: {}, ...(span ? { span } : {}) }],
    NOW,
  );
  return [start, end];
};

test.each([
  [{ start_date: '2026-02-30' }, 'start_date'],
  [{ end_date: '2026-13-01' }, 'end_date'],
  [{ start_date: '2026-11-02', end_date: '2026-11-02' }, 'end_date'],
  [{ start_date: '2026-11-02', end_date: '2026-11-01' }, 'end_date'],
])('refuses %j at its literal path', (dates, field) => {
  const outcome = askedDays(dates);
  expect(outcome.kind === 'refused' && outcome.errors[0]).toMatchObject({ code: 'INVALID_REQUEST', field });
});

test('covers the days that were asked for, without the last', () => {
  expect(period({ start: '2026-11-02', end: '2026-11-05' })).toEqual(['2026-11-02T00:00:00Z', '2026-11-05T00:00:00Z']);
});

test('covers a life from the flight or the first data to now or the last data, even in the future', () => {
  expect(period({})).toEqual(['2026-11-01T00:00:00Z', '2026-11-20T12:00:00.250Z']);
  expect(period({}, { first: '2026-10-30', last: '2099-01-01' })).toEqual(['2026-10-30T00:00:00Z', '2099-01-02T00:00:00Z']);
});

test('leaves an open side as far as there is something, and a day at least', () => {
  expect(period({ start: '2026-11-10' })).toEqual(['2026-11-10T00:00:00Z', '2026-11-20T12:00:00.250Z']);
  expect(period({ end: '2026-11-10' })).toEqual(['2026-11-01T00:00:00Z', '2026-11-10T00:00:00Z']);
  expect(period({ start: '2027-01-01' })).toEqual(['2027-01-01T00:00:00Z', '2027-01-02T00:00:00Z']);
  expect(period({ end: '2026-01-01' })).toEqual(['2025-12-31T00:00:00Z', '2026-01-01T00:00:00Z']);
});

test('ends where the years have four digits', () => {
  expect(period({ start: '9999-12-31' })).toEqual(['9999-12-31T00:00:00Z', '9999-12-31T00:00:00Z']);
  expect(period({ end: '0000-01-01' })).toEqual(['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z']);
  expect(period({}, { first: '2026-11-02', last: '9999-12-31' })[1]).toBe('9999-12-31T00:00:00Z');
});

test('knows whether it leaves anything out', () => {
  const whole = (asked: Partial<AskedDays>) =>
    coversWhole(
      { kind: 'days', ...asked },
      { media_buy_id: 'mb_1', rows: [], gauges: {}, span: { first: '2026-11-02', last: '2026-11-04' } },
    );
  expect([
    whole({}),
    whole({ start: '2026-11-02', end: '2026-11-05' }),
    whole({ start: '2026-11-03' }),
    whole({ end: '2026-11-04' }),
  ]).toEqual([true, true, false, false]);
});

test('counts the days begun, and of hours the hours', () => {
  const days = (start: string, end: string) => lengthOf({ start, end, asked: { kind: 'days' } }).interval;
  const hours = { kind: 'hours', start: '2026-11-01T22', end: '2026-11-02T01' } as const;
  expect(lengthOf(coveredPeriod(hours, [], [], NOW))).toEqual({ interval: 3, unit: 'hours' });
  expect([
    days('2026-11-01T00:00:00Z', '2026-11-03T00:00:00Z'),
    days('2026-11-01T00:00:00Z', '2026-11-01T12:00:00Z'),
    days('2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z'),
  ]).toEqual([2, 1, 1]);
});

test('is cut into days and months that follow one another', () => {
  const slices = (start: string, end: string, granularity: 'daily' | 'monthly') => {
    const cut = slicesOfPeriod({ start, end, asked: { kind: 'days' } }, granularity);
    return cut.kind === 'slices' ? [...cut.slices.starts, cut.slices.end] : cut.errors[0].field;
  };
  expect(slices('2026-11-29T00:00:00Z', '2026-12-01T12:00:00Z', 'daily')).toEqual(['2026-11-29', '2026-11-30', '2026-12-01', '2026-12-02']);
  expect(slices('2026-11-15T00:00:00Z', '2027-02-02T00:00:00Z', 'monthly')).toEqual([
    '2026-11-15',
    '2026-12-01',
    '2027-01-01',
    '2027-02-01',
    '2027-02-02',
  ]);
  expect(slices('2026-11-15T00:00:00Z', '2099-01-01T00:00:00Z', 'daily')).toBe('time_granularity');
});
