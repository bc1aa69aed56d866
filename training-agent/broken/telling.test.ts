import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/pipeline/call.ts';
import { failed, succeeded, type Answer, type JsonObject } from '../../src/protocol/envelope.ts';
import { invalid, refuse } from '../../src/protocol/errors.ts';
import type { Telling } from './lying.ts';
import { boughtAsAsked } from './retelling.ts';
import { booksAnyway, excuses, LISTS, mishears, pretends, READS, retells, retellsObjects, retellsRows, WRITES } from './telling.ts';

const CONTEXT = { correlation_id: 'c' };
const honest = (answer: JsonObject) => async ({ request }: Call): Promise<Answer> => succeeded(answer, request['context']);
const call = (task: string, request: JsonObject = {}): Call => ({ task, request: { ...request, context: CONTEXT } });
const ask = async (lie: () => Telling, asked: Call, seller: (call: Call) => Promise<Answer>) => (await lie()(asked, seller)).document;

test('what changes something is every task with a key, and what comes in pages is read', () => {
  expect(WRITES).toEqual(expect.arrayContaining(['create_media_buy', 'log_event', 'sync_accounts']));
  expect(WRITES).not.toEqual(expect.arrayContaining(['get_products']));
  expect(READS).toEqual(expect.arrayContaining([...LISTS]));
});

describe('another answer', () => {
  const forgetful = retells(['list_accounts'], ({ accounts: _forgotten, ...rest }) => rest);

  test('is given to the tasks of the lie, and to no others', async () => {
    const seller = honest({ accounts: [] });
    expect(await ask(forgetful, call('list_accounts'), seller)).toEqual({ status: 'completed', adcp_version: expect.any(String), context: CONTEXT });
    expect(await ask(forgetful, call('sync_accounts'), seller)).toHaveProperty('accounts');
  });

  test('is not given in the place of a refusal', async () => {
    const refused = failed(refuse('ACCOUNT_NOT_FOUND', 'no'), CONTEXT);
    expect(await ask(forgetful, call('list_accounts'), async () => refused)).toBe(refused.document);
  });

  test('may change every row of a list, or every object', async () => {
    const seller = honest({ accounts: [{ id: 1, brand: { id: 2 } }] });
    expect(await ask(retellsRows(['list_accounts'], 'accounts', (row, _call, at) => ({ ...row, at })), call('list_accounts'), seller)).toMatchObject({ accounts: [{ id: 1, at: 0 }] });
    expect(await ask(retellsRows(['list_accounts'], 'creatives', () => ({})), call('list_accounts'), seller)).not.toHaveProperty('creatives');
    expect(await ask(retellsObjects(['list_accounts'], (object) => ('id' in object ? { ...object, id: 0 } : object)), call('list_accounts'), seller)).toMatchObject({ accounts: [{ id: 0, brand: { id: 0 } }] });
  });
});

test('another reason stands in both places of a refusal', async () => {
  const told = await ask(excuses('every task', (error) => ({ ...error, code: 'CONFLICT' })), call('get_products'), async () => failed(invalid('brief', 'no'), CONTEXT));
  expect([told['adcp_error'], told['errors']]).toEqual([expect.objectContaining({ code: 'CONFLICT', field: 'brief' }), [told['adcp_error']]]);
});

test('another question is heard by the honest seller', async () => {
  const heard: unknown[] = [];
  await mishears(['get_products'], ({ filters: _unheard, ...request }) => request)()(call('get_products', { filters: {} }), async (asked) => {
    heard.push(asked.request);
    return succeeded({}, undefined);
  });
  expect(heard).toEqual([{ context: CONTEXT }]);
});

test('a made-up success hides the refusals that the lie is about, and no others', async () => {
  const lie = pretends(['create_media_buy'], ({ code }) => code === 'PRODUCT_NOT_FOUND', boughtAsAsked);
  const asked = call('create_media_buy', { packages: [{ product_id: 'ghost', budget: 1 }] });
  expect(await ask(lie, asked, async () => failed(refuse('PRODUCT_NOT_FOUND', 'no'), CONTEXT))).toMatchObject({
    status: 'completed', revision: 1, packages: [{ product_id: 'ghost', budget: 1, package_id: 'pkg_0' }], context: CONTEXT,
  });
  expect(await ask(lie, asked, async () => failed(refuse('BUDGET_TOO_LOW', 'no'), CONTEXT))).toMatchObject({ status: 'failed' });
});

describe('booking what has to be refused', () => {
  const strict = async ({ request }: Call): Promise<Answer> => {
    const { start_time, packages } = request as { start_time: string; packages: { bid_price?: number }[] };
    if (start_time !== 'asap') return failed(invalid('start_time', 'past'), CONTEXT);
    return packages[0]!.bid_price === undefined ? succeeded(request, CONTEXT) : failed(invalid('packages[0].bid_price', 'low'), CONTEXT);
  };
  const asked = call('create_media_buy', { start_time: '2020-01-01T00:00:00Z', packages: [{ bid_price: 1 }] });

  test('sets or takes away what the refusals name, one after the other', async () => {
    expect(await ask(booksAnyway((field) => (field === 'start_time' ? 'asap' : undefined)), asked, strict)).toMatchObject({ status: 'completed', start_time: 'asap', packages: [{}] });
  });

  test('leaves refusals alone that it has no remedy for, and those of other tasks', async () => {
    expect(await ask(booksAnyway((field) => (field === 'start_time' ? 'asap' : 'stands')), asked, strict)).toMatchObject({ status: 'failed', adcp_error: { field: 'packages[0].bid_price' } });
    expect(await ask(booksAnyway(() => undefined), { ...asked, task: 'get_products' }, strict)).toMatchObject({ status: 'failed' });
  });

  test('gives in when nothing helps', async () => {
    let times = 0;
    await ask(booksAnyway(() => 'asap'), asked, async () => { times += 1; return failed(invalid('start_time', 'never'), CONTEXT); });
    expect(times).toBeLessThan(20);
  });
});
