import { isObject, type JsonObject, own } from '../json/object.ts';
import type { LoadProblem } from '../problem.ts';
import { FieldReader } from './field-reader.ts';
import { parseYaml } from './yaml-node.ts';

/** Who the judge plays: credentials, brand, assets. Or the terms of a special harness (`kind: contract`). */
export interface TestKit {
  readonly id: string;
  /** Path below the bundle's root: `test-kits/acme-outdoor.yaml`. */
  readonly path: string;
  readonly kind: 'brand' | 'contract';
  /** A relationship that an ordinary token cannot stand in for. */
  readonly relationship: 'ordinary' | 'live' | 'passthrough_only';
  /** The whole kit, as `$test_kit.*` references see it. */
  readonly document: JsonObject;
}

export type ReadKit =
  | { readonly kind: 'kit'; readonly kit: TestKit }
  | { readonly kind: 'broken'; readonly path: string; readonly problems: readonly LoadProblem[] };

/** Read-only tasks behind authentication that a kit may name for probing it. */
export const PROBE_TASKS: readonly string[] = [
  'list_creatives', 'get_media_buy_delivery', 'list_authorized_properties', 'get_signals', 'list_property_lists', 'list_collection_lists',
  'list_content_standards',
];

/**
 * A credential that a kit leaves to the environment: `$env:ADWRIGHT_KIT_TOKEN`. Only variables of that prefix can be named,
 * so that no kit reads anything else out of the environment.
 */
const ENVIRONMENT_REFERENCE = /^\$env:(.*)$/;
const KIT_VARIABLE = /^ADWRIGHT_KIT_[A-Z0-9_]+$/;

/** The variable that a kit's API key refers to, undefined when the key is a literal. */
export const keyVariable = (document: JsonObject): string | undefined => variableOf(document['auth']);

/** The variables that the keys of its further principals (`auth.principals.<name>.api_key`) refer to, by name. */
export function principalVariables(document: JsonObject): ReadonlyMap<string, string> {
  const principals = own(document['auth'], 'principals');
  const variables = Object.entries(isObject(principals) ? principals : {}).map(([name, each]) => [name, variableOf(each)] as const);
  return new Map(variables.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function variableOf(holder: unknown): string | undefined {
  const key = own(holder, 'api_key');
  return typeof key === 'string' ? ENVIRONMENT_REFERENCE.exec(key)?.[1] : undefined;
}

/** Reads a test kit; `file` names it in messages, `path` is its address in the bundle. */
export function readTestKit(text: string, file: string, path: string): ReadKit {
  const parsed = parseYaml(text, file);
  if (parsed.kind === 'broken') return { kind: 'broken', path, problems: parsed.problems };
  const problems: LoadProblem[] = [];
  const reader = new FieldReader(parsed.root, problems);
  const document = parsed.root.value;
  if (!isObject(document)) {
    reader.refuse('invalid_test_kit', 'the file holds no test kit', 'begin with `id:` and `name:`');
    return { kind: 'broken', path, problems };
  }
  checkProbeTask(reader, document);
  const variable = keyVariable(document);
  if (variable !== undefined && !KIT_VARIABLE.test(variable))
    reader.refuse('invalid_test_kit', `auth.api_key refers to ${JSON.stringify(variable)}, which a kit may not read`,
      'name a variable that begins with ADWRIGHT_KIT_', reader.at('auth').member('api_key') ?? reader.at('auth'));
  for (const [name, each] of principalVariables(document))
    if (!KIT_VARIABLE.test(each))
      reader.refuse('invalid_test_kit', `auth.principals.${name}.api_key refers to ${JSON.stringify(each)}, which a kit may not read`,
        'name a variable that begins with ADWRIGHT_KIT_', reader.at('auth').member('principals') ?? reader.at('auth'));
  const id = reader.text('id') ?? path.replace(/^.*\//, '').replace(/\.ya?ml$/, '').replaceAll('-', '_');
  if (problems.length > 0) return { kind: 'broken', path, problems };
  return {
    kind: 'kit', kit: { id, path, kind: 'applies_to' in document ? 'contract' : 'brand', relationship: relationshipOf(document), document },
  };
}

function relationshipOf(document: JsonObject): TestKit['relationship'] {
  if (document['commercial_relationship'] === 'passthrough_only') return 'passthrough_only';
  return document['sandbox'] === false ? 'live' : 'ordinary';
}

function checkProbeTask(reader: FieldReader, document: JsonObject): void {
  const auth = document['auth'];
  if (own(auth, 'api_key') === undefined && own(auth, 'basic') === undefined) return;
  const task = own(auth, 'probe_task');
  if (typeof task === 'string' && PROBE_TASKS.includes(task)) return;
  reader.refuse('invalid_test_kit', `auth.probe_task ${JSON.stringify(task ?? null)} cannot probe authentication`,
    `name one of ${PROBE_TASKS.join(', ')}`, reader.at('auth').member('probe_task') ?? reader.at('auth'));
}
