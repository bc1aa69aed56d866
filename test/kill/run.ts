/** Kills a seller again and again under the load of buyers who repeat what was not answered, and says what was lost or done twice. */
import { setTimeout } from 'node:timers/promises';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { verifyAudit } from '../../src/store/sqlite/audit-trail.ts';
import { webhookReceiver, type Receiver } from '../support/receiver.ts';
import { buyer, type Buyer } from './buyer.ts';
import type { Chance } from './chance.ts';
import { budgets, delivered, examined, replayed, stored, type Evidence } from './evidence.ts';
import { listKeeper, purchaser, shop } from './habits.ts';
import { bought, marketOf } from './market.ts';
import type { Operation } from './operation.ts';
import type { Subject } from './subjects.ts';
import { flawsIn } from './verdict.ts';

export interface KillReport {
  readonly subject: Subject['name'];
  readonly kills: number;
  /** Of them, while it started. */
  readonly killed_starting: number;
  /** Calls that were answered in the end. */
  readonly operations: number;
  /** Of them, sent more than once before they were answered. */
  readonly repeated: number;
  /** Of those, done before the kill that kept the answer back. */
  readonly done_before: number;
  readonly webhooks: number;
  /** Attempts beyond the first. */
  readonly webhook_repetitions: number;
  readonly flaws: readonly string[];
}

export interface KillOptions {
  readonly subject: Subject;
  /** Where its data lies, in `data`. */
  readonly folder: string;
  readonly kills: number;
  readonly chance: Chance;
  /** Told after each kill how many calls were answered by then. */
  readonly progress?: (kills: number, answered: number) => void;
}

/** As many of the kills come while it starts. */
const STARTING = 0.15;
/** A life ends after so many answers at most, at any moment of the next ones; or when they don't come. */
const [MOST_ANSWERS, NEXT_ANSWERS_MS, LONGEST_LIFE_MS] = [60, 15, 3_000];

export async function killRun({ subject, folder, kills, chance, progress = () => {} }: KillOptions): Promise<KillReport> {
  const receiver = await webhookReceiver();
  const file = join(folder, 'data', 'adwright.sqlite');
  const heads: string[] = [];
  let killed_starting = 0;
  try {
    const { buyers, goal } = await opened(subject, chance, subject.reachesUs ? receiver.origin : undefined);
    for (let kill = 1; kill <= kills; kill += 1) {
      if (chance.next() < STARTING) killed_starting += await killStarting(subject, chance.between(50, 1_500));
      else await killServing(subject, buyers, receiver, chance);
      const trail = verifyAudit(file, heads.at(-1));
      heads.push(trail.kind === 'whole' ? (trail.head ?? '') : trail.kind);
      progress(kill, answered(buyers));
    }
    const evidence = await settled({ subject, folder, file, buyers, goal, receiver, heads });
    return { ...summary(subject, evidence), kills, killed_starting, flaws: [...buyers.flatMap(({ refusals }) => refusals), ...flawsIn(evidence)] };
  } finally {
    await receiver.close();
  }
}

const answered = (buyers: readonly Buyer[]): number => buyers.reduce((sum, { operations }) => sum + operations.filter(({ acknowledged }) => acknowledged).length, 0);
const operationsOf = (buyers: readonly Buyer[]): readonly Operation[] => buyers.flatMap(({ operations }) => operations);

/** A market with buyers in it, and a buy that counts the conversions of all. */
async function opened(subject: Subject, chance: Chance, hooks: string | undefined): Promise<{ readonly buyers: readonly Buyer[]; readonly goal: Operation }> {
  const { seller, call } = await subject.start();
  const market = await marketOf(subject.account, call, chance, hooks);
  const goal = await bought(market, call, chance);
  await seller.end('SIGKILL');
  const habits = [purchaser(market, chance), purchaser(market, chance), purchaser(market, chance), shop(market, chance), shop(market, chance), listKeeper(market, chance)];
  return { buyers: habits.map(buyer), goal };
}

async function killServing(subject: Subject, buyers: readonly Buyer[], receiver: Receiver, chance: Chance): Promise<void> {
  const { seller, call } = await subject.start();
  // Some receivers fail now and then: the next attempt may be that of another process.
  receiver.answers.splice(0, Infinity, ...Array.from({ length: 20 }, () => (chance.next() < 0.2 ? 503 : 204)));
  const lives = buyers.map((each) => each.live(call, new AbortController().signal));
  const until = answered(buyers) + chance.between(0, MOST_ANSWERS);
  for (let waited = 0; answered(buyers) < until && waited < LONGEST_LIFE_MS; waited += 2) await setTimeout(2);
  await setTimeout(chance.next() * NEXT_ANSWERS_MS);
  await seller.end('SIGKILL');
  await Promise.all(lives);
}

/** @returns 1 when it came before the seller served, else 0 */
async function killStarting(subject: Subject, afterMs: number): Promise<number> {
  let child: ChildProcess | undefined;
  const started = subject.start((spawned) => { child = spawned; }).then(() => 0, () => 1);
  await setTimeout(afterMs);
  const gone = new Promise((resolve) => { child!.once('exit', resolve); });
  child!.kill('SIGKILL');
  await gone;
  return started;
}

interface Ended {
  readonly subject: Subject;
  readonly folder: string;
  readonly file: string;
  readonly buyers: readonly Buyer[];
  readonly goal: Operation;
  readonly receiver: Receiver;
  readonly heads: readonly string[];
}

/** Lets the seller live once more, until everybody has an answer and every webhook is delivered. */
async function settled({ subject, folder, file, buyers, goal, receiver, heads }: Ended): Promise<Evidence> {
  receiver.answers.length = 0;
  const { seller, call } = await subject.start();
  await Promise.all(buyers.map((each) => each.live(call, AbortSignal.abort())));
  await delivered(file);
  const replays = await replayed([goal, ...operationsOf(buyers)], call);
  const { document } = await call('get_media_buy_delivery', { account: subject.account, media_buy_ids: [goal.acknowledged!['media_buy_id']] });
  const { conversions } = (document['media_buy_deliveries'] as { totals: { conversions: number } }[])[0]!.totals;
  const buys = await budgets(call, subject.account);
  await seller.end('SIGTERM');
  const trail = [verifyAudit(file).kind, ...heads.map((head) => verifyAudit(file, head).kind)];
  return { replays, buys, conversions, ...stored(file), deliveries: receiver.deliveries, trail, ...(await examined(folder, subject)) };
}

function summary({ name }: Subject, { replays, deliveries, outbox }: Evidence): Omit<KillReport, 'kills' | 'killed_starting' | 'flaws'> {
  const operations = replays.map(({ operation }) => operation);
  const repeated = operations.filter(({ sends }) => sends > 1);
  return {
    subject: name, operations: operations.length, repeated: repeated.length, done_before: repeated.filter(({ wasDoneBefore }) => wasDoneBefore).length,
    webhooks: outbox.length, webhook_repetitions: deliveries.length - new Set(deliveries.map(({ body }) => body['idempotency_key'])).size,
  };
}
