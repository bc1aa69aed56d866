import { expect, test } from 'vitest';
import { declaredFeatures } from '../domain/declared-features.ts';
import { ALL_FEATURES } from '../domain/features.ts';
import { switchedFeatures } from './features.ts';

test('everything that is built is on until it is switched off', () => {
  expect(switchedFeatures({})).toEqual(ALL_FEATURES);
});

test('a part of a feature may be off while the rest stays on', () => {
  const { conversion_tracking, audience_targeting } = switchedFeatures({ conversion_tracking: { per_creative_attribution: false }, audience_targeting: false });
  expect(conversion_tracking).toEqual({ ...ALL_FEATURES.conversion_tracking, per_creative_attribution: false });
  expect(audience_targeting).toBeUndefined();
});

test('without a library no creative comes along with a package, whatever its own switch says', () => {
  for (const switches of [{}, { inline_creatives: true }])
    expect(declaredFeatures(switchedFeatures({ ...switches, creative_library: false })).inline_creative_management).toBe(false);
});
