/** The request of a step as the official runner sends it: completed, spoken in the name of one brand, brought through its client. */
import type { SchemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import type { Notice } from '../../events.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import type { Step } from '../../storyboard.ts';
import { type BuiltRequest, injected, type RequestOptions, versionEnvelope } from '../build-request.ts';
import { type PlaceholderScope, resolvePlaceholders, type Unresolved } from '../placeholders.ts';
import { inTheNameOfBrand } from './brand-invariant.ts';
import { asClientSends } from './client-additions.ts';
import { enriched } from './enrich.ts';

export interface OfficialRequestOptions extends RequestOptions {
  readonly runStartedAtMs: number;
  readonly schemas?: SchemaCatalogue;
  /** Members that the seller's tool lists for its input. */
  readonly inputs?: ReadonlySet<string>;
}

/** Steps that expect an error go out as authored, with placeholders that have no value left as they stand. */
export function buildOfficialRequest(step: Step, task: string, scope: PlaceholderScope, options: OfficialRequestOptions): BuiltRequest {
  const resolved = resolvePlaceholders(step.sample_request ?? {}, scope);
  const verbatim = step.expect_error && step.sample_request !== undefined;
  const unresolved = resolved.unresolved.filter(({ kind }) => !(verbatim && kind === 'context'));
  if (unresolved.length > 0) return { kind: 'unresolved', unresolved: unresolved as readonly Unresolved[] };
  const authored = isObject(resolved.value) ? resolved.value : {};
  const { brandDomain } = options;
  const completed = verbatim ? authored : enriched(task, authored, {
    accumulator: scope.accumulator, runStartedAtMs: options.runStartedAtMs, ...(brandDomain !== undefined && { brandDomain }),
  });
  const placed = injected(step, completed, scope.accumulator);
  const branded = brandDomain === undefined ? placed : inTheNameOfBrand(task, placed, brandDomain, options.schemas);
  const keyed: JsonObject = options.mutating && !step.omit_idempotency_key
    ? { idempotency_key: scope.generate(undefined), ...branded }
    : branded;
  if (options.raw) return { kind: 'request', payload: keyed };
  const { payload, stripped } = asClientSends(task, { ...versionEnvelope(options.adcpVersion), ...keyed }, options.inputs, options.schemas);
  return { kind: 'request', payload, ...(stripped.length > 0 && { notices: [strippedNotice(task, stripped)] }) };
}

function strippedNotice(task: string, members: readonly string[]): Notice {
  return {
    severity: 'info', code: 'input_schema_field_stripped',
    message: `${task} was sent without ${members.slice(0, 20).join(', ')}: neither the seller's tool nor the release has a place for it`,
  };
}
