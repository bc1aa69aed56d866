/** How a lie changes what the honest seller said. */
import { randomUUID } from 'node:crypto';
import type { Call } from '../../src/pipeline/call.ts';
import type { Answer, JsonObject } from '../../src/protocol/envelope.ts';

/** A fresh key for a call that the lie makes itself. */
export const freshKey = (): string => randomUUID();

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a list that may be missing. */
export const rowsOf = (list: unknown): JsonObject[] => (Array.isArray(list) ? list.filter(isObject) : []);

/** A JSON value with every object in it changed, inner ones first. */
export function retold(value: unknown, change: (object: JsonObject) => JsonObject): unknown {
  if (Array.isArray(value)) return value.map((each) => retold(each, change));
  if (!isObject(value)) return value;
  return change(Object.fromEntries(Object.entries(value).map(([name, member]) => [name, retold(member, change)])));
}

/** An object less one member. */
export const without = (object: JsonObject, member: string): JsonObject => Object.fromEntries(Object.entries(object).filter(([name]) => name !== member));

/** An answer with the packages changed that stand in it, or in its media buys. */
export function withPackages(document: JsonObject, change: (row: JsonObject) => JsonObject): JsonObject {
  const changed = (object: JsonObject): JsonObject => Object.fromEntries(Object.entries(object).map(([name, member]) =>
    [name, name === 'packages' || name === 'affected_packages' ? rowsOf(member).map(change) : member]));
  const { media_buys } = document;
  return Array.isArray(media_buys) ? { ...document, media_buys: rowsOf(media_buys).map(changed) } : changed(document);
}

/** What a purchase would be answered that went as it was asked for. */
export const boughtAsAsked = ({ request }: Pick<Call, 'request'>): JsonObject => ({
  media_buy_id: `mb_${freshKey().slice(0, 8)}`, media_buy_status: 'active', revision: 1, confirmed_at: new Date().toISOString(),
  packages: rowsOf(request['packages']).map((bought, at) => ({ ...bought, package_id: `pkg_${at}` })),
});

/** An answer with every object of its document changed. */
export const retoldAnswer = (answer: Answer, change: (object: JsonObject) => JsonObject): Answer => ({ ...answer, document: retold(answer.document, change) as JsonObject });

/** The error of a refusal. */
export const errorOf = ({ document }: Answer): JsonObject | undefined => (isObject(document['adcp_error']) ? document['adcp_error'] : undefined);

/** The path that a refusal of a purchase names. */
export function refusedField(call: Call, answer: Answer): string | undefined {
  if (call.task !== 'create_media_buy' && call.task !== 'update_media_buy') return undefined;
  const field = errorOf(answer)?.['field'];
  return typeof field === 'string' ? field : undefined;
}

/** How often a lie removes a reason for a refusal before it gives in. */
const MOST_REMEDIES = 16;

/** Asks until a purchase is accepted: after a refusal over a field it makes a call that takes the reason away. */
export async function insisted(call: Call, honest: (call: Call) => Promise<Answer>, remedy: (field: string) => Pick<Call, 'task' | 'request'> | undefined): Promise<Answer> {
  let answer = await honest(call);
  for (let tried = 0; tried < MOST_REMEDIES; tried += 1) {
    const field = refusedField(call, answer);
    const first = field === undefined ? undefined : remedy(field);
    if (first === undefined || (await honest({ ...call, ...first })).isError) return answer;
    answer = await honest(call);
  }
  return answer;
}

const steps = (path: string): string[] => path.split(/[.[\]]+/).filter((step) => step !== '');

/** The value at a path such as `packages[0].budget`. */
export const valueAt = (document: unknown, path: string): unknown =>
  steps(path).reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? (value as JsonObject)[step] : undefined), document);

/** The document with another value at a path whose last step may be new; unchanged when the way there is not. */
export const withValueAt = (document: JsonObject, path: string, value: unknown): JsonObject => changedAt(document, path, (holder, last) => { holder[last] = value; });

/** The document without what stands at a path: a member, or a place of a list. */
export const withoutValueAt = (document: JsonObject, path: string): JsonObject => changedAt(document, path, (holder, last) => {
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete holder[last];
});

function changedAt(document: JsonObject, path: string, change: (holder: Record<string, unknown>, last: string) => void): JsonObject {
  const copy = structuredClone(document);
  const way = steps(path);
  const holder = way.slice(0, -1).reduce<unknown>((inner, step) => (typeof inner === 'object' && inner !== null ? (inner as JsonObject)[step] : undefined), copy);
  if (typeof holder === 'object' && holder !== null) change(holder as Record<string, unknown>, way.at(-1)!);
  return copy;
}

export const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** A row of a delivery report with other conversions, and with what one of them costs then. */
export function withConversions(row: JsonObject, conversions: number): JsonObject {
  const cost = Math.round((number(row['spend']) / conversions) * 100) / 100;
  return { ...row, conversions, ...('cost_per_acquisition' in row && conversions > 0 ? { cost_per_acquisition: cost } : {}) };
}
