import { expect, test } from 'vitest';
import { isReached } from './semver.ts';

test.each([
  ['3.1.19', '3.1.19', true], ['3.1.19', '3.1.9', true], ['3.1.19', '3.2.0', false], ['3.1.19', '3.1.20', false], ['4.0.0', '3.9.9', true],
  ['6.5.0-rc.3', '6.5.0', false], ['6.5.0', '6.5.0-rc.3', true], ['6.5.0-rc.3', '6.5.0-rc.12', false], ['6.5.0-rc.3', '6.5.0-0', true],
  ['6.5.0-alpha', '6.5.0-alpha.1', false],
])('%s reaches %s: %s', (version, bound, expected) => {
  expect(isReached(version, bound)).toBe(expected);
});
