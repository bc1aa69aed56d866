import type { FeatureSwitches } from '../config/shape.ts';
import { ALL_FEATURES, type Features } from '../domain/features.ts';

/** What is built, less what the operator switched off. */
export function switchedFeatures(switches: FeatureSwitches): Features {
  const { conversion_tracking: tracking = true, audience_targeting: audiences = true, ...plain } = switches;
  const { conversion_tracking, audience_targeting, ...rest } = ALL_FEATURES;
  return {
    ...rest, ...plain,
    // What comes along with a package goes into the library.
    inline_creatives: (plain.inline_creatives ?? rest.inline_creatives) && (plain.creative_library ?? rest.creative_library),
    // A plan is finalised by refining it.
    proposals: (plain.proposals ?? rest.proposals) && (plain.refine ?? rest.refine),
    ...(tracking === false ? {} : { conversion_tracking: { ...conversion_tracking!, ...(tracking === true ? {} : tracking) } }),
    ...(audiences === false ? {} : { audience_targeting: { ...audience_targeting!, ...(audiences === true ? {} : audiences) } }),
  };
}
