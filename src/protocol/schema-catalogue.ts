/**
 * JSON Schemas of one AdCP release, looked up by their path below the release's `schemas/` folder
 * (`media-buy/get-products-response.json`) or by task, read when first needed. Documents are held against them by an interpreter;
 * schemas that it leaves to others are compiled by Ajv, once.
 *
 * Both halves of the program use it: the seller over the schemas that it publishes, the judge over those of a bundle.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SchemaObject, TooMuch } from './json-schema/check.ts';
import { CompiledSchemas } from './json-schema/compiled.ts';
import { SchemaInterpreter } from './json-schema/interpreter.ts';
import type { SchemaIssue } from './json-schema/issue.ts';
import { type SchemaFiles, splitReference } from './json-schema/schema-files.ts';

export type { SchemaIssue } from './json-schema/issue.ts';

export type SchemaVariant = 'request' | 'response' | 'submitted' | 'working' | 'input-required';

export interface ValidateOptions {
  /** Ignore `additionalProperties: false` on the root and on its `oneOf`/`anyOf`/`allOf` arms; nested objects keep theirs. */
  readonly openRoot?: boolean;
}

/** A schema or a part of one, and the file that its own references start from. */
export interface SchemaPlace {
  readonly ref: string;
  readonly schema: SchemaObject;
}

export interface SchemaCatalogue {
  /** Where the schemas were read from. */
  readonly source: string;
  readonly refs: readonly string[];
  /** The schema as published, or undefined when the release has none of that name. */
  schema(ref: string): SchemaObject | undefined;
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
  /** The same, undefined when it may take more than a moment: payload and schema are foreign, and together can take for ever. */
  validateAtOnce(ref: string, document: unknown, options?: ValidateOptions): readonly SchemaIssue[] | undefined;
}

/** Steps that take some hundredths of a second. */
const MOMENT = 1_000_000;

const SUFFIX: Record<SchemaVariant, string> = {
  request: 'request', response: 'response',
  submitted: 'async-response-submitted', working: 'async-response-working', 'input-required': 'async-response-input-required',
};

/** Opens a release's `schemas/` folder. Only names are read now; files are read and compiled when a document needs them. */
export function openSchemaFolder(folder: string): SchemaCatalogue {
  if (!existsSync(folder)) throw new Error(`no schema folder at ${folder}`);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
    .map((file) => file.replaceAll('\\', '/')).sort();
  return catalogueOf(folder, files, (ref) => JSON.parse(readFileSync(join(folder, ref), 'utf8')) as SchemaObject);
}

/** A catalogue over texts that somebody else keeps, by path; each is parsed when a document needs it. */
export function openSchemaTexts(source: string, refs: readonly string[], read: (ref: string) => string): SchemaCatalogue {
  return catalogueOf(source, [...refs].sort(), (ref) => JSON.parse(read(ref)) as SchemaObject);
}

/** A catalogue over schemas already in memory, by path. */
export function schemaCatalogue(source: string, schemas: ReadonlyMap<string, object>): SchemaCatalogue {
  return catalogueOf(source, [...schemas.keys()], (ref) => schemas.get(ref) as SchemaObject);
}

function catalogueOf(source: string, refs: readonly string[], read: (ref: string) => SchemaObject): SchemaCatalogue {
  return new LazyCatalogue(source, refs, read);
}

class LazyCatalogue implements SchemaCatalogue {
  readonly source: string;
  readonly refs: readonly string[];
  readonly #read: (ref: string) => SchemaObject;
  readonly #known: ReadonlySet<string>;
  readonly #byTask: ReadonlyMap<string, string>;
  readonly #loaded = new Map<string, SchemaObject>();
  readonly #interpreter: SchemaInterpreter;
  readonly #compiled: CompiledSchemas;

  constructor(source: string, refs: readonly string[], read: (ref: string) => SchemaObject) {
    this.source = source;
    this.refs = refs;
    this.#read = read;
    this.#known = new Set(refs);
    this.#byTask = taskIndex(refs);
    const files: SchemaFiles = {
      source, schema: (ref) => this.schema(ref), resolve: (path, from) => this.#resolve(path, from),
      follow: (reference, from) => this.follow(reference, from),
    };
    this.#interpreter = new SchemaInterpreter(files);
    this.#compiled = new CompiledSchemas(files);
  }

  schema(ref: string): SchemaObject | undefined {
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
    const [path, fragment] = splitReference(target);
    const ref = path === '' ? from : this.#resolve(path, from);
    const names = fragment.slice(1).split('/').slice(1).map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = names.reduce<unknown>(member, this.schema(ref));
    return isObject(found) ? { ref, schema: found } : undefined;
  }

  validate(ref: string, document: unknown, { openRoot: open = false }: ValidateOptions = {}): readonly SchemaIssue[] {
    return this.#interpreter.issues(ref, document, open) ?? this.#compiled.issues(ref, document, open);
  }

  validateAtOnce(ref: string, document: unknown, { openRoot: open = false }: ValidateOptions = {}): readonly SchemaIssue[] | undefined {
    try {
      return this.#interpreter.issues(ref, document, open, MOMENT);
    } catch (error) {
      if (error instanceof TooMuch) return undefined;
      throw error;
    }
  }

  /** `/schemas/3.1.19/core/x.json`, `/schemas/core/x.json` or `../core/x.json` -> `core/x.json`. */
  #resolve(path: string, from: string): string {
    if (!path.startsWith('/') && !/^[a-z]+:/.test(path)) return new URL(path, `cat:/${from}`).pathname.slice(1);
    const tail = path.replace(/^https?:\/\/[^/]+/, '').replace(/^\/schemas\//, '');
    return this.#known.has(tail) ? tail : tail.replace(/^[^/]+\//, '');
  }
}

const isObject = (value: unknown): value is SchemaObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (node: unknown, name: string): unknown =>
  (typeof node === 'object' && node !== null && Object.hasOwn(node, name) ? (node as SchemaObject)[name] : undefined);

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
