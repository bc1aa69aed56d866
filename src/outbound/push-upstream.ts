/** Carries out one upstream push: its calls in order, each until it is done, refused, or worth another try later. */
import type { Platform } from '../domain/ports/platform.ts';
import type { JobOf } from '../domain/ports/jobs.ts';
import type { Sender } from './sender.ts';

export type PushOutcome = { readonly kind: 'done' } | { readonly kind: 'retry' | 'refused'; readonly reason: string };

export async function pushUpstream(
  job: JobOf<'push_upstream'>, platform: Platform, sender: Sender, credentials: Readonly<Record<string, string>> = {},
): Promise<PushOutcome> {
  for (const call of job.payload.calls) {
    const reply = await sender.send(call, { principal_id: job.principal_id, credentials });
    if (reply.kind === 'barred') return { kind: 'refused', reason: reply.reason };
    if (reply.kind === 'no_reply') return { kind: 'retry', reason: reply.reason };
    const meaning = platform.read(reply.status, reply.body);
    if (meaning !== 'done') return { kind: meaning, reason: `${call.method} ${call.url} answered ${reply.status}` };
  }
  return { kind: 'done' };
}
