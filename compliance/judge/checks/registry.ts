/** Every kind of check that the judge grades. */
import type { Check, Severity } from '../../storyboard.ts';
import { authoredCheck, type Finding, type Validation } from '../../step-report.ts';
import type { JsonObject } from '../../json/object.ts';
import { a2aContextContinuity, a2aSubmittedArtifact } from './a2a.ts';
import { anyOf } from './any-of.ts';
import { canonicalFormatSatisfaction } from './canonical-format-satisfaction.ts';
import type { CheckContext, CheckFunction } from './check.ts';
import { crossResponseCountDistinct, crossResponseFieldEqual } from './cross-response.ts';
import { errorCode } from './error-code.ts';
import { fieldAbsent } from './field-absent.ts';
import { fieldContains } from './field-contains.ts';
import { fieldEqualsContext } from './field-equals-context.ts';
import { fieldLessThan } from './field-less-than.ts';
import { fieldPattern } from './field-pattern.ts';
import { fieldPresent } from './field-present.ts';
import { fieldValue } from './field-value.ts';
import { fieldValueOrAbsent } from './field-value-or-absent.ts';
import { httpStatus } from './http-status.ts';
import { on401RequireHeader } from './on-401-require-header.ts';
import { refsResolve } from './refs-resolve.ts';
import { replayNotCachedRateLimit } from './replay-not-cached-rate-limit.ts';
import { resourceEqualsAgentUrl } from './resource-equals-agent-url.ts';
import { responseSchema } from './response-schema.ts';
import { isReached } from './semver.ts';
import { statusCode } from './status-code.ts';
import { upstreamTraffic } from './upstream-traffic.ts';

/** The version of AdCP's checks that the judge knows; advisory checks that expire by then are required. */
export const CAPABILITY_VERSION = '3.1.19';

const CHECKS: ReadonlyMap<string, CheckFunction> = new Map(Object.entries({
  response_schema: responseSchema,
  field_present: fieldPresent, field_absent: fieldAbsent, field_value: fieldValue, field_value_or_absent: fieldValueOrAbsent,
  field_pattern: fieldPattern, field_contains: fieldContains, field_equals_context: fieldEqualsContext, field_less_than: fieldLessThan,
  envelope_field_present: fieldPresent, envelope_field_absent: fieldAbsent, envelope_field_pattern: fieldPattern,
  envelope_field_value: fieldValue, envelope_field_value_or_absent: fieldValueOrAbsent,
  status_code: statusCode, error_code: errorCode, http_status: httpStatus, http_status_in: httpStatus,
  on_401_require_header: on401RequireHeader,
  resource_equals_agent_url: resourceEqualsAgentUrl, any_of: anyOf, refs_resolve: refsResolve,
  canonical_format_satisfaction: canonicalFormatSatisfaction, upstream_traffic: upstreamTraffic,
  cross_response_field_equal: crossResponseFieldEqual, cross_response_count_distinct: crossResponseCountDistinct,
  replay_not_cached_rate_limit: replayNotCachedRateLimit,
  a2a_submitted_artifact: a2aSubmittedArtifact, a2a_context_continuity: a2aContextContinuity,
}));

export function isKnownCheck(check: string): boolean {
  return CHECKS.has(check);
}

export const KNOWN_CHECKS: readonly string[] = [...CHECKS.keys()];

/** Grades one check. `authored` is its entry with context references already replaced. A kind that is unknown grades nothing. */
export function gradeCheck(check: Check, authored: JsonObject, context: CheckContext): Validation {
  const grade = CHECKS.get(check.check);
  if (grade === undefined) {
    const finding: Finding = { kind: 'unknown', note: `the judge knows no check of the kind ${JSON.stringify(check.check)}` };
    return { ...authoredCheck(check), severity: check.severity.kind, finding };
  }
  const finding = grade(authored, context);
  return { ...authoredCheck(check), ...promoted(check.severity, finding), finding };
}

/** An advisory whose expiry the judge has reached counts as required. Only checks that were graded are promoted. */
function promoted(severity: Severity, finding: Finding): Pick<Validation, 'severity' | 'severity_promoted_from_advisory'> {
  if (severity.kind === 'required' || severity.expires_after_version === undefined || finding.kind === 'not_applicable')
    return { severity: severity.kind };
  const due = isReached(CAPABILITY_VERSION, severity.expires_after_version);
  return { severity: due ? 'required' : 'advisory', severity_promoted_from_advisory: due };
}
