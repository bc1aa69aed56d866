/** What is wrong with what was found: a sentence each. */
import { isDeepStrictEqual } from 'node:util';
import type { Evidence } from './evidence.ts';
import type { Json, Operation } from './operation.ts';

export const flawsIn = (evidence: Evidence): readonly string[] => [...flawsOfCalls(evidence), ...books(evidence)];

/** What shows in the calls, the audit and the outbox, without an operator's own commands. */
export function flawsOfCalls(evidence: Omit<Evidence, 'rebuilt' | 'doctor' | 'trail'>): readonly string[] {
  const operations = evidence.replays.map(({ operation }) => operation);
  return [
    ...lost(evidence), ...buysApart(operations, evidence), ...counted(operations, evidence), ...doneTwice(operations, evidence),
    ...webhooks(operations, evidence),
  ];
}

/** What was acknowledged comes back word for word, as a replay. */
const lost = ({ replays }: Pick<Evidence, 'replays'>): string[] => replays.flatMap(({ operation, answer, wasReplayed }) => {
  const { task, request, acknowledged } = operation;
  if (!wasReplayed) return [`lost: ${task} ${String(request['idempotency_key'])} was acknowledged, and is not known any more`];
  return isDeepStrictEqual(answer, acknowledged) ? [] : [`changed: ${task} ${String(request['idempotency_key'])} has another answer now`];
});

const of = (task: string, operations: readonly Operation[]): Operation[] => operations.filter((each) => each.task === task && each.acknowledged !== undefined);

/** The buys are those that were bought, with the budgets that they were given last. */
function buysApart(operations: readonly Operation[], { buys }: Pick<Evidence, 'buys'>): string[] {
  const wanted = new Map<string, number>();
  for (const { acknowledged, request } of of('create_media_buy', operations)) wanted.set(String(acknowledged!['media_buy_id']), budgetOf(request));
  for (const { acknowledged, request } of inOrder(of('update_media_buy', operations))) wanted.set(String(acknowledged!['media_buy_id']), budgetOf(request));
  const made = of('create_media_buy', operations).length;
  return [
    ...(wanted.size === made ? [] : [`twice: ${made} purchases share ${wanted.size} ids`]),
    ...[...wanted].flatMap(([id, budget]) => (buys.get(id) === budget ? [] : [`buy ${id}: the budget is ${buys.get(id)}, was set to ${budget}`])),
    ...[...buys.keys()].flatMap((id) => (wanted.has(id) ? [] : [`twice: buy ${id} was never acknowledged to anybody`])),
  ];
}

const budgetOf = (request: Json): number => (request['packages'] as { budget: number }[])[0]!.budget;
const inOrder = (operations: Operation[]): Operation[] => operations.toSorted((one, other) => one.number - other.number);

function counted(operations: readonly Operation[], { conversions, audience_members }: Pick<Evidence, 'conversions' | 'audience_members'>): string[] {
  const events = new Set(of('log_event', operations).flatMap(({ request }) => (request['events'] as { event_id: string }[]).map(({ event_id }) => event_id)));
  const people = of('sync_audiences', operations).length;
  return [
    ...(conversions === events.size ? [] : [`events: ${conversions} conversions are counted of ${events.size} events`]),
    ...(audience_members === people ? [] : [`audiences: they hold ${audience_members} people of ${people}`]),
  ];
}

/** Whatever was done is in the audit once. */
const doneTwice = (operations: readonly Operation[], { audited }: Pick<Evidence, 'audited'>): string[] => ['create_media_buy', 'update_media_buy', 'log_event', 'sync_audiences'].flatMap((task) => {
  const [done, entries] = [of(task, operations).length, audited.get(task) ?? 0];
  return done === entries ? [] : [`${entries > done ? 'twice' : 'lost'}: ${task} was acknowledged ${done} times, and done ${entries} times`];
});

function webhooks(operations: readonly Operation[], { outbox, deliveries }: Pick<Evidence, 'outbox' | 'deliveries'>): string[] {
  const [bytes, keys, signers] = [new Map<string, Set<string>>(), new Map<string, Set<string>>(), new Map<string, Set<string>>()];
  for (const { text, body, headers } of deliveries) {
    within(signers, String(body['idempotency_key'])).add(/keyid="([^"]+)"/.exec(String(headers['signature-input']))?.[1] ?? '');
    within(bytes, String(body['idempotency_key'])).add(text);
    within(keys, String(body['operation_id'])).add(String(body['idempotency_key']));
  }
  const owed = operations.flatMap(({ request }) => (request['push_notification_config'] as { operation_id: string } | undefined)?.operation_id ?? []);
  const known = new Set(outbox.map(({ webhook_id }) => webhook_id));
  return [
    ...owed.flatMap((operation_id) => (keys.has(operation_id) ? [] : [`webhooks: nobody was told of operation ${operation_id}`])),
    ...[...keys].flatMap(([operation_id, { size }]) => (size === 1 ? [] : [`webhooks: operation ${operation_id} was told of under ${size} keys`])),
    ...[...bytes].flatMap(([key, { size }]) => (size === 1 ? [] : [`webhooks: ${key} came with ${size} different bodies`])),
    ...[...signers].flatMap(([key, { size }]) => (size === 1 ? [] : [`webhooks: ${key} came under ${size} signatures' keys`])),
    ...[...bytes.keys()].flatMap((key) => (known.has(key) ? [] : [`webhooks: ${key} came, and is not in the outbox`])),
    ...outbox.flatMap(({ webhook_id, status }) => (status === 'delivered' ? [] : [`webhooks: ${webhook_id} is ${status}`])),
  ];
}

const within = (sets: Map<string, Set<string>>, key: string): Set<string> => sets.get(key) ?? sets.set(key, new Set()).get(key)!;

/** Of an operator who looks after it. */
const books = ({ rebuilt, doctor, trail }: Evidence): string[] => [
  ...rebuilt.trim().split('\n').slice(1).flatMap((line) => (/\s0$/.test(line.trimEnd()) ? [] : [`rebuild: ${line.trim()}`])),
  ...(rebuilt.includes('delivery') ? [] : [`rebuild: ${rebuilt.trim()}`]),
  ...doctor.map((finding) => `doctor: ${finding}`),
  ...trail.flatMap((kind) => (kind === 'whole' ? [] : [`audit: the trail is ${kind}`])),
];
