import type { SchemaCatalogue, SchemaIssue, SchemaVariant } from '../../../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import { readableSchema } from '../../readable-schema.ts';
import type { Fault, SchemaIdentity } from '../../step-report.ts';
import { legacyMediaBuyStatus } from '../media-buy-status.ts';
import { bounded } from './bounded.ts';
import { type CheckContext, type CheckFunction, failed, passedWith } from './check.ts';

const MAX_ISSUES = 10;
/** The largest reply takes a second or two. */
const MAX_GRADING_MS = 10_000;
const SCHEMA_HOST = 'https://adcontextprotocol.org';
const UNUSABLE: Fault = { party: 'environment', reason: 'the schema of the bundle cannot be used' };
const ENDLESS: Fault = { party: 'runner', reason: 'the judge stopped grading: payload and schema together take too long' };
const ASYNC_STATUSES: ReadonlySet<unknown> = new Set(['submitted', 'working', 'input-required']);

/**
 * Passes when the payload satisfies the response schema of the task, or of the asynchronous variant that its status names.
 * The schema is found by the task's name; unknown members at the root are allowed.
 */
export const responseSchema: CheckFunction = (_authored, context) => {
  const { schemas, task } = context;
  const chosen = schemas === undefined ? undefined : chooseSchema(schemas, task, context.data);
  if (schemas === undefined || chosen === undefined)
    return failed(
      task, 'has no response schema in this bundle', {
        expected: `a schema for ${task}`, actual: { reason: 'no_schema_registered', task },
        fault: { party: 'environment', reason: 'the bundle brings no schema to grade with' },
      }
    );
  const schema = schemaIdentity(context, schemas, chosen.ref);
  const issues = issuesOf(schemas, chosen.ref, tolerant(task, context.data), context.maxGradingMs);
  if (issues.kind === 'unusable')
    return failed(task, `cannot be graded: ${issues.problem}`, {
      actual: { reason: 'schema_unusable', message: issues.message }, schema, fault: issues.fault,
    });
  if (issues.list.length === 0) return { ...passedWith(chosen.observations), schema };
  return failed(task, `does not satisfy ${chosen.ref}`, {
    json_pointer: issues.list[0]!.instance_path, expected: schema.schema_id,
    actual: issues.list.slice(0, MAX_ISSUES).map(
      ({ instance_path, schema_path, keyword, message }) => ({ instance_path, schema_path, keyword, message })
    ),
    schema, ...(chosen.observations.length > 0 && { observations: chosen.observations }),
  });
};

export type Issues =
  | { readonly kind: 'issues'; readonly list: readonly SchemaIssue[] }
  /** `message`: the reason in the words of whoever stumbled over it. */
  | { readonly kind: 'unusable'; readonly problem: string; readonly message: string; readonly fault: Fault };

/** What a schema holds against a document; unknown members at the root are allowed. */
export function issuesOf(schemas: SchemaCatalogue, ref: string, document: unknown, maxMs = MAX_GRADING_MS): Issues {
  try {
    if (!isObject(schemas.schema(ref)))
      return { kind: 'unusable', problem: 'its schema is none', message: 'the file holds no JSON object', fault: UNUSABLE };
    const found = schemas.validateAtOnce(ref, document, { openRoot: true });
    if (found !== undefined) return { kind: 'issues', list: found };
    const grading = bounded(() => schemas.validate(ref, document, { openRoot: true }), maxMs);
    if (grading.kind === 'done') return { kind: 'issues', list: grading.value };
    return { kind: 'unusable', problem: 'its schema takes too long over this payload', message: `stopped after ${maxMs} ms`, fault: ENDLESS };
  } catch (error) {
    return { kind: 'unusable', problem: 'its schema cannot be used', message: error instanceof Error ? error.message : String(error), fault: UNUSABLE };
  }
}

function chooseSchema(schemas: SchemaCatalogue, task: string, data: unknown): { ref: string; observations: readonly string[] } | undefined {
  const status = isObject(data) ? data['status'] : undefined;
  const variant = ASYNC_STATUSES.has(status) ? schemas.refOf(task, status as SchemaVariant) : undefined;
  if (variant !== undefined) return { ref: variant, observations: [] };
  const ref = schemas.refOf(task, 'response');
  if (ref === undefined) return undefined;
  return {
    ref, observations: ASYNC_STATUSES.has(status) ? [`no schema for status ${String(status)}: graded against the synchronous one`] : [],
  };
}

/** Names what the author refers to; without a reference, the schema that was applied. Only a release is published at a URL. */
function schemaIdentity({ release, responseSchemaRef }: CheckContext, schemas: SchemaCatalogue, applied: string): SchemaIdentity {
  const ref = responseSchemaRef ?? applied;
  if (release === undefined) return { schema_id: readableSchema(schemas, ref) === undefined ? ref : schemas.idOf(ref), schema_url: null };
  const schema_id = `/schemas/${release}/${ref}`;
  return { schema_id, schema_url: `${SCHEMA_HOST}${schema_id}` };
}

/** The payload with what older releases leave out: `status` before 3.1, and a media buy's status in its own member. */
function tolerant(task: string, data: unknown): unknown {
  if (!isObject(data)) return data;
  const { _message: _, ...payload } = data;
  const lifecycle = legacyMediaBuyStatus(task, payload);
  if (lifecycle !== undefined) return { ...payload, status: 'completed', media_buy_status: payload['media_buy_status'] ?? lifecycle };
  if (payload['status'] || !speaksBefore31(payload)) return payload;
  return { ...payload, status: Array.isArray(payload['errors']) && payload['errors'].length > 0 ? 'failed' : 'completed' };
}

function speaksBefore31(payload: JsonObject): boolean {
  const { adcp_version: version, adcp_major_version: major } = payload;
  if (version === undefined) return major === undefined || major === 3;
  return typeof version === 'string' && /^3(?:\.0(?:[.-].*)?)?$/.test(version);
}
