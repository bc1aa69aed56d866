/**
 * JSON Schemas of one AdCP release, looked up by their path below the release's `schemas/` folder
 * (`media-buy/get-products-response.json`) or by task, and compiled at most once, when first needed.
 *
 * Both halves of the program use it: the seller over the schemas that it publishes, the judge over those of a bundle.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as ajvModule from 'ajv';
import type { Ajv, AnySchemaObject, ValidateFunction } from 'ajv';

/** One reason why a document does not satisfy a schema. Paths are JSON Pointers. */
export interface SchemaIssue {
  readonly instance_path: string;
  readonly schema_path: string;
  readonly keyword: string;
  readonly message: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export type SchemaVariant = 'request' | 'response' | 'submitted' | 'working' | 'input-required';

export interface ValidateOptions {
  /** Ignore `additionalProperties: false` on the root and on its `oneOf`/`anyOf`/`allOf` arms; nested objects keep theirs. */
  readonly openRoot?: boolean;
}

/** A schema or a part of one, and the file that its own references start from. */
export interface SchemaPlace {
  readonly ref: string;
  readonly schema: AnySchemaObject;
}

export interface SchemaCatalogue {
  /** Where the schemas were read from. */
  readonly source: string;
  readonly refs: readonly string[];
  /** The schema as published, or undefined when the release has none of that name. */
  schema(ref: string): AnySchemaObject | undefined;
  /** The path of a task's schema: `get_products`, `response` -> `media-buy/get-products-response.json`. */
  refOf(task: string, variant: SchemaVariant): string | undefined;
  /** The `$id` of a schema, else its path. */
  idOf(ref: string): string;
  /** Where a `$ref` that stands in the schema `from` leads to: a schema of the release or a part of one. Undefined: nowhere. */
  follow(target: string, from: string): SchemaPlace | undefined;
  /**
   * Every issue of a document, empty when it is valid.
   * @throws Error when there is no such schema, or when it refers to one that is missing
   */
  validate(ref: string, document: unknown, options?: ValidateOptions): readonly SchemaIssue[];
}

const load = createRequire(import.meta.url);
const SUFFIX: Record<SchemaVariant, string> = {
  request: 'request', response: 'response',
  submitted: 'async-response-submitted', working: 'async-response-working', 'input-required': 'async-response-input-required',
};

/** Opens a release's `schemas/` folder. Only names are read now; files are read and compiled when a document needs them. */
export function openSchemaFolder(folder: string): SchemaCatalogue {
  if (!existsSync(folder)) throw new Error(`no schema folder at ${folder}`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
    .map((file) => file.replaceAll('\\', '/')).sort();
  return catalogueOf(folder, files, (ref) => JSON.parse(readFileSync(join(folder, ref), 'utf8')) as AnySchemaObject);
}

/** A catalogue over texts that somebody else keeps, by path; each is parsed when a document needs it. */
export function openSchemaTexts(source: string, refs: readonly string[], read: (ref: string) => string): SchemaCatalogue {
  return catalogueOf(source, [...refs].sort(), (ref) => JSON.parse(read(ref)) as AnySchemaObject);
}

/** A catalogue over schemas already in memory, by path. */
export function schemaCatalogue(source: string, schemas: ReadonlyMap<string, AnySchemaObject>): SchemaCatalogue {
  return catalogueOf(source, [...schemas.keys()], (ref) => schemas.get(ref)!);
}

function catalogueOf(source: string, refs: readonly string[], read: (ref: string) => AnySchemaObject): SchemaCatalogue {
  return new LazyCatalogue(source, refs, read);
}

class LazyCatalogue implements SchemaCatalogue {
  readonly source: string;
  readonly refs: readonly string[];
  readonly #read: (ref: string) => AnySchemaObject;
  readonly #known: ReadonlySet<string>;
  readonly #byTask: ReadonlyMap<string, string>;
  readonly #loaded = new Map<string, AnySchemaObject>();
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #registered = new Set<string>();
  #compiler: Ajv | undefined;

  constructor(source: string, refs: readonly string[], read: (ref: string) => AnySchemaObject) {
    this.source = source;
    this.refs = refs;
    this.#read = read;
    this.#known = new Set(refs);
    this.#byTask = taskIndex(refs);
  }

  /** Loaded with the first schema that is compiled: a run that is to start at once has many that need none. */
  get #ajv(): Ajv {
    return this.#compiler ??= newCompiler();
  }

  schema(ref: string): AnySchemaObject | undefined {
    if (!this.#known.has(ref)) return undefined;
    let found = this.#loaded.get(ref);
    if (found === undefined) this.#loaded.set(ref, (found = this.#read(ref)));
    return found;
  }

  refOf(task: string, variant: SchemaVariant): string | undefined {
    return this.#byTask.get(`${task.replaceAll('_', '-')}-${SUFFIX[variant]}`);
  }

  idOf(ref: string): string {
    return (this.schema(ref)?.['$id'] as string | undefined) ?? ref;
  }

  follow(target: string, from: string): SchemaPlace | undefined {
    const [path, fragment] = split(target);
    const ref = path === '' ? from : this.#resolve(path, from);
    const names = fragment.slice(1).split('/').slice(1).map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = names.reduce<unknown>(member, this.schema(ref));
    return isObject(found) ? { ref, schema: found } : undefined;
  }

  validate(ref: string, document: unknown, options: ValidateOptions = {}): readonly SchemaIssue[] {
    const validate = this.#validator(ref, options.openRoot === true);
    return validate(document) ? [] : (validate.errors ?? []).map((error) => ({
      instance_path: error.instancePath, schema_path: error.schemaPath, keyword: error.keyword,
      message: error.message ?? '', params: error.params,
    }));
  }

  #validator(ref: string, open: boolean): ValidateFunction {
    const name = open ? `${ref}?open` : ref;
    let found = this.#compiled.get(name);
    if (found === undefined) {
      this.#register(ref);
      found = open
        ? this.#ajv.compile({ ...openedRoot(this.#rebased(ref)), $id: `${keyOf(ref)}?open` })
        : this.#ajv.getSchema(keyOf(ref))!;
      this.#compiled.set(name, found);
    }
    return found;
  }

  /** Hands Ajv a schema and, first to last, everything that it refers to. */
  #register(ref: string): void {
    if (this.#registered.has(ref)) return;
    this.#registered.add(ref);
    const document = this.schema(ref);
    if (document === undefined) throw new Error(`no schema ${ref} in ${this.source}`);
    this.#ajv.addSchema(this.#rebased(ref), keyOf(ref));
    mapRefs(document, (target) => {
      const [path] = split(target);
      if (path !== '') this.#register(this.#resolve(path, ref));
      return target;
    });
  }

  /** Ids follow the path, whatever the files say: releases repeat some ids and leave out others. */
  #rebased(ref: string): AnySchemaObject {
    const change = (target: string): string => {
      const [path, fragment] = split(target);
      return path === '' ? target : `${keyOf(this.#resolve(path, ref))}${fragment}`;
    };
    return { ...(mapRefs(this.schema(ref), change) as AnySchemaObject), $id: keyOf(ref) };
  }

