/** The few words that the schemas of authors' files are written in (draft-07), each with what an editor shows on hover. */
import type { JsonObject } from '../../json/object.ts';

export type Schema = JsonObject;

/** A path to one place. */
export const ONE_PLACE = '^(?:[^.[\\]]+|\\[\\d+\\])?(?:\\.[^.[\\]]+|\\.?\\[\\d+\\])*$';

/** Text, or a number or truth value that an author left unquoted. */
export const text = (description: string): Schema => ({ description, type: ['string', 'number', 'boolean'] });

/** Text that has to be there. */
export const name = (description: string): Schema => ({ description, type: ['string', 'number', 'boolean'], minLength: 1 });

/** Text of a form. */
export const formed = (pattern: string, description: string): Schema => ({ description, type: 'string', pattern });

export const flag = (description: string): Schema => ({ description, type: 'boolean' });

export const texts = (description: string): Schema => ({ description, type: 'array', items: { type: 'string' } });

export const oneText = (values: readonly string[], description: string): Schema => ({ description, enum: [...values] });

/** Text that is mostly one of these, so that an editor offers them; others are taken. */
export const mostly = (values: readonly string[], description: string): Schema =>
  ({ description, anyOf: [{ enum: [...values].sort() }, { type: 'string' }] });

/** One text or a list. */
export const oneOrMore = (description: string): Schema =>
  ({ description, anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] });

export const whole = (least: number, most: number, description: string): Schema => ({ description, type: 'integer', minimum: least, maximum: most });

/** A map of whatever the author likes. */
export const anyMap = (description: string): Schema => ({ description, type: 'object' });

export const anything = (description: string): Schema => ({ description });

export const listOf = (items: Schema, description: string): Schema => ({ description, type: 'array', items });

/** A map with these members and no others; a comment may stand anywhere. */
export function map(members: Readonly<Record<string, Schema>>, required: readonly string[], rules: readonly Schema[] = []): Schema {
  return {
    type: 'object', properties: { ...members, $comment: { description: 'For readers only.' } }, required: [...required],
    additionalProperties: false,
    ...(rules.length > 0 && { allOf: [...rules] }),
  };
}

export const has = (...members: readonly string[]): Schema => ({ required: [...members] });
export const is = (member: string, value: unknown): Schema => ({ properties: { [member]: { const: value } }, required: [member] });
export const either = (...schemas: readonly Schema[]): Schema => ({ oneOf: [...schemas] });
export const any = (...schemas: readonly Schema[]): Schema => ({ anyOf: [...schemas] });
export const not = (schema: Schema): Schema => ({ not: schema });
export const when = (condition: Schema, demand: Schema): Schema => ({ if: condition, then: demand });
export const ref = (definition: string, description: string): Schema => ({ allOf: [{ $ref: `#/definitions/${definition}` }], description });
