/** A JSON document that another party publishes: fetched through the sender, kept for a while, and asked for no more than now and then. */
import type { Clock } from '../../domain/ports/clock.ts';
import type { Sender } from '../sender.ts';

export interface Fetching {
  readonly send: Pick<Sender, 'post'>;
  readonly clock: Clock;
}

/** How long a document is taken without asking again; what its publisher takes back is good for no longer. */
export const KEPT_MS = 600_000;
/** So often at most the publisher is asked, whatever comes. */
export const PAUSE_MS = 30_000;
const PATIENCE_MS = 5_000;
const MOST_BYTES = 256 * 1024;

export interface KeptDocument<Content> {
  /** What is kept, fetched when it is too old; undefined while it cannot be had. */
  current(): Promise<Content | undefined>;
  /** Fetched again, unless that was a moment ago. */
  renewed(): Promise<Content | undefined>;
}

/**
 * @param address where it stands; undefined while nobody knows
 * @param read gives undefined for what is no such document
 */
export function keptDocument<Content>(address: () => Promise<string | undefined>, read: (document: unknown) => Content | undefined, { send, clock }: Fetching): KeptDocument<Content> {
  let kept: { readonly content: Content; readonly at: number } | undefined;
  let asked = -Infinity;
  let underway: Promise<void> | undefined;
  const now = (): number => clock.now().getTime();
  const fresh = (): Content | undefined => (kept !== undefined && now() - kept.at < KEPT_MS ? kept.content : undefined);

  async function fetched(): Promise<void> {
    const url = await address();
    const content = url === undefined ? undefined : read(await document(url, send));
    if (content !== undefined) kept = { content, at: now() };
  }
  const renewed = async (): Promise<Content | undefined> => {
    if (underway === undefined && now() - asked >= PAUSE_MS) {
      asked = now();
      underway = fetched().finally(() => { underway = undefined; });
    }
    await underway;
    return fresh();
  };
  return { renewed, current: async () => fresh() ?? renewed() };
}

async function document(url: string, send: Fetching['send']): Promise<unknown> {
  const reply = await send.post({ method: 'GET', url, headers: { accept: 'application/json' }, body: '', timeoutMs: PATIENCE_MS, maxReplyBytes: MOST_BYTES });
  if (reply.kind !== 'reply' || reply.status !== 200) return undefined;
  try {
    return JSON.parse(reply.body);
  } catch {
    return undefined;
  }
}
