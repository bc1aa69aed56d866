/** The error object, the same in `adcp_error`, in `errors[]` and on items of a batch. */
import { Type, type Static } from 'typebox';
import { OpenObject } from './open-object.ts';

export const ERROR_RECOVERIES = ['transient', 'correctable', 'terminal'] as const;
/** What the caller may do: wait and repeat, change the call, or ask a person. */
export type ErrorRecovery = (typeof ERROR_RECOVERIES)[number];

export const ERROR_SOURCES = ['producer', 'sdk'] as const;

/** One violation of a schema; `pointer` is a JSON Pointer into the request. */
export const ErrorIssue = Type.Object({
  pointer: Type.String(),
  message: Type.String(),
  keyword: Type.String(),
  schemaPath: Type.Optional(Type.String()),
  schema_id: Type.Optional(Type.String()),
  discriminator: Type.Optional(Type.Array(Type.Object({
    property_name: Type.String(),
    value: Type.Unsafe<string | number | boolean | null>({ type: ['string', 'number', 'boolean', 'null'] }),
  }, { additionalProperties: false }))),
});
export type ErrorIssue = Static<typeof ErrorIssue>;

export const AdcpError = Type.Object({
  code: Type.String({ minLength: 1, maxLength: 64 }),
  message: Type.String(),
  recovery: Type.Optional(Type.Enum(ERROR_RECOVERIES)),
  field: Type.Optional(Type.String({ description: 'Path of the culprit in the request: packages[0].budget.' })),
  suggestion: Type.Optional(Type.String()),
  retry_after: Type.Optional(Type.Number({ minimum: 1, maximum: 3600, description: 'Seconds to wait.' })),
  issues: Type.Optional(Type.Array(ErrorIssue)),
  details: Type.Optional(OpenObject),
  source: Type.Optional(Type.Enum(ERROR_SOURCES)),
  sdk_id: Type.Optional(Type.String()),
}, { description: 'Why a call, or one item of it, was refused, and what the caller can do about it.' });
export type AdcpError = Static<typeof AdcpError>;
