import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const seeded = (fixtures: string, seeding = true): string =>
  board('- id: show\n  task: get_media_buys\n  sample_request: {}', `prerequisites: { controller_seeding: ${seeding} }\n${fixtures}`);

test('a fixture without its id is found', () => {
  const found = expectFound('invalid_fixture', seeded(`fixtures:
  products:
    - product_id: bikes
    - «name: Bikes
  pricing_options:
    - «product_id: bikes
`));
  expect(found).toEqual(['error: the fixture has no product_id, and cannot be seeded', 'error: the fixture has no pricing_option_id, and cannot be seeded']);
});

test('fixtures that nobody seeds are doubtful', () => {
  expect(expectFound('invalid_fixture', seeded('«fixtures: { products: [{ product_id: bikes }] }\n', false))[0]).toMatch(/^warning: /);
});

test('whole fixtures are left alone', () => {
  expectClean('invalid_fixture', seeded('fixtures: { products: [{ product_id: bikes }], accounts: [] }\n'));
});
