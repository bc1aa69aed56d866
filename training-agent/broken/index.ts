/** The sellers that lie. Each is a module `<name>.ts` beside this one, to be served with `--training-agent`. */
import * as acceptsPhantomEventSource from './accepts-phantom-event-source.ts';
import * as acceptsPhantomAudience from './accepts-phantom-audience.ts';
import * as forwardsNoEvents from './forwards-no-events.ts';
import * as countsDuplicates from './counts-duplicates.ts';
import * as omitsCpa from './omits-cpa.ts';
import * as roasWithoutValue from './roas-without-value.ts';
import * as creditsFirstCreativeOnly from './credits-first-creative-only.ts';
import * as exceedsFrequencyCap from './exceeds-frequency-cap.ts';
import * as acceptsUnsupportedReachUnit from './accepts-unsupported-reach-unit.ts';
import * as dropsContextOnErrors from './drops-context-on-errors.ts';
import * as movesStatusBackwards from './moves-status-backwards.ts';
import * as leaksPayloadOnConflict from './leaks-payload-on-conflict.ts';
import type { LyingSeller } from './lying.ts';

export interface ListedLie {
  /** Of the module, without its ending. */
  readonly name: string;
  /** What is promised and not kept. */
  readonly promise: string;
  /** The seller itself. */
  readonly openSandbox: LyingSeller['openSandbox'];
}

const MODULES = {
  'accepts-phantom-event-source': acceptsPhantomEventSource,
  'accepts-phantom-audience': acceptsPhantomAudience,
  'forwards-no-events': forwardsNoEvents,
  'counts-duplicates': countsDuplicates,
  'omits-cpa': omitsCpa,
  'roas-without-value': roasWithoutValue,
  'credits-first-creative-only': creditsFirstCreativeOnly,
  'exceeds-frequency-cap': exceedsFrequencyCap,
  'accepts-unsupported-reach-unit': acceptsUnsupportedReachUnit,
  'drops-context-on-errors': dropsContextOnErrors,
  'moves-status-backwards': movesStatusBackwards,
  'leaks-payload-on-conflict': leaksPayloadOnConflict,
};

export const LIES: readonly ListedLie[] = Object.entries(MODULES).map(([name, { promise, openSandbox }]) => ({ name, promise, openSandbox }));
