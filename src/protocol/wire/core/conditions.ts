/** Rules between the members of one object, as draft-07 keywords for the options of `Type.Object`. */
import type { TSchema } from 'typebox';

/** A JSON Schema fragment without a static type of its own. */
export type Rule = Readonly<Record<string, unknown>>;

export interface Demand {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, TSchema | Rule>>;
}

/** What satisfies `test` must satisfy `demand`, and what does not, `otherwise`. */
export function given(test: Demand | Rule, demand: Demand | Rule, otherwise?: Demand | Rule): Rule {
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema calls this keyword `then`; the value is never awaited
  return { if: test, then: demand, ...(otherwise !== undefined && { else: otherwise }) };
}

/** The test that `member` is there and equals `value`, or one of several. */
export function equals(member: string, value: string | boolean | readonly string[]): Demand {
  return { required: [member], properties: { [member]: Array.isArray(value) ? { enum: value } : { const: value } } };
}

/** When `member` equals `value` (or one of several), the object must also satisfy `demand`; otherwise, `otherwise`. */
export function when(
  member: string, value: string | boolean | readonly string[], demand: Demand | Rule, otherwise?: Demand | Rule,
): Rule {
  return given(equals(member, value), demand, otherwise);
}

/** The members must be absent. */
export function without(...members: readonly string[]): Rule {
  if (members.length === 1) return { not: { required: members } };
  return { not: { anyOf: members.map((member) => ({ required: [member] })) } };
}

/** At least one of the members must be there. */
export function anyOfMembers(...members: readonly string[]): Rule {
  return { anyOf: members.map((member) => ({ required: [member] })) };
}

/** Exactly one of two members must be there. */
export function eitherMember(one: string, other: string): Rule {
  return { oneOf: [{ required: [one], ...without(other) }, { required: [other], ...without(one) }] };
}
