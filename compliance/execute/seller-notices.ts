import type { Notice } from '../events.ts';
import { own } from '../json/object.ts';
import { claims } from '../plan/select-storyboards.ts';
import type { Policy } from '../policy.ts';
import type { SellerProfile } from '../seller.ts';

/** What a seller should know about its capabilities although no verdict depends on it. */
export function sellerNotices(profile: SellerProfile, codes: Policy['noticeCodes'] = 'canonical'): readonly Notice[] {
  const notices = canonicalNotices(profile);
  return codes === 'canonical' ? notices : notices.map((notice) => ({ ...notice, code: RUNNER_CODES.get(notice.code) ?? notice.code }));
}

/** The official runner's own names for some. */
const RUNNER_CODES: ReadonlyMap<string, string> = new Map([
  ['request_signing_required_in_4_0', 'request_signing.required'],
  ['legacy_hmac_fallback_removed_in_4_0', 'webhook_signing.legacy_hmac_fallback.removed'],
]);

function canonicalNotices(profile: SellerProfile): readonly Notice[] {
  const { capabilities } = profile;
  if (capabilities === undefined)
    return [
      {
        severity: 'info', code: 'capabilities_unavailable',
        message: 'the seller gave no capabilities: only universal storyboards are selected',
      },
    ];
  const signs = own(capabilities['request_signing'], 'supported') === true;
  const notices: Notice[] = [];
  if (signs && claims(profile, 'specialisms').includes('signed-requests'))
    notices.push({
      severity: 'deprecation', code: 'signed_requests_specialism_deprecated', capability_path: 'specialisms',
      message: 'request_signing.supported says the same as the specialism signed-requests',
    });
  if (!signs)
    notices.push({
      severity: 'future_required', code: 'request_signing_required_in_4_0', effective_version: '4.0',
      capability_path: 'request_signing.supported', message: 'AdCP 4.0 requires request signing',
    });
  if (own(capabilities['webhook_signing'], 'legacy_hmac_fallback') === true)
    notices.push({
      severity: 'deprecation', code: 'legacy_hmac_fallback_removed_in_4_0', effective_version: '4.0',
      capability_path: 'webhook_signing.legacy_hmac_fallback', message: 'AdCP 4.0 removes the HMAC fallback for webhooks',
    });
  return notices;
}
