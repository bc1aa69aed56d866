import { expect, test } from 'vitest';
import type { SellerProfile } from '../seller.ts';
import { sellerNotices } from './seller-notices.ts';

const profile = (capabilities?: Readonly<Record<string, unknown>>): SellerProfile =>
  ({ url: 'https://seller.example/mcp', tools: new Set(), toolInputs: new Map(), ...(capabilities && { capabilities }) }) as unknown as SellerProfile;
const told = (capabilities?: Readonly<Record<string, unknown>>) => sellerNotices(profile(capabilities)).map(({ code }) => code);

const SIGNS = { request_signing: { supported: true } };

test.each<[code: string, told: Readonly<Record<string, unknown>> | undefined, untold: Readonly<Record<string, unknown>>]>([
  ['capabilities_unavailable', undefined, SIGNS],
  ['request_signing_required_in_4_0', {}, SIGNS],
  ['signed_requests_specialism_deprecated', { ...SIGNS, specialisms: ['signed-requests'] }, { specialisms: ['signed-requests'] }],
  ['signed_requests_specialism_deprecated', { ...SIGNS, specialisms: ['signed-requests'] }, SIGNS],
  ['legacy_hmac_fallback_removed_in_4_0', { ...SIGNS, webhook_signing: { legacy_hmac_fallback: true } }, { webhook_signing: { legacy_hmac_fallback: false } }],
])('a seller is told %s when it is so, and not otherwise', (code, so, otherwise) => {
  expect([told(so), told(otherwise).includes(code)]).toEqual([[code], false]);
});

test.each([
  ['signed_requests_specialism_deprecated', 'deprecation', 'specialisms', undefined, { ...SIGNS, specialisms: ['signed-requests'] }],
  ['request_signing_required_in_4_0', 'future_required', 'request_signing.supported', '4.0', {}],
  ['legacy_hmac_fallback_removed_in_4_0', 'deprecation', 'webhook_signing.legacy_hmac_fallback', '4.0', { ...SIGNS, webhook_signing: { legacy_hmac_fallback: true } }],
])('%s is a %s about %s', (code, severity, capability_path, version, capabilities) => {
  const [notice] = sellerNotices(profile(capabilities));
  expect([notice, notice?.effective_version]).toEqual([expect.objectContaining({ code, severity, capability_path }), version]);
});

test('what will be required says from which version on, and what is only said never does', () => {
  const [required] = sellerNotices(profile({}));
  const [info] = sellerNotices(profile());
  expect([required, info]).toMatchObject([{ severity: 'future_required', effective_version: '4.0' }, { severity: 'info' }]);
  expect(info).not.toHaveProperty('effective_version');
});
