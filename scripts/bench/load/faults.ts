/** Four fifths of what the seller can do, while its platform falls silent or answers 503 and receivers of webhooks are slow: nothing is lost, nothing is done twice. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { started } from '../seller/child.ts';
import { answerOf } from '../seller/our-seller.ts';
import type { Result } from '../seller/result.ts';
import { connections, type Answer } from './connections.ts';
import { offered, saturated } from './offered.ts';
import { outcomeOf } from './outcome.ts';
import type { Settings } from './settings.ts';
import { FRESH, traffic, type Kind, type NextCall } from './traffic.ts';
import { witness, type Mood, type Witness } from './witness.ts';

const ACCOUNT = { brand: { domain: 'trailandtent.example' }, operator: 'northlight-media.example', sandbox: true };
const [CONNECTIONS, BUSY, OF_CAPACITY] = [200, 16, 0.8];
/** Pushes of one source go one after another, so that a single one would be the limit. */
const SOURCES = 20;
const EVENTS_A_CALL = 5;
/** The platform's moods within every ten seconds. */
const CYCLE_MS = 10_000;
const MOODS: readonly (readonly [untilMs: number, Mood])[] = [[6_000, 'well'], [7_500, 'silent'], [9_000, 'unavailable'], [CYCLE_MS, 'well']];
const MOST_DRAIN_SECONDS = 60;

const KINDS = (origin: string, media_buy_id: string): readonly Kind[] => [
  { task: 'get_products', share: 20, request: { buying_mode: 'wholesale', account: ACCOUNT } },
  { task: 'get_media_buys', share: 30, request: { media_buy_ids: [media_buy_id], account: ACCOUNT } },
  { task: 'get_media_buy_delivery', share: 20, request: { media_buy_ids: [media_buy_id], account: ACCOUNT } },
  { task: 'create_media_buy', share: 10, request: {
    idempotency_key: FRESH, account: ACCOUNT, brand: ACCOUNT.brand, start_time: 'asap', end_time: '2099-01-01T00:00:00Z',
    packages: [{ product_id: 'test-product', pricing_option_id: 'default', budget: 1000 }], push_notification_config: { url: `${origin}/hooks/${FRESH}`, operation_id: FRESH },
  } },
  ...Array.from({ length: SOURCES }, (_, nth): Kind => ({ task: 'log_event', share: 1, request: {
    idempotency_key: FRESH, event_source_id: `source-${nth}`,
    events: Array.from({ length: EVENTS_A_CALL }, (_each, n) => ({ event_id: `${FRESH}-${n}`, event_type: 'purchase', event_time: new Date().toISOString(), action_source: 'website', custom_data: { value: 12.5, currency: 'USD' } })),
  } })),
];

/** What the seller has acknowledged. */
interface Acknowledged {
  readonly buys: Map<string, string>;
  readonly events: string[];
}

