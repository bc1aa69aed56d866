/** References to schemas that the bundle does not bring, or that are another task's. */
import type { SchemaCatalogue, SchemaVariant } from '../../../src/protocol/schema-catalogue.ts';
import { readableSchema } from '../../readable-schema.ts';
import { toolOf } from '../response-places.ts';
import { doubtful, type LintFinding, type LintRule, quoted, wrong } from '../rule.ts';
import type { LintedStep } from '../suite.ts';
import { type TextNode, textOf } from '../texts.ts';

const MEMBERS: Readonly<Record<string, SchemaVariant | undefined>> = {
  schema_ref: 'request', response_schema_ref: 'response', webhook_payload_schema_ref: undefined,
};

export const schemaReferences: LintRule = ({ storyboards, schemas }) =>
  (schemas === undefined ? [] : storyboards.flatMap(({ steps }) => steps.flatMap((step) => Object.entries(MEMBERS).flatMap(
    ([member, variant]) => [textOf(step.node, member) ?? []].flat().flatMap((named) => problem(step, named, variant, schemas)),
  ))));

/** What decides is the schema of the task, so that a wrong reference beside one misleads a reader only. */
function problem(linted: LintedStep, { text, at }: TextNode, variant: SchemaVariant | undefined, schemas: SchemaCatalogue): readonly LintFinding[] {
  if (text.startsWith('$')) return [];
  const task = toolOf(linted);
  const own = task === undefined || variant === undefined ? [] : variantsOf(variant).flatMap((each) => schemas.refOf(task, each) ?? []);
  const isHere = readableSchema(schemas, text) !== undefined;
  if (own.length === 0)
    return isHere || variant !== undefined ? [] : [wrong('unknown_schema', at, `the bundle has no schema ${quoted(text)}`, 'correct the reference')];
  if (own.some((each) => each === text || stem(each) === stem(text)) && isHere) return [];
  const what = isHere ? `${quoted(text)} is not the ${variant} schema of ${task}` : `the bundle has no schema ${quoted(text)}`;
  return [doubtful('unknown_schema', at, what, `write ${quoted(own[0])}, which is what decides`)];
}

const variantsOf = (variant: SchemaVariant): readonly SchemaVariant[] =>
  (variant === 'response' ? ['response', 'submitted', 'working', 'input-required'] : [variant]);

const stem = (ref: string): string => ref.replace(/^.*\//, '');
