import { canonicalJson } from '../../../src/protocol/canonical-json.ts';
import { isObject, type JsonObject, own } from '../../json/object.ts';
import { hitsAt, parsePath } from '../../json/path.ts';
import { type CheckContext, type CheckFunction, failed, passedWith } from './check.ts';
import { canonicalAgentUrl } from './agent-url.ts';

const MAX_OBSERVATIONS = 50;
const MAX_TEXT = 512;

/** Passes when every source object has a target with equal match keys; sources out of scope are treated as authored. */
export const refsResolve: CheckFunction = (authored, context) => {
  const { match_keys: keys, on_out_of_scope: policy = 'warn' } = authored;
  const [sources, targets] = [collect(authored['source'], context), collect(authored['target'], context)];
  if (typeof sources === 'string') return failed('source', sources);
  if (typeof targets === 'string') return failed('target', targets);
  if (!Array.isArray(keys) || keys.length === 0 || !keys.every((key) => typeof key === 'string'))
    return failed('the check', 'names no match_keys');
  const [inScope, outside] = parted(sources, (source) => isInScope(source, authored['scope'], context.agentUrl));
  const known = new Set(targets.map((target) => identity(target, keys)));
  const missing = distinct(inScope.filter((source) => !known.has(identity(source, keys))), keys);
  const foreign = distinct(outside, keys);
  const observations = policy === 'warn' ? foreign.map((each) => `out of scope: ${brief(each)}`) : [];
  const refusedForeign = policy === 'fail' ? foreign : [];
  const partial = isCurrent(authored['target']) && own(own(context.data, 'pagination'), 'has_more') === true;
  if (partial) observations.push(...missing.map((each) => `not on this page: ${brief(each)}`));
  const unresolved = [...(partial ? [] : missing), ...refusedForeign];
  if (unresolved.length === 0) return passedWith(observations.slice(0, MAX_OBSERVATIONS));
  return failed('references', 'do not resolve', {
    expected: { match_keys: keys }, actual: { missing: unresolved.map(cap) }, observations: observations.slice(0, MAX_OBSERVATIONS),
  });
};

function collect(side: unknown, context: CheckContext): readonly JsonObject[] | string {
  const [from, path] = [own(side, 'from'), own(side, 'path')];
  if ((from !== 'context' && from !== 'current_step') || typeof path !== 'string')
    return 'names no place: it needs `from` (context or current_step) and `path`';
  const parsed = parsePath(path);
  if (parsed.kind === 'malformed') return `path ${parsed.problem}`;
  const values = hitsAt(from === 'context' ? context.accumulator : context.data, parsed.segments).map((hit) => hit.value);
  return values.flat().filter(isObject);
}

function isInScope(source: JsonObject, scope: unknown, agentUrl: string): boolean {
  const key = own(scope, 'key');
  if (typeof key !== 'string') return true;
  const wanted = own(scope, 'equals');
  return sameValue(key, source[key], wanted === '$agent_url' ? agentUrl : wanted);
}

function sameValue(key: string, a: unknown, b: unknown): boolean {
  return identity({ [key]: a }, [key]) === identity({ [key]: b }, [key]);
}

/** The match keys of an object as one text: the same for equal ones, whatever the form of their URLs. */
function identity(object: JsonObject, keys: readonly string[]): string {
  return canonicalJson(keys.map((key) => {
    const value = object[key];
    if (value === undefined) return [];
    return [key.endsWith('url') && typeof value === 'string' ? canonicalAgentUrl(value) : value];
  }));
}

/** What lists of references are shown by: their match keys, equal ones once. */
function distinct(objects: readonly JsonObject[], keys: readonly string[]): readonly JsonObject[] {
  const project = (object: JsonObject): JsonObject => Object.fromEntries(keys.map((key) => [key, object[key] ?? null]));
  return [...new Map(objects.map(project).map((each) => [canonicalJson(each), each])).values()];
}

function parted<T>(items: readonly T[], belongs: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  const groups = Map.groupBy(items, belongs);
  return [groups.get(true) ?? [], groups.get(false) ?? []];
}

const cap = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, MAX_TEXT) : value]));
const brief = (object: JsonObject): string => JSON.stringify(object).slice(0, MAX_TEXT);
const isCurrent = (target: unknown): boolean => own(target, 'from') === 'current_step';
