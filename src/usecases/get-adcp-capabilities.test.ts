import { expect, test } from 'vitest';
import { catalogueOf, testDesk, testProduct } from '../../test/support/desk.ts';
import { ANYBODY } from '../domain/caller.ts';
import type { Desk } from './desk.ts';
import { getAdcpCapabilities } from './get-adcp-capabilities.ts';

const channels = async (desk: Desk) => {
  const given = await getAdcpCapabilities({}, ANYBODY, desk);
  return given.kind === 'answer' ? given.body.media_buy?.portfolio?.primary_channels : given;
};

test('what the seller can do follows from the products that it has now', async () => {
  let products = [testProduct('banner')];
  const desk: Desk = { ...testDesk(), catalogue: { ...catalogueOf([]), products: async () => products } };
  expect(await channels(desk)).toEqual(['display']);
  expect(await channels(desk)).toEqual(['display']);
  products = [testProduct('spot', { channels: ['olv'] })];
  expect(await channels(desk)).toEqual(['olv']);
});
