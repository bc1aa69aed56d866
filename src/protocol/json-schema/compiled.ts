/**
 * Schemas that Ajv compiles, each at most once and with whatever it refers to: those that the interpreter leaves to it. It takes every
 * keyword there is, and says what is wrong with a schema that is none.
 */
import { createRequire } from 'node:module';
import type * as ajvModule from 'ajv';
import type { Ajv, ValidateFunction } from 'ajv';
import type { SchemaObject } from './check.ts';
import type { SchemaIssue } from './issue.ts';
import { opened } from './opened.ts';
import { type SchemaFiles, splitReference } from './schema-files.ts';

const load = createRequire(import.meta.url);

export class CompiledSchemas {
  readonly #files: SchemaFiles;
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #registered = new Set<string>();
  #compiler: Ajv | undefined;

  constructor(files: SchemaFiles) {
    this.#files = files;
  }

  /**
   * Every issue of a document, empty when it is valid.
   * @param open ignore `additionalProperties: false` on the root and on its arms
   * @throws Error when there is no such schema, when it is none, or when it refers to one that is missing
   */
  issues(ref: string, document: unknown, open: boolean): readonly SchemaIssue[] {
    const validate = this.#validator(ref, open);
    return validate(document) ? [] : (validate.errors ?? []).map((error) => ({
      instance_path: error.instancePath, schema_path: error.schemaPath, keyword: error.keyword,
      message: error.message ?? '', params: error.params,
    }));
  }

  /** Loaded with the first schema that is compiled: few runs come upon one. */
  get #ajv(): Ajv {
    return this.#compiler ??= newCompiler();
  }

  #validator(ref: string, open: boolean): ValidateFunction {
    const name = open ? `${ref}?open` : ref;
    let found = this.#compiled.get(name);
    if (found === undefined) {
      this.#register(ref);
      found = open
        ? this.#ajv.compile({ ...opened(this.#rebased(ref)), $id: `${keyOf(ref)}?open` })
        : this.#ajv.getSchema(keyOf(ref))!;
      this.#compiled.set(name, found);
    }
    return found;
  }

  /** Hands Ajv a schema and, first to last, everything that it refers to. */
  #register(ref: string): void {
    if (this.#registered.has(ref)) return;
    this.#registered.add(ref);
    const document = this.#files.schema(ref);
    if (document === undefined) throw new Error(`no schema ${ref} in ${this.#files.source}`);
    this.#ajv.addSchema(this.#rebased(ref), keyOf(ref));
    mapRefs(document, (target) => {
      const [path] = splitReference(target);
      if (path !== '') this.#register(this.#files.resolve(path, ref));
      return target;
    });
  }

  /** Ids follow the path, whatever the files say: releases repeat some ids and leave out others. */
  #rebased(ref: string): SchemaObject {
    const change = (target: string): string => {
      const [path, fragment] = splitReference(target);
      return path === '' ? target : `${keyOf(this.#files.resolve(path, ref))}${fragment}`;
    };
    return { ...(mapRefs(this.#files.schema(ref), change) as SchemaObject), $id: keyOf(ref) };
  }
}

function newCompiler(): Ajv {
  const { Ajv: Compiler } = load('ajv') as typeof ajvModule;
  // Ajv's own optimisations of the code it writes, inlining among them, take longer than they save: V8 does as well.
  const ajv = new Compiler({ strict: false, allErrors: true, allowUnionTypes: true, logger: false, inlineRefs: false, code: { optimize: false } });
  (load('ajv-formats') as (compiler: Ajv) => void)(ajv);
  return ajv;
}

const keyOf = (ref: string): string => `cat:/${ref}`;

function mapRefs(node: unknown, change: (target: string) => string): unknown {
  if (Array.isArray(node)) return node.map((each) => mapRefs(each, change));
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(Object.entries(node).flatMap(([key, value]) => {
    if (key === '$ref' && typeof value === 'string') return [[key, change(value)]];
    if (key === '$id' && typeof value === 'string') return [];
    return [[key, mapRefs(value, change)]];
  }));
}
