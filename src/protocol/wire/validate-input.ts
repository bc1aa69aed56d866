import { Type, type Static } from 'typebox';
import { AccountRef } from './core/account-ref.ts';
import { BrandRef } from './core/brand-ref.ts';
import { when, without } from './core/conditions.ts';
import { CreativeManifest } from './core/creative-manifest.ts';
import { request, response } from './core/envelope.ts';
import { OpenObject } from './core/open-object.ts';
import { Uri } from './core/texts.ts';

/** What a manifest is held against: a canonical kind, the declarations of a product, or the format of another agent, by its URI. */
export const ValidationTarget = Type.Union([
  Type.Object({ kind: Type.Literal('canonical'), id: Type.String() }),
  Type.Object({ kind: Type.Literal('product'), id: Type.String() }),
  Type.Object({ kind: Type.Literal('third_party_format'), id: Uri }),
]);
export type ValidationTarget = Static<typeof ValidationTarget>;

/** Without targets the manifest is held against the format that it names itself. */
export const ValidateInputRequest = request({
  account: Type.Optional(AccountRef),
  brand: Type.Optional(BrandRef),
  manifest: CreativeManifest,
  targets: Type.Optional(Type.Array(ValidationTarget, { minItems: 1, maxItems: 50 })),
});
export type ValidateInputRequest = Static<typeof ValidateInputRequest>;

/** One thing that the target wants otherwise. `predicted` is what the manifest tells of itself. */
export const InputViolation = Type.Object({
  rule: Type.String(),
  field: Type.String(),
  expected: Type.Optional(Type.Unsafe<unknown>({})),
  predicted: Type.Optional(Type.Unsafe<unknown>({})),
  retry_with: Type.Optional(OpenObject),
});
export type InputViolation = Static<typeof InputViolation>;

export const ValidateInputResult = Type.Object({
  target: Type.Object({ kind: Type.Enum(['canonical', 'product', 'third_party_format']), id: Type.String() }),
  result_kind: Type.Enum(['validated_pass', 'validated_fail', 'unvalidatable_nondeterministic']),
  violations: Type.Optional(Type.Array(InputViolation)),
}, { allOf: [when('result_kind', ['validated_pass', 'unvalidatable_nondeterministic'], without('violations'))] });
export type ValidateInputResult = Static<typeof ValidateInputResult>;

/** One result a target, in their order. */
export const ValidateInputSuccess = Type.Object({ results: Type.Array(ValidateInputResult) });
export type ValidateInputSuccess = Static<typeof ValidateInputSuccess>;

export const ValidateInputResponse = response(ValidateInputSuccess);
export type ValidateInputResponse = Static<typeof ValidateInputResponse>;
