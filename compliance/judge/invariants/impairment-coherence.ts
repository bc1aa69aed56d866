import { isObject, type JsonObject, own } from '../../json/object.ts';
import { forcedStatus } from './forced-status.ts';
import { type Invariant, type Reduction, remembering, type StepObservation, type Violation } from './invariant.ts';

/** The status in which a resource of each kind serves nothing. */
const OFFLINE: Readonly<Record<string, string>> = {
  audience: 'suspended', creative: 'rejected', catalog_item: 'withdrawn', event_source: 'insufficient',
};
const LIVE: ReadonlySet<unknown> = new Set(['pending_creatives', 'pending_start', 'active', 'paused', undefined]);

/** Last observed state of each dependency: `creative:abc` -> offline or not. */
type Memory = ReadonlyMap<string, 'offline' | 'online'>;

/** A buy says that it is impaired exactly when something that it depends on is offline, and names what. */
export const impairmentCoherence: Invariant = { id: 'impairment.coherence', begin: () => remembering<Memory>(new Map(), reduce) };

function reduce(memory: Memory, step: StepObservation): Reduction<Memory> {
  if (!step.passed || step.expect_error || own(step.data, 'adcp_error') !== undefined) return { memory, facts: 0 };
  const seen = new Map([...memory, ...dependencies(step.task, step.data), ...forcedDependency(step)]);
  const buys = buysOf(step.task, step.data);
  const violation = buys.map(([buy, pointer]) => incoherence(buy, pointer, seen)).find((found) => found !== undefined);
  return { memory: seen, facts: buys.length, ...(violation !== undefined && { violation }) };
}

function forcedDependency(step: StepObservation): readonly (readonly [key: string, state: 'offline' | 'online'])[] {
  const forced = forcedStatus(step);
  if (forced === undefined || !Object.hasOwn(OFFLINE, forced.kind)) return [];
  return [[`${forced.kind}:${forced.id}`, forced.status === OFFLINE[forced.kind] ? 'offline' : 'online']];
}

function dependencies(task: string, data: unknown): readonly (readonly [key: string, state: 'offline' | 'online'])[] {
  const from = (list: unknown, kind: string, id: string, status: (entry: JsonObject) => unknown) =>
    objects(list).flatMap((entry) => {
    const state = status(entry);
    return typeof entry[id] === 'string' && typeof state === 'string'
      ? [[`${kind}:${entry[id]}`, state === OFFLINE[kind] ? 'offline' : 'online'] as const]
      : [];
  });
  const status = (entry: JsonObject) => entry['status'];
  switch (task) {
    case 'sync_audiences': return from(own(data, 'audiences'), 'audience', 'audience_id', status);
    case 'sync_creatives': case 'list_creatives': return from(own(data, 'creatives'), 'creative', 'creative_id', status);
    case 'sync_event_sources':
      return from(own(data, 'event_sources'), 'event_source', 'event_source_id', (entry) => own(entry['health'], 'status'));
    case 'sync_catalogs':
      return objects(own(data, 'catalogs')).flatMap((catalog) => from(catalog['items'], 'catalog_item', 'item_id', status));
    default: return [];
  }
}

function buysOf(task: string, data: unknown): readonly (readonly [buy: JsonObject, pointer: string])[] {
  if (task !== 'get_media_buys') return [];
  return objects(own(data, 'media_buys')).map((buy, i) => [buy, `/media_buys/${i}`] as const).filter(([buy]) => LIVE.has(buy['status']));
}

function incoherence(buy: JsonObject, pointer: string, seen: Memory): Violation | undefined {
  const impairments = objects(buy['impairments']);
  const health = buy['health'];
  if (health !== undefined && (health === 'impaired') !== (impairments.length > 0))
    return {
      problem: 'health and impairments contradict each other', json_pointer: `${pointer}/health`,
      expected: impairments.length > 0 ? 'impaired' : 'not impaired', actual: health,
    };
  const named = new Set(impairments.map((each) => `${String(each['resource_type'])}:${String(each['resource_id'])}`));
  const wrong = [...named].find((key) => seen.get(key) === 'online');
  if (wrong !== undefined)
    return {
      problem: 'an impairment names a resource that was last seen in order', json_pointer: `${pointer}/impairments`,
      expected: 'a resource that is offline', actual: wrong,
    };
  const missing = referenced(buy).find((key) => seen.get(key) === 'offline' && !named.has(key));
  if (missing === undefined) return undefined;
  return {
    problem: 'a resource that is offline is missing from the impairments', json_pointer: `${pointer}/impairments`, expected: missing,
    actual: [...named],
  };
}

/** Creatives and audiences that the buy depends on. */
function referenced(buy: JsonObject): readonly string[] {
  return objects(buy['packages']).flatMap((pack) => {
    const creatives = [...objects(pack['creative_assignments']), ...objects(pack['creative_approvals'])].map((each) => each['creative_id']);
    const audiences = own(pack['targeting_overlay'], 'audience_include');
    return [
      ...creatives.filter((id) => typeof id === 'string').map((id) => `creative:${id}`),
      ...(Array.isArray(audiences) ? audiences : []).filter((id) => typeof id === 'string').map((id) => `audience:${id}`),
    ];
  });
}

const objects = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);
