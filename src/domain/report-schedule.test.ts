import { expect, test } from 'vitest';
import { mediaBuy } from '../../test/support/media-buys.ts';
import { firstReport, nextReport, periodAround, reportAt, type ReportDue, type ReportingFrequency } from './report-schedule.ts';

test.each<[ReportingFrequency, string, string, string]>([
  ['hourly', '2026-11-20T12:34:56Z', '2026-11-20T12:00:00.000Z', '2026-11-20T13:00:00.000Z'],
  ['hourly', '2026-12-31T23:59:59Z', '2026-12-31T23:00:00.000Z', '2027-01-01T00:00:00.000Z'],
  ['daily', '2026-11-20T00:00:00Z', '2026-11-20T00:00:00.000Z', '2026-11-21T00:00:00.000Z'],
  ['daily', '2026-11-20T23:30:00-02:00', '2026-11-21T00:00:00.000Z', '2026-11-22T00:00:00.000Z'],
  ['monthly', '2028-02-29T10:00:00Z', '2028-02-01T00:00:00.000Z', '2028-03-01T00:00:00.000Z'],
  ['monthly', '2026-12-05T00:00:00Z', '2026-12-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'],
])('%s: %s lies in the period from %s', (frequency, moment, start, end) => expect(periodAround(moment, frequency)).toEqual({ start, end }));

const NOW = '2026-11-20T12:00:00.000Z';
const buy = (more: object = {}) => mediaBuy({
  start_time: '2026-11-25T00:00:00Z', end_time: '2026-11-28T06:00:00Z', status: 'active',
  reporting_webhook: { url: 'https://buyer.example/', reporting_frequency: 'daily' }, ...more,
});
const all = (record: ReturnType<typeof buy>) => {
  const due: ReportDue[] = [];
  for (let next = firstReport(record, NOW); next && due.length < 50; next = nextReport(record, next)) due.push(next);
  return due;
};

test('a report for each day of the flight, the last for the day in which it ends', () => {
  expect(all(buy()).map(({ sequence_number, start }) => [sequence_number, start.slice(0, 10)])).toEqual([[1, '2026-11-25'], [2, '2026-11-26'], [3, '2026-11-27'], [4, '2026-11-28']]);
});

test('a flight that ends at midnight has no report for the day after', () => {
  expect(all(buy({ end_time: '2026-11-27T00:00:00Z' }))).toHaveLength(2);
});

test('a buy that runs already is reported from now on', () => {
  expect(all(buy({ start_time: '2026-11-01T00:00:00Z' }))[0]).toMatchObject({ sequence_number: 1, start: '2026-11-20T00:00:00.000Z' });
});

test('a canceled buy is reported until the day of its end', () => {
  const canceled = buy({ status: 'canceled', cancellation: { canceled_at: '2026-11-26T09:00:00Z', canceled_by: 'buyer' } });
  expect(all(canceled).at(-1)).toMatchObject({ sequence_number: 2, start: '2026-11-26T00:00:00.000Z' });
});

test('nobody asked: nothing is due', () => {
  expect(firstReport(mediaBuy({}), NOW)).toBeUndefined();
});

test('a report is sent when the slowest product has its figures', () => {
  const due = firstReport(buy(), NOW)!;
  const [first] = buy().packages;
  const slow = { ...first!, terms: { ...first!.terms, reporting_capabilities: { ...first!.terms.reporting_capabilities, expected_delay_minutes: 240 } } };
  expect(reportAt(buy({ packages: [first, slow] }), due)).toBe('2026-11-26T04:00:00.000Z');
});
