/** What a schema becomes before a document is held against it: a function that looks at one value and notes what is wrong. */

/** A schema as it stands in a file. */
export type SchemaObject = Readonly<Record<string, unknown>>;
export type Schema = SchemaObject | boolean;

/** Where in a document a value stands, from the inside out; undefined is the document itself. */
export type Spot = { readonly name: string | number; readonly within: Spot } | undefined;

/** One thing that is wrong. Put into words, with its path as text, only when it is told. */
export interface Complaint {
  readonly spot: Spot;
  /** Place of the keyword, from the beginning of the file or of the part that a reference led to. */
  readonly schema_path: string;
  readonly keyword: string;
  readonly message: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Thrown when a document and a schema together take more effort than was given. */
export class TooMuch extends Error {}

/** What is found wrong in one document, in the order in which the keywords are looked at. */
export class Findings {
  readonly complaints: Complaint[] = [];
  #effort: number;
  #hushed = 0;

  /** @param effort steps that may be taken: values that are looked at, characters that are compared */
  constructor(effort = Infinity) {
    this.#effort = effort;
  }

  /** @throws TooMuch when fewer steps are left */
  spend(steps: number): void {
    this.#effort -= steps;
    if (this.#effort < 0) throw new TooMuch();
  }

  /** Notes a complaint. @returns false, the verdict of whoever complains */
  add(complaint: Complaint): false {
    if (this.#hushed === 0) this.complaints.push(complaint);
    return false;
  }

  get count(): number {
    return this.complaints.length;
  }

  /** Takes back what was noted since there were so many. */
  forget(count: number): void {
    this.complaints.length = count;
  }

  /** Looks without noting: for schemas of which only the verdict counts. */
  hushed(look: () => boolean): boolean {
    this.#hushed += 1;
    try {
      return look();
    } finally {
      this.#hushed -= 1;
    }
  }
}

/** Whether a value satisfies; what is wrong goes into the findings. */
export type Check<T = unknown> = (value: T, spot: Spot, findings: Findings) => boolean;

/** The schema that a keyword stands in, and the ways from there. */
export interface Place {
  readonly schema: SchemaObject;
  /** From the beginning of the file, as a URI fragment: `#/properties/price`. */
  readonly path: string;
  /** The check of a schema below this one, prepared when it is first used. `way` leads there: `['properties', 'price']`. */
  part(schema: Schema, ...way: readonly (string | number)[]): Check;
  /** The check that a reference leads to. */
  target(reference: string): Check;
}

/** A keyword of values of one type. `make` gives undefined where the keyword asks for nothing. */
export interface Rule<T> {
  readonly keyword: string;
  make(place: Place): Check<T> | undefined;
}

/** A rule whose complaint is always the same. */
export function plainRule<T, L>(
  keyword: string, holds: (limit: L) => (value: T) => boolean, message: (limit: L) => string,
  params: (limit: L) => Complaint['params']
): Rule<T> {
  return {
    keyword,
    make({ schema, path }) {
      const limit = schema[keyword] as L;
      const isRight = holds(limit);
      const complaint = { schema_path: `${path}/${keyword}`, keyword, message: message(limit), params: params(limit) };
      return (value, spot, findings) => isRight(value) || findings.add({ ...complaint, spot });
    },
  };
}

/** A JSON Pointer. */
export function pointerOf(spot: Spot): string {
  let pointer = '';
  for (let at = spot; at !== undefined; at = at.within) pointer = `/${escaped(at.name)}${pointer}`;
  return pointer;
}

/** A part of a path in a schema, as a URI fragment has it. */
export const fragmentPart = (name: string | number): string => (typeof name === 'number' ? String(name) : encodeURIComponent(escaped(name)));

const escaped = (name: string | number): string => (typeof name === 'number' ? String(name) : name.replaceAll('~', '~0').replaceAll('/', '~1'));
