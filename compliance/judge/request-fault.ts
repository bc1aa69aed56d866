import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import type { Fault } from '../step-report.ts';
import { issuesOf } from './checks/response-schema.ts';

const ABOUT_THE_REQUEST: ReadonlySet<string> = new Set(['VALIDATION_ERROR', 'INVALID_REQUEST']);

/**
 * Whether a seller that refuses a request as malformed is right: then the storyboard sends what the release does not allow.
 * Undefined when the code says something else, the request is in order, or the bundle has no schema for it.
 */
export function requestFault(code: string | undefined, task: string, request: unknown, schemas: SchemaCatalogue | undefined): Fault | undefined {
  const ref = code !== undefined && ABOUT_THE_REQUEST.has(code) ? schemas?.refOf(task, 'request') : undefined;
  if (schemas === undefined || ref === undefined) return undefined;
  const issues = issuesOf(schemas, ref, request);
  const [first] = issues.kind === 'issues' ? issues.list : [];
  if (first === undefined) return undefined;
  return { party: 'storyboard', reason: `the request breaks its own schema: ${first.instance_path || 'the root'} ${first.message}` };
}
