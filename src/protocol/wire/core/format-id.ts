/** The name of a creative format: the agent that defines it, its id there, and parameters. */
import { Type, type Static } from 'typebox';
import { Ordinal } from './numbers.ts';
import { Uri } from './texts.ts';

export const FormatId = Type.Object({
  agent_url: Uri,
  id: Type.String({ pattern: '^[a-zA-Z0-9_-]+$' }),
  width: Type.Optional(Ordinal),
  height: Type.Optional(Ordinal),
  duration_ms: Type.Optional(Type.Number({ minimum: 1 })),
}, { dependencies: { width: ['height'], height: ['width'] } });
export type FormatId = Static<typeof FormatId>;
