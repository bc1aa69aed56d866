/** One question about one place: of a thing of one's own, of another's, and of what does not exist. */
import { checkRequest } from '../../../src/protocol/request-check.ts';
import { kindOf, type Place } from './places.ts';
import { REQUESTS, withAt, type Json } from './requests.ts';
import type { Party, Seller, World } from './world.ts';

export interface Heard {
  /** The answer as text, with the value that was asked about left out. */
  readonly answer: string;
  /** What the store was asked on the way. */
  readonly asked: readonly string[];
  /** What one sees of one's own afterwards. */
  readonly seen: string;
  /** What the other party has afterwards. */
  readonly left: string;
}

export interface Probe {
  /** The request with a value at the place. */
  readonly request: (value: string) => Json;
  /** Absent: there is none. */
  readonly own?: string;
  readonly foreign: string;
  readonly absent: string;
}

/** Of the same form as a thing that is there. */
export const absentLike = (value: string): string => value.replaceAll('alder', 'nobody').replace(/(?<=_)\d+$/, '777');

const NO_LIST = '0123456789abcdef';

/** Undefined where no request of ours names anything there. */
export async function probeOf(place: Place, { own, other, open }: Pick<World, 'own' | 'other' | 'open'>): Promise<Probe | undefined> {
  const requests = REQUESTS[place.task as keyof typeof REQUESTS];
  const [at, base] = [...requests(own.owned).entries()].find(([, request]) => withAt(request, place.path, '', place.list) !== undefined) ?? [];
  if (base === undefined || at === undefined) return undefined;
  const kind = kindOf(place)!;
  if (kind !== 'cursor') {
    const request = (value: string) => withAt(firstPage(base), place.path, value, place.list)!;
    return { request, own: own.owned[kind], foreign: other.owned[kind], absent: absentLike(other.owned[kind]) };
  }
  const seller = await open();
  const cursor = async ({ principal, owned }: Party) => cursorIn(await seller.ask(place.task, firstPage(requests(owned)[at]!), principal));
  const [mine, theirs] = [await cursor(own), await cursor(other)];
  const absent = seller.desk.cursors.seal('1', NO_LIST);
  await seller.close();
  return { request: (value) => withAt(base, place.path, value, false)!, ...(mine === undefined ? {} : { own: mine }), foreign: theirs!, absent };
}

/** A list from its beginning. */
export const firstPage = (request: Json): Json => {
  const { pagination, ...rest } = request as Json & { readonly pagination?: Json };
  return pagination === undefined ? rest : { ...rest, pagination: { max_results: 1 } };
};

const cursorIn = (document: Json): string | undefined => ((document['pagination'] ?? {}) as { readonly cursor?: string }).cursor;

/** Asks on a seller of its own. @param ask over a transport; default: the pipeline */
export async function heard(world: World, task: string, request: Json, value: string, ask = (seller: Seller) => seller.ask(task, request, world.own.principal)): Promise<Heard> {
  const flaw = checkRequest(task as Parameters<typeof checkRequest>[0], request);
  if (flaw !== undefined) throw new Error(`${task} is asked in a shape that nobody may use: ${flaw.message}`);
  const seller = await world.open();
  try {
    seller.asked.length = 0;
    const answer = JSON.stringify(await ask(seller)).replaceAll(value, '¤');
    const asked = [...seller.asked];
    const seen = JSON.stringify(await sights(seller, world.own)).replaceAll(value, '¤');
    return { answer, asked, seen, left: JSON.stringify(await belongings(seller, world.other)) };
  } finally {
    await seller.close();
  }
}

const SIGHTS = ['list_accounts', 'get_media_buys', 'get_media_buy_delivery', 'list_creatives', 'list_tasks'] as const;

/** What a party reads of its own. */
const sights = ({ ask }: Seller, { principal, owned }: Party): Promise<readonly Json[]> =>
  Promise.all(SIGHTS.map((task) => ask(task, { account: { account_id: owned.account }, ...(task === 'get_media_buys' ? { include_history: 10 } : {}) }, principal)));

/** All that the store has of a party. */
async function belongings({ desk: { store } }: Seller, { principal: { principal_id }, owned }: Party): Promise<object> {
  const reach = { principal_id, library: owned.account, wide: false };
  const all = { limit: 100 };
  const buys = await store.mediaBuys(reach, {}, all);
  return [
    await store.account(principal_id, owned.account), buys, await store.listCreatives(reach, {}, { by: 'created_date', direction: 'asc' }, all), await store.audiences(reach), await store.eventSources(reach),
    await store.catalogs(reach), await store.proposals(reach, [owned.proposal]), await store.task(principal_id, owned.task), await store.delivery(principal_id, buys.items.map(({ media_buy_id }) => media_buy_id)),
    await Promise.all(buys.items.map(({ media_buy_id }) => store.feedback(principal_id, media_buy_id))), await store.usage(principal_id, owned.account),
  ];
}