  /** `/schemas/3.1.19/core/x.json`, `/schemas/core/x.json` or `../core/x.json` -> `core/x.json`. */
  #resolve(path: string, from: string): string {
    if (!path.startsWith('/') && !/^[a-z]+:/.test(path)) return new URL(path, keyOf(from)).pathname.slice(1);
    const tail = path.replace(/^https?:\/\/[^/]+/, '').replace(/^\/schemas\//, '');
    return this.#known.has(tail) ? tail : tail.replace(/^[^/]+\//, '');
  }
}

function newCompiler(): Ajv {
  const { Ajv: Compiler } = load('ajv') as typeof ajvModule;
  // Ajv's own optimisations of the code it writes, inlining among them, take longer than they save: V8 does as well.
  const ajv = new Compiler({ strict: false, allErrors: true, allowUnionTypes: true, logger: false, inlineRefs: false, code: { optimize: false } });
  (load('ajv-formats') as (compiler: Ajv) => void)(ajv);
  return ajv;
}

const isObject = (value: unknown): value is AnySchemaObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (node: unknown, name: string): unknown =>
  (typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as AnySchemaObject)[name] : undefined);

const keyOf = (ref: string): string => `cat:/${ref}`;

/**
 * File stem -> path. Copies with inlined references (`bundled/`) lose against files that refer to each other: what those share is
 * compiled once, which takes half the time and memory. Repeats below `core/` lose against all.
 */
function taskIndex(refs: readonly string[]): Map<string, string> {
  const rank = (ref: string) => (ref.startsWith('core/async-response-refs/') ? 2 : ref.startsWith('bundled/') ? 1 : 0);
  const index = new Map<string, string>();
  for (const ref of [...refs].sort((a, b) => rank(a) - rank(b))) {
    const stem = ref.slice(ref.lastIndexOf('/') + 1, -'.json'.length);
    if (!index.has(stem)) index.set(stem, ref);
  }
  for (const [task, stem] of [['get-task-status', 'tasks-get'], ['list-tasks', 'tasks-list'], ['tasks-get', 'tasks-get']] as const)
    for (const variant of ['request', 'response'])
      if (index.has(`${stem}-${variant}`) && !index.has(`${task}-${variant}`)) index.set(`${task}-${variant}`, index.get(`${stem}-${variant}`)!);
  return index;
}

function split(target: string): [path: string, fragment: string] {
  const at = target.indexOf('#');
  return at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at)];
}

function mapRefs(node: unknown, change: (target: string) => string): unknown {
  if (Array.isArray(node)) return node.map((each) => mapRefs(each, change));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => {
    if (key === '$ref' && typeof value === 'string') return [[key, change(value)]];
    if (key === '$id' && typeof value === 'string') return [];
    return [[key, mapRefs(value, change)]];
  }));
}

function openedRoot(root: AnySchemaObject): AnySchemaObject {
  const opened: AnySchemaObject = { ...root };
  if (opened['additionalProperties'] === false) opened['additionalProperties'] = true;
  for (const arm of ['oneOf', 'anyOf', 'allOf'])
    if (Array.isArray(opened[arm])) opened[arm] = (opened[arm] as AnySchemaObject[]).map(openedRoot);
  return opened;
}
