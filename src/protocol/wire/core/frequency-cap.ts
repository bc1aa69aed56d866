/** How often one person may see a package. */
import { Type, type Static } from 'typebox';
import { anyOfMembers } from './conditions.ts';
import { Duration } from './duration.ts';
import { Amount, Ordinal } from './numbers.ts';
import { ReachUnit } from './reach.ts';

/** A pause between two impressions, a cap per window, or both; the three members of the cap travel together. */
export const FrequencyCap = Type.Object({
  suppress: Type.Optional(Duration),
  suppress_minutes: Type.Optional(Amount),
  max_impressions: Type.Optional(Ordinal),
  per: Type.Optional(ReachUnit),
  window: Type.Optional(Duration),
}, {
  ...anyOfMembers('suppress', 'suppress_minutes', 'max_impressions'),
  dependencies: { max_impressions: ['per', 'window'], per: ['max_impressions'], window: ['max_impressions'] },
});
export type FrequencyCap = Static<typeof FrequencyCap>;
