/** Shows what really left for the platform on a caller's behalf (seller specification §2.21). */
import type { RecordedCall, Recorder } from '../../src/domain/ports/recorder.ts';
import type { RecordedCall as ShownCall } from '../../src/protocol/wire/comply-test-controller.ts';
import type { QueryUpstreamTraffic } from '../../src/protocol/wire/controller-params.ts';
import { answer, type Desk } from '../../src/usecases/desk.ts';
import { subjectOf } from '../platform/interface.ts';
import { digest, NotFinite, raw } from './attestation.ts';
import { fitsPattern } from './endpoint-pattern.ts';
import { refusal, type Scenario } from './scenario.ts';

/** How long a query waits for pushes that were queued before it. */
const PATIENCE_MS = 5_000;
const POLL_MS = 20;
const USUAL_LIMIT = 100;

/**
 * Calls that the platform answered, whatever it answered; one that got no answer may never have arrived, and is not shown.
 * @param opened when the sandbox was first opened: where a query begins that states no time
 */
export const queryUpstreamTraffic = (recorder: Recorder, opened: Date): Scenario<'query_upstream_traffic'> => async (params, asker) => {
  const { principal_id } = asker.caller.principal;
  await pushesSettled(principal_id, asker.desk);
  const since_timestamp = params.since_timestamp ?? opened.toISOString();
  const own = recorder.since(since_timestamp).filter((call) => call.principal_id === principal_id && call.status !== undefined && fits(call, params))
    .sort((a, b) => Date.parse(a.timestamp) - Date.parse(b.timestamp));
  const newest = own.slice(-(params.limit ?? USUAL_LIMIT));
  try {
    return answer({
      success: true, recorded_calls: newest.map((call) => shown(call, params)), total_count: own.length, since_timestamp,
      ...(newest.length < own.length ? { truncated: true } : {}),
    });
  } catch (error) {
    if (error instanceof NotFinite) return refusal('JCS_NON_FINITE_NUMBER', 'a payload holds a number that is not finite, which has no canonical form');
    throw error;
  }
};

/** Until every push of the caller that is queued now was sent or given up, or patience ends. */
async function pushesSettled(principal_id: string, { store, clock }: Desk): Promise<void> {
  const { newest } = await store.pendingPushes(principal_id);
  for (let waited = 0; waited < PATIENCE_MS && (await store.pendingPushes(principal_id, newest)).count > 0; waited += POLL_MS) await clock.sleep(POLL_MS);
}

const endpointOf = (call: RecordedCall): string => `${call.method} ${call.url}`;
const fits = (call: RecordedCall, { endpoint_pattern: pattern }: QueryUpstreamTraffic): boolean => pattern === undefined || fitsPattern(pattern, endpointOf(call));

function shown(call: RecordedCall, { attestation_mode = 'raw', identifier_value_digests }: QueryUpstreamTraffic): ShownCall {
  const { method, url, content_type, timestamp, status, payload } = call;
  const { host, pathname: path } = new URL(url);
  return {
    method: method as ShownCall['method'], endpoint: endpointOf(call), url, host, path, content_type, timestamp, purpose: subjectOf(url)?.purpose ?? 'other',
    ...(status === undefined ? {} : { status_code: status }),
    ...(attestation_mode === 'raw' ? raw(payload) : digest(payload, identifier_value_digests)),
  };
}
