/** Names of signals: when two of them mean the same, whatever generation of AdCP they are of. */
import { canonicalJson } from '../../protocol/canonical-json.ts';
import type { SignalId, SignalRef } from '../../protocol/wire/core/signal.ts';

/** Something that has a name of either kind. */
export interface Named {
  readonly signal_ref?: SignalRef;
  readonly signal_id?: SignalId;
}

/** A text that two names share exactly when they mean the same signal. */
export const signalKey = (ref: SignalRef): string => canonicalJson(ref);

/** The older name in the words of the newer. */
const renamed = (id: SignalId): SignalRef => (id.source === 'catalog'
  ? { scope: 'data_provider', data_provider_domain: id.data_provider_domain, signal_id: id.id }
  : { scope: 'signal_source', signal_source_url: id.agent_url, signal_id: id.id });

/** Every name of something, as keys. */
export const signalKeys = ({ signal_ref, signal_id }: Named): string[] =>
  [...(signal_ref ? [signalKey(signal_ref)] : []), ...(signal_id ? [signalKey(renamed(signal_id))] : [])];

/** Whether one of the names is the other's too. */
export function sameSignal(one: Named, other: Named): boolean {
  const keys = signalKeys(other);
  return signalKeys(one).some((key) => keys.includes(key));
}
