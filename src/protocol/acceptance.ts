/**
 * Whether a document fits a shape, and nothing about why not. Shapes have many parts in common: each is compiled once and referred to,
 * where the validators that explain write it out in every place. That makes these a small part of the size, of the memory, and of the
 * time that it takes to compile them.
 */
import type { Ajv, ValidateFunction } from 'ajv';

type Node = Readonly<Record<string, unknown>>;

/** Keywords whose value holds schemas: by name, in a list, or one. */
const NAMED = new Set(['properties', 'patternProperties']);
const LISTED = new Set(['allOf', 'anyOf', 'oneOf']);
const SINGLE = new Set(['items', 'additionalItems', 'additionalProperties', 'propertyNames', 'contains', 'not', 'if', 'then', 'else']);

/** A part with fewer keywords is written out: a call would cost more than it saves. */
const WORTH_SHARING = 3;

export class Acceptance {
  readonly #ajv: Ajv;
  readonly #met = new Set<object>();
  /** Parts that are met more than once, and their names once they have been added. */
  readonly #shared = new Map<object, string | undefined>();
  #added = 0;
  readonly #compiled = new Map<object, ValidateFunction>();

  /**
   * @param ajv has the formats
   * @param shapes all that will be asked about; a part that is met in two places, the same object, is shared
   */
  constructor(ajv: Ajv, shapes: Iterable<object>) {
    this.#ajv = ajv;
    for (const shape of shapes) this.#meet(shape);
  }

  accepts(shape: object, document: unknown): boolean {
    return this.validatorOf(shape)(document) as boolean;
  }

  /** Compiles it when that is still to be done. */
  validatorOf(shape: object): ValidateFunction {
    let validate = this.#compiled.get(shape);
    if (validate === undefined) this.#compiled.set(shape, (validate = this.#ajv.compile(this.#withReferences(shape as Node))));
    return validate;
  }

  #meet(schema: unknown): void {
    if (!isNode(schema)) return;
    if (this.#met.has(schema)) {
      if (Object.keys(schema).length >= WORTH_SHARING) this.#shared.set(schema, undefined);
      return;
    }
    this.#met.add(schema);
    mapSchemas(schema, (each) => this.#meet(each));
  }

  #withReferences(schema: Node): Node {
    return mapSchemas(schema, (each) => {
      if (!isNode(each)) return each;
      return this.#shared.has(each) ? { $ref: this.#shared.get(each) ?? this.#add(each) } : this.#withReferences(each);
    });
  }

  #add(part: Node): string {
    const name = `part-${(this.#added += 1)}`;
    this.#shared.set(part, name);
    this.#ajv.addSchema(this.#withReferences(part), name);
    return name;
  }
}

/** The schema with each schema in it replaced. */
function mapSchemas(schema: Node, replace: (schema: unknown) => unknown): Node {
  return Object.fromEntries(Object.entries(schema).map(([keyword, value]) => {
    if (NAMED.has(keyword)) return [keyword, Object.fromEntries(Object.entries(value as Node).map(([name, each]) => [name, replace(each)]))];
    if (LISTED.has(keyword) || (SINGLE.has(keyword) && Array.isArray(value))) return [keyword, (value as unknown[]).map(replace)];
    return [keyword, SINGLE.has(keyword) ? replace(value) : value];
  }));
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
