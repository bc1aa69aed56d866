/** Statements with their values in place: `sql\`SELECT ... WHERE id = ${id}\``; a statement within another is taken in whole. */

export class Sql {
  readonly #texts: readonly string[];
  readonly values: readonly unknown[];

  /** @param texts one more than there are values, which stand between them */
  constructor(texts: readonly string[], values: readonly unknown[]) {
    this.#texts = texts;
    this.values = values;
  }

  /** Its text with `$1`, `$2` ... in the place of values. */
  get text(): string {
    return this.#texts.reduce((text, next, at) => `${text}$${at}${next}`);
  }

  /** What it is made of, to be taken into another. */
  get texts(): readonly string[] {
    return this.#texts;
  }
}

export function sql(strings: readonly string[], ...given: readonly unknown[]): Sql {
  const texts = [strings[0]!];
  const values: unknown[] = [];
  given.forEach((value, at) => {
    const rest = strings[at + 1]!;
    if (value instanceof Sql) {
      texts[texts.length - 1] += value.texts[0]!;
      texts.push(...value.texts.slice(1));
      values.push(...value.values);
      texts[texts.length - 1] += rest;
    } else {
      values.push(value);
      texts.push(rest);
    }
  });
  return new Sql(texts, values);
}

/** Text of this program, such as a column's name; never of anybody else. */
export const raw = (text: string): Sql => new Sql([text], []);

export const joined = (parts: readonly Sql[], between: string): Sql =>
  parts.length === 0 ? raw('') : parts.reduce((all, each) => sql`${all}${raw(between)}${each}`);

/** All of the conditions that are given; true when none is. */
export function every(...conditions: readonly (Sql | undefined)[]): Sql {
  const given = conditions.filter((each) => each !== undefined);
  return given.length === 0 ? raw('true') : joined(given, ' AND ');
}

/** A condition, when the value that it is about is given. */
export const when = <Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql | undefined =>
  value === undefined ? undefined : condition(value);

/** Membership, through an array, so that the statement's text stays the same for any number of values. */
export const among = (column: Sql, values: readonly string[] | undefined): Sql | undefined => when(values, (some) => sql`${column} = ANY(${some}::text[])`);