/** The seller, started and stocked, before its witness. */
async function stocked(seen: Witness) {
  const data = mkdtempSync(join(tmpdir(), 'adwright-bench-'));
  const seller = await started('sandbox.ts', [data, seen.origin]);
  const token = seller.token!;
  const call = (task: string, request: object) => answerOf({ ...seller, token }, task, request);
  await call('sync_event_sources', { idempotency_key: randomUUID(), account: ACCOUNT, event_sources: Array.from({ length: SOURCES }, (_, nth) => ({ event_source_id: `source-${nth}`, event_types: ['purchase'] })) });
  const { request } = KINDS(seen.origin, '').find(({ task }) => task === 'create_media_buy')!;
  const { media_buy_id } = await call('create_media_buy', { ...request, idempotency_key: randomUUID() });
  const lines = await connections(seller.url, CONNECTIONS);
  return {
    call, lines, next: traffic(seller.url, token, KINDS(seen.origin, media_buy_id as string)),
    async stop() {
      for (const line of lines) line.close();
      await seller.stop();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export async function faults({ milliseconds, progress }: Settings): Promise<Result[]> {
  let mood = (): Mood => 'well';
  const seen = await witness(() => mood());
  const { call, lines, next, stop } = await stocked(seen);
  const done: Acknowledged = { buys: new Map(), events: [] };
  const counts = { accepted: 0, refused: 0, broken: 0 };
  const answered = (sent: NextCall, answer: Answer): boolean => {
    const outcome = outcomeOf(answer);
    counts[outcome] += 1;
    if (outcome === 'accepted') acknowledge(sent, answer, done);
    return outcome === 'accepted';
  };
  try {
    const capacity = await sustained(Math.min(milliseconds, 20_000));
    progress(`capacity ${Math.round(capacity)} calls/s, with what follows from them`);
    const from = performance.now();
    mood = () => MOODS.find(([untilMs]) => (performance.now() - from) % CYCLE_MS < untilMs)![1];
    Object.assign(counts, { accepted: 0, refused: 0, broken: 0 });
    await offered(lines, { rate: capacity * OF_CAPACITY, milliseconds, next, answered });
    mood = () => 'well';
    progress(`${counts.accepted} accepted, ${counts.refused} refused, ${counts.broken} otherwise; the platform was silent to ${seen.failures.silent} calls and refused ${seen.failures.unavailable}`);
    const drained = await drainedAfter(done, seen);
    progress(`what was left was done after ${drained.toFixed(1)} s`);
    const kept = await keptBuys(done, call);
    const acknowledged = done.buys.size + done.events.length;
    const lost = done.buys.size - kept + left(done, seen);
    const twice = seen.repeated + [...seen.buys.values(), ...seen.events.values()].filter((times) => times > 1).length;
    return [
      { name: 'faults_acknowledged_writes_kept_and_passed_on', ours: acknowledged - lost, beside: acknowledged, unit: 'writes', target: 1, sense: 'at least' },
      { name: 'faults_upstream_calls_and_webhooks_not_repeated', ours: acknowledged - twice, beside: acknowledged, unit: 'writes', target: 1, sense: 'at least' },
      { name: 'faults_answers_in_form', ours: counts.accepted + counts.refused, beside: counts.accepted + counts.refused + counts.broken, unit: 'calls', target: 1, sense: 'at least' },
      { name: 'faults_seconds_to_drain', ours: drained, beside: MOST_DRAIN_SECONDS, unit: 's', target: 1, sense: 'within' },
    ];
  } finally {
    await stop();
    seen.close();
  }

  /** Calls per second, when the time that the work behind them takes is counted in. */
  async function sustained(length: number): Promise<number> {
    await saturated(lines.slice(0, BUSY), length / 4, next, answered);
    await drainedAfter(done, seen);
    const began = performance.now();
    const before = { ...counts };
    await saturated(lines.slice(0, BUSY), length, next, answered);
    await drainedAfter(done, seen);
    return (counts.accepted - before.accepted) / ((performance.now() - began) / 1000);
  }
}

/** How many of the acknowledged buys the seller still knows. */
async function keptBuys({ buys }: Acknowledged, call: (task: string, request: object) => Promise<Readonly<Record<string, unknown>>>): Promise<number> {
  const ids = [...buys.keys()];
  let found = 0;
  for (let at = 0; at < ids.length; at += 50) {
    const { media_buys } = (await call('get_media_buys', { media_buy_ids: ids.slice(at, at + 50), account: ACCOUNT, pagination: { max_results: 100 } })) as { media_buys?: unknown[] };
    found += media_buys?.length ?? 0;
  }
  return found;
}

function acknowledge({ task, fresh }: NextCall, { body }: Answer, done: Acknowledged): void {
  if (task === 'create_media_buy') done.buys.set(/"media_buy_id":"([^"]+)"/.exec(body.toString())![1]!, fresh);
  if (task === 'log_event') for (let nth = 0; nth < EVENTS_A_CALL; nth += 1) done.events.push(`${fresh}-${nth}`);
}

/** What the platform and the receivers have not been told yet. */
const left = ({ buys, events }: Acknowledged, seen: Witness): number =>
  [...buys].filter(([id, operation]) => !seen.buys.has(id) || !seen.operations.has(operation)).length + events.filter((id) => !seen.events.has(id)).length;

/** @returns seconds until nothing was left, or as many as are waited for */
async function drainedAfter(done: Acknowledged, seen: Witness): Promise<number> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  while (left(done, seen) > 0 && seconds() < 2 * MOST_DRAIN_SECONDS) await new Promise((resolve) => { setTimeout(resolve, 200); });
  return seconds();
}
