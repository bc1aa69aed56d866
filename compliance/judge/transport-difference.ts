/** Where a seller answers the same step differently over its two transports. Pure. */
import { isObject, own } from '../json/object.ts';
import type { StepReport } from '../step-report.ts';
import { extractA2aPayload } from './a2a-extraction.ts';
import { extractPayload } from './extraction.ts';

/** What of an answer has to be the same. */
export interface Answer {
  readonly outcome: string;
  readonly failed_checks: readonly string[];
  readonly error_code: string | null;
  /** Place -> kind of value; a value of its own where it is a word of the protocol or a truth value. Undefined when nothing was sent. */
  readonly shape?: ReadonlyMap<string, string>;
}

export interface TransportDifference {
  /** What differs: `outcome`, `failed_checks`, `error_code`, or the JSON pointer of a place (`*` for items of a list). */
  readonly at: string;
  /** Null: nothing is there. */
  readonly mcp: string | null;
  readonly a2a: string | null;
}

const MAX_PLACES = 5000;
const MAX_DIFFERENCES = 50;
const WORD = /^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/;
const MAX_WORD = 40;
/** Members whose words are made up anew with every answer. */
const MADE_UP = /(?:^|_)(?:id|key|token|nonce|cursor|name|url|hash|version)$/;

export function answerOf(report: StepReport): Answer {
  const { outcome, validations, request, response } = report;
  const payload = request === undefined || response === undefined ? undefined
    : (request.transport === 'a2a' ? extractA2aPayload(response.payload, 'last_data_part') : extractPayload(response.payload)).payload;
  return {
    outcome: outcome.kind === 'skipped' ? `skipped (${outcome.skip.reason})` : outcome.kind,
    failed_checks: validations.filter(({ finding }) => finding.kind === 'failed').map(({ check }) => check),
    error_code: errorCode(payload), ...(isObject(payload) && { shape: shapeOf(payload) }),
  };
}

export function transportDifferences(mcp: Answer, a2a: Answer): readonly TransportDifference[] {
  const places = new Set(['outcome', 'error_code', 'failed_checks', ...(mcp.shape?.keys() ?? []), ...(a2a.shape?.keys() ?? [])]);
  return [...places].map((at) => ({ at, mcp: answeredAt(mcp, at), a2a: answeredAt(a2a, at) })).filter((each) => each.mcp !== each.a2a)
    .slice(0, MAX_DIFFERENCES);
}

/** What an answer says at the place of a difference. */
export function answeredAt(answer: Answer, at: string): string | null {
  switch (at) {
    case 'outcome': return answer.outcome;
    case 'error_code': return answer.error_code;
    case 'failed_checks': return answer.failed_checks.join(', ');
    default: return answer.shape?.get(at) ?? null;
  }
}

/** Ids, moments and amounts may differ from call to call; what there is, and the protocol's own words, may not. */
function shapeOf(payload: object): ReadonlyMap<string, string> {
  const shape = new Map<string, string>();
  const visit = (value: unknown, at: string, member: string): void => {
    if (shape.size >= MAX_PLACES) return;
    if (Array.isArray(value)) {
      shape.set(at, 'list');
      for (const item of value as unknown[]) visit(item, `${at}/*`, member);
    } else if (isObject(value))
      for (const [key, inner] of Object.entries(value)) visit(inner, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, key);
    else {
      const known = shape.get(at);
      const seen = kindOf(value, member);
      shape.set(at, known === undefined || known === seen ? seen : [...new Set([...known.split(' or '), seen])].sort().join(' or '));
    }
  };
  visit(payload, '', '');
  return shape;
}

function kindOf(value: unknown, member: string): string {
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value !== 'string') return typeof value;
  return WORD.test(value) && value.length <= MAX_WORD && !MADE_UP.test(member) ? `"${value}"` : 'text';
}

function errorCode(payload: unknown): string | null {
  const errors = own(payload, 'errors');
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  const candidates = [own(own(payload, 'adcp_error'), 'code'), own(first, 'code'), own(payload, 'error_code')];
  const found = candidates.find((each) => typeof each === 'string');
  return typeof found === 'string' ? found : null;
}
