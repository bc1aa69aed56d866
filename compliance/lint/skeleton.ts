/** The beginning of a storyboard: it lints clean, runs as it is, and leaves to its author what it is about. */
import { stringify } from 'yaml';
import type { SchemaCatalogue, SchemaPlace } from '../../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject } from '../json/object.ts';
import { isMutating } from '../load/mutating-tasks.ts';
import { placeOf } from './response-places.ts';
import { exampleOf } from './schema/example.ts';
import { placesAt } from './schema/places.ts';

export interface SkeletonPlan {
  readonly id: string;
  /** Tools to call, in order. */
  readonly tasks: readonly string[];
  /** Protocol that the storyboard belongs to, `media-buy`. */
  readonly protocol?: string;
  /** Path of the test kit below the bundle's root; none: the bundle has no brand to play. */
  readonly kit?: string;
  /** Where the JSON Schema of storyboards is, seen from the file. */
  readonly fileSchema: string;
  readonly schemas: SchemaCatalogue;
  /** Whether the bundle brings schemas, so that answers can be graded against them. */
  readonly gradesShapes: boolean;
}

const LINE_WIDTH = 140;
/** How often a request is completed: what is missing may itself ask for more. */
const MOST_ROUNDS = 4;
/** By protocol, where it is not the protocol's own name. */
const TRACKS: Readonly<Record<string, string>> = { 'media-buy': 'media_buy', 'sponsored-intelligence': 'si' };

/** The text of a new storyboard file. */
export function skeleton(plan: SkeletonPlan): string {
  const { id, tasks, protocol, kit, fileSchema } = plan;
  const document = {
    id, version: '1.0.0', title: 'What a buyer can rely on, in a few words', ...(protocol !== undefined && { protocol }),
    track: TRACKS[protocol ?? ''] ?? protocol ?? 'core', summary: 'What the storyboard proves, in one sentence.', required_tools: [...new Set(tasks)],
    ...(kit !== undefined && { prerequisites: { description: 'What the seller has to have before it begins.', test_kit: kit } }),
    phases: [{ id: 'main', title: 'What the buyer is about', steps: tasks.map((task, at) => step(plan, task, stepId(tasks, at))) }],
  };
  return `# yaml-language-server: $schema=${fileSchema}\n${stringify(document, { lineWidth: LINE_WIDTH, aliasDuplicateObjects: false })}`;
}

/** A task that comes again gets a number. */
function stepId(tasks: readonly string[], at: number): string {
  const earlier = tasks.slice(0, at).filter((task) => task === tasks[at]).length;
  return earlier === 0 ? tasks[at]! : `${tasks[at]}_${earlier + 1}`;
}

function step({ id, schemas, gradesShapes }: SkeletonPlan, task: string, name: string): JsonObject {
  const [request, response] = [placeOf(schemas, schemas.refOf(task, 'request')), placeOf(schemas, schemas.refOf(task, 'response'))];
  const changes = isMutating(task, schemas);
  const context = { correlation_id: `${id.split('/').at(-1)}--${name}` };
  const echoes = response !== undefined && placesAt(schemas, [response], [{ kind: 'key', name: 'context' }]).kind !== 'unknown';
  return {
    id: name, title: `What ${task} does here`, task,
    ...(request !== undefined && { schema_ref: request.ref }), ...(response !== undefined && { response_schema_ref: response.ref }),
    stateful: changes, expected: 'What the seller answers, for readers.',
    sample_request: {
      ...(request === undefined ? {} : exampleRequest(schemas, request)), ...(changes && { idempotency_key: `$generate:uuid_v4#${name}` }), context,
    },
    validations: [
      ...(response === undefined || !gradesShapes ? [] : [{ check: 'response_schema', description: `The answer satisfies the schema of ${task}` }]),
      ...(echoes ? [{ check: 'field_value', path: 'context', value: context, description: 'The context comes back as it was sent' }] : []),
    ],
  };
}

/** As little as the schema asks for, with what its conditions ask for besides. */
function exampleRequest(schemas: SchemaCatalogue, place: SchemaPlace): JsonObject {
  const example = exampleOf(schemas, place);
  let request: JsonObject = isObject(example) ? example : {};
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const missing = schemas.validate(place.ref, request).filter(({ keyword, instance_path }) => keyword === 'required' && instance_path === '')
      .map(({ params }) => String(params['missingProperty']));
    if (missing.length === 0) break;
    request = { ...request, ...Object.fromEntries(missing.map((member) => [member, exampleAt(schemas, place, member)])) };
  }
  return request;
}

function exampleAt(schemas: SchemaCatalogue, place: SchemaPlace, member: string): unknown {
  const found = placesAt(schemas, [place], [{ kind: 'key', name: member }]);
  const examples = found.kind === 'known' ? found.places.map((each) => exampleOf(schemas, each)) : [];
  return examples.find((value) => value !== undefined) ?? 'example';
}
