/** What is another's does not exist: every place of every request at which something may be named, asked of things of others. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kindOf, PLACES, unclassified, type Place } from './support/isolation/places.ts';
import { askedOverA2a } from './support/isolation/over-a2a.ts';
import { firstPage, heard, probeOf } from './support/isolation/probe.ts';
import { REQUESTS } from './support/isolation/requests.ts';
import { RELATIONS, worldOf, type World } from './support/isolation/world.ts';

const places = PLACES.filter((place) => kindOf(place) !== undefined);
const nameOf = ({ task, path }: Place): string => `${task} ${path}`;

/** Places at which one may write what one likes: a thing of one's own is answered there as one that does not exist. */
const FREE: readonly (readonly [RegExp, string])[] = [
  [/operation_id$/, 'the buyer\'s own word for a call'],
  [/external_id$/, 'members of an audience are told to nobody'],
  [/^log_event events\[\]\.event_id$/, 'an event that comes again is taken, and not counted'],
  [/catalogs\[\]\.ids$/, 'a choice among items; those that are not there are left out'],
  [/store_catchments/, 'a dimension that is not targeted by'],
  [/creative_assignments\[\]\.creative_id$/, 'a creative may be assigned before it is there'],
  [/packages\[\]\.creatives\[\]\.creative_id$/, 'a creative in an order is put into the library of its buyer'],
  [/^report_usage usage\[\]\.creative_id$/, 'usage is taken down as it is told'],
  [/^preview_creative creative_id$/, 'the creative is in the request, its id a label'],
  [/^create_media_buy plan_id$/, 'a plan of an agent that the account does not have'],
];
/** A credential for certain accounts may not call these at all. */
const BARRED = ['sync_accounts', 'sync_governance'];

test('every member of a request that reads like a reference is known as one, or as something else', () => {
  expect(unclassified()).toEqual({ unknown: [], stale: [] });
});

test('every place at which one may write what one likes is there', () => {
  for (const [free] of FREE) expect([free, places.some((place) => free.test(nameOf(place)))]).toEqual([free, true]);
});

describe.each(RELATIONS)('what belongs to %s', (relation) => {
  let world: World;
  beforeAll(async () => { world = await worldOf(relation); }, 30_000);
  afterAll(() => world.close());
  const isFree = (place: Place) => FREE.some(([free]) => free.test(nameOf(place))) || (relation !== 'another principal' && BARRED.includes(place.task));

  test.each(places.map((place) => [nameOf(place), place] as const))('does not exist at %s', async (_name, place) => {
    const { request, own, foreign, absent } = (await probeOf(place, world))!;
    const [theirs, nobodys] = [await heard(world, place.task, request(foreign), foreign), await heard(world, place.task, request(absent), absent)];
    expect(theirs).toEqual(nobodys);
    // Else the question would tell nothing.
    const told = own === undefined ? undefined : await heard(world, place.task, request(own), own);
    expect(told === undefined || (told.answer === nobodys.answer) === isFree(place)).toBe(true);
  });
});

describe.each(RELATIONS)('an account of %s, named by brand and operator', (relation) => {
  let world: World;
  beforeAll(async () => { world = await worldOf(relation); }, 30_000);
  afterAll(() => world.close());

  test.each(places.filter(({ path }) => path === 'account.account_id').map(({ task }) => task))('does not exist to %s', async (task) => {
    const [base] = REQUESTS[task as keyof typeof REQUESTS](world.own.owned).filter((request) => 'account' in request);
    const naming = (operator: string) => heard(world, task, firstPage({ ...base, account: { brand: { domain: 'trailandtent.example' }, operator } }), operator);
    expect(await naming('acct-alder.example')).toEqual(await naming('acct-nobody.example'));
  });
});

describe('what belongs to another principal, asked over A2A', () => {
  let world: World;
  beforeAll(async () => { world = await worldOf('another principal'); }, 30_000);
  afterAll(() => world.close());

  test.each(places.map((place) => [nameOf(place), place] as const))('does not exist at %s', async (_name, place) => {
    const { request, foreign, absent } = (await probeOf(place, world))!;
    const over = (value: string) => heard(world, place.task, request(value), value, (seller) => askedOverA2a(seller, place.task, request(value), world.own.principal));
    const [theirs, nobodys] = [await over(foreign), await over(absent)];
    expect(theirs).toEqual(nobodys);
    expect(theirs.answer).toContain('"status":200');
  });
});

describe('what others have at a seller', () => {
  let worlds: readonly World[];
  beforeAll(async () => { worlds = await Promise.all([false, true].map((alone) => worldOf('another principal', alone))); }, 30_000);
  afterAll(() => { for (const world of worlds) world.close(); });

  test.each(Object.entries(REQUESTS))('changes nothing of what %s answers: no count, no cursor, no order', async (task, requests) => {
    const told = await Promise.all(worlds.map(async (world) => {
      const all = requests(world.own.owned).map(firstPage);
      const answers: string[] = [];
      for (const request of all) answers.push(numberless(JSON.stringify(await heard(world, task, request, 'no value'))));
      return answers;
    }));
    expect(told[0]!.map(withoutLeft)).toEqual(told[1]!.map(withoutLeft));
  });
});

/** Ids are counted in a test, over all parties. */
const numberless = (text: string): string => text.replaceAll(/(?<=[a-z]_)\d+\b/g, '#').replaceAll(/(?<=cursor\\+":\\+")[\w-]+/g, (cursor) => `sealed, ${cursor.length} letters`);
const withoutLeft = (text: string): object => ({ ...JSON.parse(text) as object, left: '' });
