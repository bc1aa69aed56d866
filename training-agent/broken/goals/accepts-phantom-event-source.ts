import { lying } from '../lying.ts';
import { freshKey, insisted, valueAt } from '../retelling.ts';

/** Registers, behind the buyer's back, whatever source a goal names. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An event goal on a source that was never registered is refused.',
  tells: () => (call, honest) => insisted(call, honest, (field) => (!field.endsWith('.event_source_id') ? undefined : {
    task: 'sync_event_sources',
    request: { account: call.request['account'], idempotency_key: freshKey(), event_sources: [{ event_source_id: valueAt(call.request, field) }] },
  })),
});
