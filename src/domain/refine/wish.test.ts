import { describe, expect, test } from 'vitest';
import { spokenAmount } from './money-words.ts';
import { clausesOf } from './wish.ts';

const wishes = (ask: string) => clausesOf(ask).map(({ wish }) => wish);

describe('an ask in free text', () => {
  test.each([
    ['Only guaranteed packages', { kind: 'delivery_type', delivery_type: 'guaranteed' }],
    ['non-guaranteed inventory please', { kind: 'delivery_type', delivery_type: 'non_guaranteed' }],
    ['Leave out the display part', { kind: 'without', words: ['display', 'part'] }],
    ['No podcasts', { kind: 'without', words: ['podcast'] }],
    ['CTV only', { kind: 'only', words: ['ctv'] }],
    ['Add some podcast', { kind: 'with', words: ['podcast'] }],
    ['fixed price deals', { kind: 'fixed_price', fixed: true }],
    ['CPM under $15', { kind: 'highest_cpm', amount: 15 }],
    ['nothing over: at most 12.50 CPM', { kind: 'highest_cpm', amount: 12.5 }],
    ['Put 60% of the money on CTV', { kind: 'share', words: ['ctv'], percent: 60 }],
    ['Increase CTV to 40 percent', { kind: 'share', words: ['ctv'], percent: 40 }],
    ['reallocate the rest to video', { kind: 'share', words: ['video'] }],
    ['Raise its money to $30K', { kind: 'budget', budget: { amount: 30_000, currency: 'USD' } }],
    ['We need a completion rate of at least 80%', { kind: 'standard', metric: 'completion_rate', threshold: 0.8 }],
    ['Frequency caps of 3 a day everywhere', { kind: 'frequency_cap' }],
  ])('reads "%s"', (ask, wish) => expect(wishes(ask)).toEqual([wish]));

  test('is read clause by clause, sentence or verb', () => {
    expect(wishes('Give 60% of it to CTV, drop the banners and move what that frees to video.')).toEqual([
      { kind: 'share', words: ['ctv'], percent: 60 }, { kind: 'without', words: ['banner'] }, { kind: 'share', words: ['video'] },
    ]);
  });

  test.each(['make it pop', 'shift $10K to CTV', 'move 140% to video'])('leaves "%s" unread instead of guessing', (ask) => expect(wishes(ask)).toEqual([undefined]));
});

test.each([
  ['$50K budget', { amount: 50_000, currency: 'USD' }],
  ['a budget of 30,000 EUR for Q3', { amount: 30_000, currency: 'EUR' }],
  ['£1.5 million', { amount: 1_500_000, currency: 'GBP' }],
  ['adults 25-54 in Q2', undefined],
])('money in "%s"', (text, amount) => expect(spokenAmount(text)).toEqual(amount));
