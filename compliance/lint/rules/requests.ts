/** Requests that their own schema refuses, unless the author says that they should be refused; and the other way round. */
import type { SchemaCatalogue, SchemaIssue, SchemaPlace } from '../../../src/protocol/schema-catalogue.ts';
import type { JsonObject } from '../../json/object.ts';
import type { YamlNode } from '../../load/yaml-node.ts';
import type { Step } from '../../storyboard.ts';
import { concernsOpenPart, type FilledRequest, filledRequest } from '../filled-request.ts';
import { placeOf, toolOf } from '../response-places.ts';
import { doubtful, type LintFinding, type LintRule, wrong } from '../rule.ts';
import type { LintedStep } from '../suite.ts';

const MAX_SHOWN = 3;
const UUID = '00000000-0000-4000-8000-000000000000';

export const requests: LintRule = ({ storyboards, schemas }) =>
  (schemas === undefined ? [] : storyboards.flatMap(({ steps }) => steps.flatMap((step) => requestOf(step, schemas))));

function requestOf(linted: LintedStep, schemas: SchemaCatalogue): readonly LintFinding[] {
  const { step, authored, node } = linted;
  const sample = step.sample_request;
  const place = step.task.startsWith('$') || toolOf(linted) === undefined ? undefined : schemaOf(authored['schema_ref'], step.task, schemas);
  if (sample === undefined || place === undefined || authored['sample_request_skip_schema'] === true) return [];
  const marked = authored['negative_path'];
  if (step.expect_error && marked === undefined) return []; // malformed on purpose, says the contract
  const filled = filledRequest(completed(step, place, sample), place, schemas);
  const issues = telling(schemas.validate(place.ref, filled.request), filled);
  const at = node.member('sample_request') ?? node;
  if (marked === 'schema_invalid')
    return issues.length > 0 || step.omit_idempotency_key ? [] : [doubtful(
      'valid_request', at, 'the request is marked as malformed and satisfies its schema',
      'break what the step is about, or write `negative_path: payload_well_formed`'
    )];
  return issues.slice(0, MAX_SHOWN).map((issue) => wrong(
    'invalid_request', nodeAt(at, issue.instance_path), `the request does not satisfy ${place.ref}: ${describe(issue)}`,
    step.expect_error ? 'correct it, or write `negative_path: schema_invalid`' : 'correct it, or say `sample_request_skip_schema: true`'
  ));
}

const schemaOf = (named: unknown, task: string, schemas: SchemaCatalogue) =>
  placeOf(schemas, typeof named === 'string' ? named : undefined) ?? placeOf(schemas, schemas.refOf(task, 'request'));

/** With what the judge adds when the author leaves it out: a key, where the task needs one, and the controller's sandbox account. */
function completed({ task, omit_idempotency_key: omitted }: Step, { schema }: SchemaPlace, sample: JsonObject): JsonObject {
  const required: unknown = schema['required'];
  const needs = (name: string): boolean => Array.isArray(required) && required.includes(name);
  return {
    ...(needs('idempotency_key') && !omitted && { idempotency_key: UUID }),
    ...(task === 'comply_test_controller' && needs('account') && { account: { sandbox: true } }), ...sample,
  };
}

/** Issues of the author's own text; of several about alternatives, those furthest in, which say what is wrong. */
function telling(issues: readonly SchemaIssue[], filled: FilledRequest): readonly SchemaIssue[] {
  const own = issues.filter(({ instance_path, keyword }) => !concernsOpenPart(instance_path, keyword, filled));
  const plain = own.filter(({ keyword }) => !['oneOf', 'anyOf', 'allOf', 'if', '$ref'].includes(keyword));
  const chosen = plain.length > 0 ? plain : own;
  return chosen.toSorted((a, b) => b.instance_path.split('/').length - a.instance_path.split('/').length);
}

function describe({ instance_path, message, params }: SchemaIssue): string {
  const allowed = params['allowedValues'];
  const detail = Array.isArray(allowed) ? `: ${allowed.slice(0, 8).map(String).join(', ')}${allowed.length > 8 ? ', …' : ''}` : '';
  return `${instance_path === '' ? 'the whole' : instance_path} ${message}${detail}`;
}

/** The node that a pointer leads to, or the nearest above it. */
function nodeAt(root: YamlNode, pointer: string): YamlNode {
  let node = root;
  for (const name of pointer.split('/').slice(1)) {
    const inner = node.isList ? node.items()[Number(name)] : node.member(name.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (inner === undefined) break;
    node = inner;
  }
  return node;
}
