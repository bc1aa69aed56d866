/** The ways to lie: in the answer, about a refusal, by hearing another question, by taking what has to be refused. */
import type { Call } from '../../src/pipeline/call.ts';
import type { Answer, JsonObject } from '../../src/protocol/envelope.ts';
import { TASKS, taskOf, type TaskName } from '../../src/protocol/tasks.ts';
import type { Telling } from './lying.ts';
import { errorOf, refusedField, retold, rowsOf, withoutValueAt, withValueAt } from './retelling.ts';

export type Tasks = readonly string[] | 'every task';

/** Tasks that change something, and so come with a key. */
export const WRITES: Tasks = Object.keys(TASKS).filter((task) => taskOf(task as TaskName).mutating);
/** Tasks that only look, at what the caller has or may have. */
export const READS: Tasks = ['list_accounts', 'get_products', 'list_creative_formats', 'get_media_buys', 'get_media_buy_delivery', 'list_creatives'];
/** Tasks that answer in pages. */
export const LISTS: Tasks = ['list_accounts', 'get_products', 'list_creative_formats', 'get_media_buys', 'list_creatives'];
/** Tasks that show a media buy. */
export const BUYS: Tasks = ['create_media_buy', 'update_media_buy', 'get_media_buys'];

const among = (tasks: Tasks, { task }: Call): boolean => (tasks === 'every task' ? task !== 'comply_test_controller' : tasks.includes(task));

/** Says something else than the honest seller did, where that one did what it was asked. */
export const retells = (tasks: Tasks, change: (document: JsonObject, call: Call) => JsonObject) => (): Telling => async (call, honest) => {
  const answer = await honest(call);
  return answer.isError || !among(tasks, call) ? answer : { ...answer, document: change(answer.document, call) };
};

/** Says something else of every row of a list, such as `accounts`. */
export const retellsRows = (tasks: Tasks, list: string, change: (row: JsonObject, call: Call, at: number) => JsonObject) =>
  retells(tasks, (document, call) => (list in document ? { ...document, [list]: rowsOf(document[list]).map((row, at) => change(row, call, at)) } : document));

/** Says something else in every object of the answer, inner ones first. */
export const retellsObjects = (tasks: Tasks, change: (object: JsonObject) => JsonObject) => retells(tasks, (document) => retold(document, change) as JsonObject);

/** Refuses for another reason than the honest seller did, in both places where the reason stands. */
export const excuses = (tasks: Tasks, change: (error: JsonObject, call: Call) => JsonObject) => (): Telling => async (call, honest) => {
  const answer = await honest(call);
  const error = errorOf(answer);
  if (error === undefined || !among(tasks, call)) return answer;
  const told = change(error, call);
  return { ...answer, document: { ...answer.document, adcp_error: told, errors: [told] } };
};

/** Hears another question than the one that was asked. */
export const mishears = (tasks: Tasks, change: (request: JsonObject, call: Call) => JsonObject) => (): Telling => (call, honest) =>
  honest(among(tasks, call) ? { ...call, request: change(call.request, call) } : call);

/** Hears other packages in an order than the ones that were ordered; an order of a proposal has none. */
export const mishearsPackages = (change: (bought: JsonObject) => JsonObject) =>
  mishears(['create_media_buy'], (request) => ('packages' in request ? { ...request, packages: rowsOf(request['packages']).map(change) } : request));

/** Answers a refusal with a success of its own making, and does nothing. */
export const pretends = (tasks: Tasks, hides: (error: JsonObject) => boolean, success: (call: Call) => JsonObject) => (): Telling => async (call, honest) => {
  const answer = await honest(call);
  const error = errorOf(answer);
  return error !== undefined && among(tasks, call) && hides(error) ? acknowledged(call, success(call)) : answer;
};

/** A success of the lie's own making, in the honest envelope. */
export function acknowledged({ request }: Call, body: JsonObject): Answer {
  const { context } = request;
  return { document: { status: 'completed', adcp_version: '3.1', ...body, ...(context === undefined ? {} : { context }) }, isError: false };
}

/** How often a lie looks away before it gives in. */
const MOST_REFUSALS = 8;

/**
 * Books a purchase that has to be refused: it takes away, or sets to something harmless, what the refusal names.
 * @param remedy what to put at the path: `undefined` takes it out; 'stands' leaves the refusal as it is
 */
export const booksAnyway = (remedy: (field: string, call: Call) => unknown) => (): Telling => async (call, honest) => {
  let { request } = call;
  let answer = await honest(call);
  for (let refused = 0; refused < MOST_REFUSALS && answer.isError; refused += 1) {
    const field = refusedField(call, answer);
    const instead = field === undefined ? 'stands' : remedy(field, { ...call, request });
    if (field === undefined || instead === 'stands') return answer;
    request = instead === undefined ? withoutValueAt(request, field) : withValueAt(request, field, instead);
    answer = await honest({ ...call, request });
  }
  return answer;
};

/** Takes creatives into the library that have to be refused with this code. */
export const takesCreatives = (refusal: string) => retellsRows(['sync_creatives'], 'creatives', (row) =>
  (rowsOf(row['errors']).some(({ code }) => code === refusal) ? { creative_id: row['creative_id'], action: 'created', status: 'approved' } : row));
