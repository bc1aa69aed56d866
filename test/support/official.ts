/** Holds answers of the seller to AdCP's own response schemas, which lie beside the project and are no part of it. */
import { expect } from 'vitest';
import type { Pipeline } from '../../src/pipeline/pipeline.ts';
import { succeeded, type Answer } from '../../src/protocol/envelope.ts';
import { hasOfficial, officialSchemas } from './official-schemas.ts';

export const officialIsThere = hasOfficial('that answers satisfy AdCP\'s own response schemas');

const refusal = { code: 'INVALID_REQUEST', message: 'no' };
const refused = { status: 'failed', adcp_error: refusal, errors: [refusal] };
const accepting = new Map<string, boolean>();

/** Whether the response schema of a task has a place for refusals; several have none (seller specification §1.3). */
function takesRefusals(ref: string): boolean {
  if (!accepting.has(ref)) accepting.set(ref, officialSchemas().validate(ref, refused).length === 0);
  return accepting.get(ref)!;
}

/** What the official schema has against an answer; empty when nothing, or when there is nothing to compare with. */
export function officialIssues(task: string, { document, isError }: Answer): string[] {
  if (!officialIsThere) return [];
  const waits = document['status'] === 'submitted' ? officialSchemas().refOf(task, 'submitted') : undefined;
  const ref = waits ?? officialSchemas().refOf(task, 'response');
  if (ref === undefined) return [`no official response schema for ${task}`];
  if (isError && !takesRefusals(ref)) return [];
  return officialSchemas().validate(ref, document).map(({ instance_path, message, params }) => `${task} ${instance_path || '/'} ${message} ${JSON.stringify(params)}`);
}

/** @throws when AdCP's own schema of the task's response does not accept the body in its envelope */
export function expectOfficial(task: string, body: object): void {
  expect(officialIssues(task, succeeded(body as Record<string, unknown>, undefined))).toEqual([]);
}

/** The same pipeline, each answer checked; `found` collects what is wrong, with the answer that it is wrong with. */
export function watched(honest: Pipeline, found: string[]): Pipeline {
  return {
    ...honest,
    async dispatch(call) {
      const answer = await honest.dispatch(call);
      const issues = officialIssues(call.task, answer);
      if (issues.length > 0) found.push(`${issues.slice(0, 5).join('; ')}\n  request ${JSON.stringify(call.request).slice(0, 1500)}\n  answer ${JSON.stringify(answer.document).slice(0, 1500)}`);
      return answer;
    },
  };
}
