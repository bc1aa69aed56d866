import { describe, expect, it } from 'vitest';
import { GetAdcpCapabilitiesSuccess } from '../protocol/wire/get-adcp-capabilities.ts';
import { TargetingOverlay } from '../protocol/wire/core/targeting.ts';
import { KNOWN_DIMENSIONS, takesDimension, TARGETING_SUPPORT } from './targeting-dimensions.ts';

/** The bits that AdCP has for dimensions. */
const BITS = Object.keys(GetAdcpCapabilitiesSuccess.properties.media_buy.properties.execution.properties.targeting.properties);

describe('the table of targeting dimensions', () => {
  it('names every member that an overlay has', () => {
    expect([...KNOWN_DIMENSIONS].sort()).toEqual(Object.keys(TargetingOverlay.properties).sort());
  });
  it.each(BITS)('takes %s exactly when it declares it', (bit) => {
    expect(takesDimension(bit)).toBe(Object.hasOwn(TARGETING_SUPPORT, bit));
  });
  it.each(BITS.filter((bit) => bit.startsWith('geo_') && bit !== 'geo_proximity'))('takes the exclusion of %s with the place', (bit) => {
    expect(takesDimension(`${bit}_exclude`)).toBe(takesDimension(bit));
  });
  it('leaves members alone that AdCP does not define', () => {
    expect(takesDimension('x_vendor_hint')).toBe(true);
  });
});
