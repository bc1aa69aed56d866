import { expect, test } from 'vitest';
import { board, expectClean, expectFound } from '../../../test/support/lint.ts';

const gated = (gate: string): string => board('- id: show\n  task: get_media_buys\n  sample_request: {}', `requires_capability:\n${gate}`);

test('a capability that no seller can declare is found', () => {
  expect(expectFound('unknown_capability', gated('  «path: media_buy.featurez\n  present: true\n'))).toEqual(['error: no seller can declare "media_buy.featurez"']);
});

test('a value that a capability cannot have is found', () => {
  expectFound('unknown_capability', gated('  path: supported_protocols\n  «contains: 7\n'));
  expectFound('unknown_capability', gated('  path: adcp.idempotency.supported\n  «equals: "yes"\n'));
});

test('a gate of a phase is looked at, too', () => {
  expectFound('unknown_capability', board('- id: show\n  task: get_media_buys\n  sample_request: {}')
    .replace('    steps:', '    requires_capability: { «path: media_by, present: true }\n    steps:'));
});

test('what can be declared is left alone', () => {
  for (const gate of ['  path: supported_protocols\n  contains: media_buy\n', '  path: adcp.idempotency.supported\n  equals: true\n', '  path: ext.ours\n  present: true\n'])
    expectClean('unknown_capability', gated(gate));
});
