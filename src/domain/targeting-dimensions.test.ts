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
  it('takes of the dimensions that have a bit exactly those that it declares', () => {
    for (const bit of BITS) expect(takesDimension(bit), bit).toBe(Object.hasOwn(TARGETING_SUPPORT, bit));
  });
  it('takes the exclusion of a place with the place', () => {
    for (const bit of BITS.filter((each) => each.startsWith('geo_') && each !== 'geo_proximity')) expect(takesDimension(`${bit}_exclude`), bit).toBe(takesDimension(bit));
  });
  it('leaves members alone that AdCP does not define', () => {
    expect(takesDimension('x_vendor_hint')).toBe(true);
  });
});
