import type { GetSignalsRequest, Signal } from '../../protocol/wire/get-signals.ts';

/** Members without which a signal is no signal. */
const ALWAYS: readonly (keyof Signal)[] = ['signal_ref', 'signal_id', 'signal_agent_segment_id', 'name', 'description', 'value_type', 'signal_type', 'deployments'];

/** A signal with the members that were asked for, beside those that every signal has. */
export function projectedSignal(signal: Signal, fields: GetSignalsRequest['fields']): Signal {
  if (fields === undefined) return signal;
  const kept = new Set<string>([...ALWAYS, ...fields]);
  return Object.fromEntries(Object.entries(signal).filter(([member]) => kept.has(member))) as unknown as Signal;
}
