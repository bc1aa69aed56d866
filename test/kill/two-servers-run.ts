/** Kills one of two servers on one database again and again, while the other goes on, and says what was lost or done twice. */
import { setTimeout } from 'node:timers/promises';
import { chained, GENESIS, type AuditRow } from '../../src/store/audit-chain.ts';
import { toolCaller, type Tool } from '../support/mcp-call.ts';
import { BUYER_ACCOUNT } from '../support/operator.ts';
import { webhookReceiver } from '../support/receiver.ts';
import { twoServers, type TwoServers } from '../support/two-servers.ts';
import { buyer, type Buyer } from './buyer.ts';
import type { Chance } from './chance.ts';
import { budgets, replayed, type Evidence } from './evidence.ts';
import { listKeeper, purchaser, shop } from './habits.ts';
import { bought, marketOf } from './market.ts';
import { flawsOfCalls } from './verdict.ts';

export interface TwoServersReport {
  /** Calls that were answered in the end; of them, sent more than once before they were answered. */
  readonly operations: number;
  readonly repeated: number;
  readonly webhooks: number;
  /** Answers that came while only one of the two lived. */
  readonly while_one: number;
  /** How long after the last kill nothing was left to do, with the killed one still gone. */
  readonly finishedMs: number;
  readonly flaws: readonly string[];
}

/** A server lives for so many answers; and so many come while it is gone. */
const [LIFE, GONE] = [40, 25];
const PATIENCE_MS = 45_000;

export async function twoServersRun(kills: number, chance: Chance): Promise<TwoServersReport> {
  const two = await twoServers('https://seller.adwright.example/mcp');
  const receiver = await webhookReceiver();
  const stop = new AbortController();
  try {
    const call = toolCaller(`${two.balancer.origin}/mcp`, two.token);
    const where = await marketOf({ ...BUYER_ACCOUNT, sandbox: true }, call, chance, receiver.origin);
    const goal = await bought(where, call, chance);
    const buyers = [purchaser(where, chance), purchaser(where, chance), purchaser(where, chance), shop(where, chance), shop(where, chance), listKeeper(where, chance)].map(buyer);
    const lives = Promise.all(buyers.map((each) => untilAnswered(each, call, stop.signal)));
    let while_one = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      receiver.answers.push(...Array.from({ length: 10 }, () => (chance.next() < 0.2 ? 503 : 204)));
      await answers(buyers, chance.between(LIFE / 2, LIFE));
      await two.kill(kill % 2);
      while_one += await answers(buyers, GONE);
      // The last one stays dead: the other one finishes what it has left.
      if (kill < kills - 1) await two.restart(kill % 2);
    }
    receiver.answers.length = 0;
    const killed = performance.now();
    stop.abort();
    await lives;
    await nothingLeft(two);
    const finishedMs = Math.round(performance.now() - killed);
    const replays = await replayed([goal, ...buyers.flatMap(({ operations }) => operations)], call);
    const { document } = await call('get_media_buy_delivery', { account: where.account, media_buy_ids: [goal.acknowledged!['media_buy_id']] });
    const { conversions } = (document['media_buy_deliveries'] as { totals: { conversions: number } }[])[0]!.totals;
    const evidence = { replays, buys: await budgets(call, where.account), conversions, ...(await stored(two)), deliveries: receiver.deliveries };
    const operations = replays.map(({ operation }) => operation);
    return {
      operations: operations.length, repeated: operations.filter(({ sends }) => sends > 1).length, webhooks: evidence.outbox.length, while_one, finishedMs,
      flaws: [...buyers.flatMap(({ refusals }) => refusals), ...flawsOfCalls(evidence), ...(await brokenTrail(two))],
    };
  } finally {
    stop.abort();
    await two.close();
    await receiver.close();
  }
}

/** Goes on when its server is gone: the balancer has another. */
async function untilAnswered(each: Buyer, call: Tool, stop: AbortSignal): Promise<void> {
  const open = () => each.operations.at(-1)?.acknowledged === undefined && each.refusals.length === 0;
  do await each.live(call, stop);
  while (each.refusals.length === 0 && (!stop.aborted || open()));
}

/** Waits for so many more. @returns how many came */
async function answers(buyers: readonly Buyer[], more: number): Promise<number> {
  const count = () => buyers.reduce((sum, { operations }) => sum + operations.filter(({ acknowledged }) => acknowledged).length, 0);
  const [before, until] = [count(), performance.now() + PATIENCE_MS];
  while (count() < before + more && performance.now() < until) await setTimeout(5);
  return count() - before;
}

/** Resolves when no webhook waits and no push is left to do. @throws Error when something still is after a while */
async function nothingLeft({ cluster, database_url }: TwoServers): Promise<void> {
  const left = `SELECT kind, count(*)::int n FROM jobs WHERE failed_reason IS NULL AND kind IN ('push_upstream', 'deliver_webhook') GROUP BY kind`;
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; await setTimeout(100)) if ((await cluster.asAdministrator(database_url, left)).length === 0) return;
  throw new Error(`left undone: ${JSON.stringify(await cluster.asAdministrator(database_url, left))}`);
}

async function stored({ cluster, database_url }: TwoServers): Promise<Pick<Evidence, 'audited' | 'outbox' | 'audience_members'>> {
  const rows = (statement: string) => cluster.asAdministrator(database_url, statement);
  const audited = await rows('SELECT task, count(*)::int n FROM audit GROUP BY task') as unknown as { task: string; n: number }[];
  const [members] = await rows('SELECT count(*)::int n FROM audience_members') as unknown as { n: number }[];
  return { audited: new Map(audited.map(({ task, n }) => [task, n])), outbox: await rows('SELECT webhook_id, status FROM webhooks') as unknown as Evidence['outbox'], audience_members: members!.n };
}

/** The entry at which the audit's chain breaks, if it does. */
async function brokenTrail({ cluster, database_url }: TwoServers): Promise<string[]> {
  const entries = await cluster.asAdministrator(database_url, 'SELECT seq::int, at, principal_id, account_id, task, subjects, hash FROM audit ORDER BY seq') as unknown as AuditRow[];
  let before: Buffer = GENESIS;
  for (const [at, entry] of entries.entries()) {
    if (entry.seq !== at + 1 || !chained(before, entry).equals(entry.hash!)) return [`audit: the trail breaks at entry ${at + 1}`];
    before = entry.hash!;
  }
  return [];
}
