/** A thousand connections that ask twice as much as the seller can do: what it takes on is answered in time, the rest is refused in form. */
import { ACCOUNT, order, ourSeller, SOURCE } from '../seller/our-seller.ts';
import { median, type Result } from '../seller/result.ts';
import { connections } from './connections.ts';
import { Latencies } from './latencies.ts';
import { offered, saturated } from './offered.ts';
import { outcomeOf, type Outcome } from './outcome.ts';
import type { Settings } from './settings.ts';
import { FRESH, traffic, type Kind } from './traffic.ts';

const CONNECTIONS = 1_000;
/** As many calls at a time keep the server busy without anything waiting for long. */
const BUSY = 16;
/** Of the capacity: hardly anybody calls, and twice what can be done. */
const [UNLOADED, OVERLOADED] = [0.05, 2];
const [MOST_P99, MOST_SECONDS, MOST_GROWTH] = [5, 5, 1.1];
/** A second after the load is a normal one when it refuses nothing and its p99 is no more than so many times the unloaded one. */
const NORMAL_P99 = 2;

/** What buyers do, most of it reading; ids of the buy and keys are filled in. */
const KINDS = (media_buy_id: string): readonly Kind[] => [
  { task: 'get_adcp_capabilities', share: 5, request: {} },
  { task: 'get_products', share: 20, request: { buying_mode: 'wholesale' } },
  { task: 'get_media_buys', share: 30, request: { media_buy_ids: [media_buy_id] } },
  { task: 'get_media_buy_delivery', share: 20, request: { media_buy_ids: [media_buy_id] } },
  { task: 'create_media_buy', share: 10, request: { ...order(), idempotency_key: FRESH } },
  { task: 'log_event', share: 15, request: {
    idempotency_key: FRESH, account: ACCOUNT, event_source_id: SOURCE,
    events: Array.from({ length: 10 }, (_, nth) => ({ event_id: `${FRESH}-${nth}`, event_type: 'purchase', event_time: new Date().toISOString(), action_source: 'website', custom_data: { value: 12.5, currency: 'USD' } })),
  } },
];

export async function overload({ milliseconds, progress }: Settings): Promise<Result[]> {
  const seller = await ourSeller();
  const { media_buy_id } = await seller.call('create_media_buy', order());
  const next = traffic(seller.target.url, seller.target.token!, KINDS(media_buy_id as string));
  const lines = await connections(seller.target.url, CONNECTIONS);
  try {
    const short = Math.min(milliseconds, 30_000);
    await offered(lines, { rate: CONNECTIONS, milliseconds: 2000, next, answered() {} });
    await saturated(lines.slice(0, BUSY), short / 3, next, () => true);
    const capacity = await saturated(lines.slice(0, BUSY), short, next, (_call, answer) => outcomeOf(answer) === 'accepted');
    progress(`capacity ${Math.round(capacity)} calls/s`);
    const load = async (rate: number, length: number) => {
      const [taken, counts] = [new Latencies(), { accepted: 0, refused: 0, broken: 0 } satisfies Record<Outcome, number>];
      await offered(lines, { rate, milliseconds: length, next, answered(_call, answer, took) {
        const outcome = outcomeOf(answer);
        counts[outcome] += 1;
        if (outcome === 'accepted') taken.add(took);
      } });
      return { p50: taken.quantile(0.5), p99: taken.quantile(0.99), ...counts };
    };
    const unloaded = await load(capacity * UNLOADED, short);
    progress(`unloaded: p50 ${unloaded.p50.toFixed(2)} ms, p99 ${unloaded.p99.toFixed(2)} ms`);

    const memory: number[] = [];
    const watch = setInterval(() => memory.push(seller.server.memory()), Math.min(1000, milliseconds / 30));
    const loaded = await load(capacity * OVERLOADED, milliseconds);
    clearInterval(watch);
    progress(`overloaded: p50 ${loaded.p50.toFixed(2)} ms, p99 ${loaded.p99.toFixed(2)} ms; ${loaded.accepted} accepted, ${loaded.refused} refused, ${loaded.broken} otherwise`);

    let seconds = 0;
    for (let normal = false; !normal && seconds < 10 * MOST_SECONDS; seconds += 1) {
      const after = await load(Math.max(capacity * UNLOADED, 200), 1000);
      progress(`second ${seconds + 1} after the load: p99 ${after.p99.toFixed(2)} ms, ${after.refused} refused`);
      normal = after.refused + after.broken === 0 && after.p99 <= NORMAL_P99 * unloaded.p99;
    }
    const [early, late] = [memory.slice(Math.floor(memory.length / 3), Math.floor(memory.length * 2 / 3)), memory.slice(Math.floor(memory.length * 2 / 3))].map(median) as [number, number];
    return [
      { name: 'overload_accepted_p99_to_unloaded', ours: loaded.p99 * 1000, beside: unloaded.p99 * 1000, unit: 'µs', target: MOST_P99, sense: 'within' },
      { name: 'overload_refusals_in_form', ours: loaded.refused, beside: loaded.refused + loaded.broken, unit: 'calls', target: 1, sense: 'at least' },
      { name: 'overload_accepted_to_capacity', ours: loaded.accepted / (milliseconds / 1000), beside: capacity, unit: 'calls/s', target: 0.5, sense: 'at least' },
      { name: 'overload_memory_last_third_to_second', ours: late / 1e6, beside: early / 1e6, unit: 'MB', target: MOST_GROWTH, sense: 'within' },
      { name: 'overload_seconds_to_normal', ours: seconds, beside: MOST_SECONDS, unit: 's', target: 1, sense: 'within' },
    ];
  } finally {
    for (const line of lines) line.close();
    await seller.stop();
  }
}
