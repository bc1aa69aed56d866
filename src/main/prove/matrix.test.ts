import { expect, test } from 'vitest';
import type { Grading } from './grading.ts';
import { fateOf, isCaught, killedBy, rowOf } from './matrix.ts';
import { headText, rowText, totalsText } from './matrix-text.ts';

const LIE = { name: 'omits-cpa', kind: 'delivery', promise: 'Delivery with conversions reports what one of them cost.' };
const ours: Grading = { suite: 'ours', code: 0, detail: 'every step that applies passed', failed: {}, duration_ms: 1 };
const official: Grading = { ...ours, suite: 'official' };
const HONEST = [ours, { ...official, failed: { 'media_buy_seller/provenance': ['media_buy_seller/provenance#a/b'] } }];
const caught = (suite: Grading, ...storyboards: string[]): Grading =>
  ({ ...suite, code: 1, failed: Object.fromEntries(storyboards.map((id) => [id, [`${id}#delivery/get_delivery`]])) });

test('what fails on the honest seller, too, catches nothing', () => {
  const row = rowOf(LIE, [caught(ours), caught(official, 'media_buy_seller/provenance')], HONEST);
  expect([fateOf(row), isCaught(row)]).toEqual(['survives', false]);
});

test.each([
  ['caught', caught(ours, 'a'), caught(official, 'b')],
  ['only_ours', caught(ours, 'a'), official],
  ['only_official', ours, caught(official, 'b')],
  ['survives', ours, official],
] as const)('a lie is %s by what fails on it', (fate, first, second) => {
  expect(fateOf(rowOf(LIE, [first, second], HONEST))).toBe(fate);
});

test('a run that came to no verdict is neither a catch nor an escape', () => {
  const row = rowOf(LIE, [{ ...caught(ours, 'a'), code: 3, detail: 'the seller could not be reached' }], HONEST);
  expect([fateOf(row), isCaught(row), row.unclear]).toEqual(['unclear', false, ['ours: the seller could not be reached']]);
});

test('without another suite there is nothing that only ours catches', () => {
  expect(fateOf(rowOf(LIE, [caught(ours, 'a')], [ours]))).toBe('caught');
});

test('a person reads a line for each lie, what a survivor should have kept, and what it comes to', () => {
  const rows = [
    rowOf(LIE, [caught(ours, 'media_buy_seller/performance_buy_flow', 'media_buy_seller/event_dedup_flow'), official], HONEST),
    rowOf({ name: 'skips-a-row', kind: 'pages', promise: 'No row falls between two pages.' }, [ours, official], HONEST),
  ];
  const suites = ['ours', 'official'] as const;
  expect([headText(suites), ...rows.map((row) => rowText(row, suites, false)), totalsText(rows, suites)].join('\n')).toBe([
    '  LIE                                           OURS                                        OFFICIAL',
    '✓ delivery/omits-cpa                            performance_buy_flow +1                     -                                           only ours',
    '✗ pages/skips-a-row                             -                                           -                                           SURVIVES',
    '    promise  No row falls between two pages.',
    'by kind   delivery 1/1, pages 0/1',
    'ours      1 / 2',
    'official  0 / 2',
    'only ours 1 that the official suite misses',
    'killed    1 / 2',
  ].join('\n'));
  expect(rowText(rows[0]!, ['ours'], true)).toBe([
    '✓ delivery/omits-cpa                            performance_buy_flow +1                     only ours',
    '    promise  Delivery with conversions reports what one of them cost.',
    '    ours     media_buy_seller/performance_buy_flow#delivery/get_delivery',
    '    ours     media_buy_seller/event_dedup_flow#delivery/get_delivery',
  ].join('\n'));
  expect(killedBy(rows, 'ours')).toBe(1);
});
