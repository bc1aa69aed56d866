import { lying } from '../lying.ts';
import { freshKey, insisted, valueAt } from '../retelling.ts';

/** Registers, behind the buyer's back, an empty audience for whatever id is targeted. */
export const { promise, facade, openSandbox } = lying({
  promise: 'Targeting an audience that was never synced is refused.',
  tells: () => (call, honest) => insisted(call, honest, (field) => (!/\.audience_(in|ex)clude\[\d+\]$/.test(field) ? undefined : {
    task: 'sync_audiences',
    request: { account: call.request['account'], idempotency_key: freshKey(), audiences: [{ audience_id: valueAt(call.request, field) }] },
  })),
});
