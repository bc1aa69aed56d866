/** What came of one call, as its caller sees it. */
import type { Answer } from './connections.ts';

export type Outcome =
  | 'accepted'
  /** With a code that says that it was too much, and when to come back. */
  | 'refused'
  /** Anything else. */
  | 'broken';

const FAILED = Buffer.from('"isError":true');
const TOO_MUCH = new Set(['SERVICE_UNAVAILABLE', 'RATE_LIMITED']);
/** How near to its end an answer says that it is an error. */
const NEAR = 200;

export function outcomeOf({ status, body }: Answer): Outcome {
  if (status === 200 && !body.subarray(-NEAR).includes(FAILED)) return 'accepted';
  if (status !== 200 && status !== 429 && status !== 503) return 'broken';
  const { result, error } = JSON.parse(body.toString()) as { result?: { structuredContent: { adcp_error: Refusal } }; error?: { code: number; data?: Refusal } };
  const refusal = result?.structuredContent.adcp_error ?? error?.data;
  return refusal && TOO_MUCH.has(refusal.code) && Number(refusal.retry_after) > 0 ? 'refused' : 'broken';
}

interface Refusal {
  readonly code: string;
  readonly retry_after?: number;
}
