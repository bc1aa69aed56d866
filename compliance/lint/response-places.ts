/** The schemas that describe what a step gets: its task's response, the arms of it that the author expects, and the envelope around it. */
import type { SchemaCatalogue, SchemaPlace, SchemaVariant } from '../../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject } from '../json/object.ts';
import { readableSchema } from '../readable-schema.ts';
import { isPseudoTask } from '../pseudo-tasks.ts';
import { spread } from './schema/places.ts';
import type { LintedStep } from './suite.ts';

export type ExpectedAnswer =
  | { readonly kind: 'described'; readonly places: readonly SchemaPlace[] }
  /** The step's `expected_arm` names none. */
  | { readonly kind: 'no_such_arm'; readonly arm: string }
  /** Nothing to go by: a probe, or a task without a schema. */
  | { readonly kind: 'undescribed' };

const ASYNC_ANSWERS: readonly SchemaVariant[] = ['submitted', 'working', 'input-required'];
const ENVELOPES = ['core/protocol-envelope.json', 'core/version-envelope.json'];
const ERROR = 'core/error.json';

/** The tool that a step calls, undefined for one of the judge's own and for a reference into the kit without a default. */
export function toolOf({ step }: LintedStep): string | undefined {
  const task = step.task.startsWith('$') ? step.task_default : step.task;
  return task === undefined || isPseudoTask(task) ? undefined : task;
}

export function expectedAnswer(linted: LintedStep, schemas: SchemaCatalogue): ExpectedAnswer {
  const task = toolOf(linted);
  const place = task === undefined ? undefined
    : placeOf(schemas, linted.step.response_schema_ref) ?? placeOf(schemas, schemas.refOf(task, 'response'));
  if (task === undefined || place === undefined) return { kind: 'undescribed' };
  const arm = linted.authored['expected_arm'];
  if (typeof arm === 'string') {
    const arms = armsOf(schemas, place, arm);
    return arms.length === 0 ? { kind: 'no_such_arm', arm } : { kind: 'described', places: [...arms, ...envelope(schemas)] };
  }
  const later = ASYNC_ANSWERS.flatMap((variant) => placeOf(schemas, schemas.refOf(task, variant)) ?? []);
  return { kind: 'described', places: [place, ...later, ...envelope(schemas)] };
}

export function placeOf(schemas: SchemaCatalogue, ref: string | undefined): SchemaPlace | undefined {
  const schema = readableSchema(schemas, ref);
  return schema === undefined ? undefined : { ref: ref!, schema };
}

/** Arms of the response in which some member has the name as its only value. */
function armsOf(schemas: SchemaCatalogue, place: SchemaPlace, arm: string): readonly SchemaPlace[] {
  return spread(schemas, [place]).filter(({ schema }) => membersOf(schema).some((member) => isObject(member) && member['const'] === arm));
}

const membersOf = (schema: JsonObject): readonly unknown[] => (isObject(schema['properties']) ? Object.values(schema['properties']) : []);

/** What any answer may have besides, errors among it. */
function envelope(schemas: SchemaCatalogue): readonly SchemaPlace[] {
  const error = readableSchema(schemas, ERROR) === undefined ? {} : { $ref: `/schemas/${ERROR}` };
  const errors = { ref: ERROR, schema: { properties: { adcp_error: error, errors: { type: 'array', items: error } } } };
  return [...ENVELOPES.flatMap((ref) => placeOf(schemas, ref) ?? []), errors];
}
