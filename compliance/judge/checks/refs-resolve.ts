import { isObject, type JsonObject, own } from '../../json/object.ts';
import { hitsAt, parsePath } from '../../json/path.ts';
import { jsonEquals } from '../../json/equality.ts';
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
  const inScope = sources.filter((source) => isInScope(source, authored['scope'], context.agentUrl));
  const outside = sources.filter((source) => !inScope.includes(source));
  const missing = distinct(
    inScope.filter((source) => !targets.some((target) => matches(source, target, keys))).map((source) => project(source, keys))
  );
  const foreign = distinct(outside.map((source) => project(source, keys)));
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

const matches = (source: JsonObject, target: JsonObject, keys: readonly string[]): boolean =>
  keys.every((key) => sameValue(key, source[key], target[key]));

function sameValue(key: string, a: unknown, b: unknown): boolean {
  return key.endsWith('url') && typeof a === 'string' && typeof b === 'string'
    ? canonicalAgentUrl(a) === canonicalAgentUrl(b)
    : jsonEquals(a, b);
}

const project = (source: JsonObject, keys: readonly string[]): JsonObject => Object.fromEntries(keys.map((key) => [key, source[key] ?? null]));

function distinct(objects: readonly JsonObject[]): readonly JsonObject[] {
  return objects.filter((object, i) => objects.findIndex((other) => jsonEquals(object, other)) === i);
}

const cap = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, MAX_TEXT) : value]));
const brief = (object: JsonObject): string => JSON.stringify(object).slice(0, MAX_TEXT);
const isCurrent = (target: unknown): boolean => own(target, 'from') === 'current_step';
