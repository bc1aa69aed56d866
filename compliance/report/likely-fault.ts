/** Who most likely has to change something so that a failure goes away, and why we think so. A hint for people; it decides nothing. */
import type { TransportFailure } from '../exchange.ts';
import { own } from '../json/object.ts';
import type { FailedFinding, Fault, StepReport, Validation } from '../step-report.ts';

const GATEWAY_STATUSES: ReadonlySet<unknown> = new Set([502, 503, 504]);
const CREDENTIAL_CODES: ReadonlySet<unknown> = new Set(['AUTH_REQUIRED', 'AUTH_MISSING', 'AUTH_INVALID', 'PERMISSION_DENIED']);
const PASSING_CODES: ReadonlySet<unknown> = new Set(['RATE_LIMITED', 'SERVICE_UNAVAILABLE']);

/** @param validation the check that failed; undefined when no answer came that could be checked */
export function likelyFault(report: StepReport, validation: Validation | undefined): Fault {
  if (validation === undefined) {
    const transport = report.outcome.kind === 'failed' ? report.outcome.transport : undefined;
    return transport === undefined ? seller('it gave nothing that could be graded') : transportFault(transport, report);
  }
  const { finding } = validation;
  if (finding.kind === 'unknown') return { party: 'storyboard', reason: 'the kind of check is mistyped, or of a release that the judge does not know' };
  if (finding.kind !== 'failed') return seller('it is what was graded');
  if (finding.fault !== undefined) return finding.fault;
  return refusalFault(validation.check, finding) ?? answerFault(report, validation);
}

function transportFault({ code }: TransportFailure, { response }: StepReport): Fault {
  const status = response?.http?.status;
  switch (code) {
    case 'barred': return environment('the judge may not reach that address: --allow-private and --map allow more');
    case 'refused': return environment('nobody listens at its address: is it running, is the port right?');
    case 'unresolved_host': return environment('its name leads to no address');
    case 'tls': return environment('no secure connection could be made: look at the certificate');
    case 'unreachable': return environment('its address cannot be reached from here');
    case 'timed_out': return seller('it did not answer in time (--timeout allows more)');
    case 'http_status':
      if (status === 401 || status === 403) return environment('the credential was not accepted: look at --token and --kit-token');
      if (status === 429) return environment('it takes no more requests at the moment');
      return GATEWAY_STATUSES.has(status) ? environment('something between judge and seller answered in its place') : seller('it broke over the request');
    case 'redirected': return environment('the URL leads elsewhere: grade the address at the end of the redirect');
    case 'rpc_error': return seller('it refused the call itself, outside AdCP');
    case 'closed': case 'too_large': case 'too_deep': case 'not_json': case 'not_json_rpc': return seller('what it sent cannot be read as an answer');
    default: return environment('the exchange did not come about');
  }
}

/** A task that was refused against what the storyboard expects. */
function refusalFault(check: string, { actual }: FailedFinding): Fault | undefined {
  const code = own(actual, 'error_code');
  if (check !== 'status_code' || typeof code !== 'string') return undefined;
  if (CREDENTIAL_CODES.has(code)) return environment('the credential does not allow the call: look at --token and --kit-token');
  if (PASSING_CODES.has(code)) return environment('the refusal is a passing one: run it again');
  if (code === 'IDEMPOTENCY_CONFLICT') return environment('it remembers the key from an earlier run: use another --seed');
  return seller('it refused a request that the storyboard holds to be good');
}

function answerFault({ validations }: StepReport, { check }: Validation): Fault {
  if (check === 'response_schema') return seller('its answer breaks the published schema');
  if (check === 'status_code') return seller('it accepts what it should refuse');
  if (check === 'error_code') return seller('it refuses in other words than the storyboard asks');
  if (check === 'capture_path_not_resolvable') return seller('its answer lacks what later steps need');
  if (check === 'assertion') return seller('its answers contradict each other or the contract');
  if (check === 'controller_seeding') return seller('its test controller did not take what the storyboard needs');
  const conforms = validations.some(({ check: other, finding }) => other === 'response_schema' && finding.kind === 'passed');
  return seller(conforms ? 'its answer satisfies the schema, but not what the storyboard asks beyond it' : 'it answers other than the storyboard asks');
}

const seller = (reason: string): Fault => ({ party: 'seller', reason });
const environment = (reason: string): Fault => ({ party: 'environment', reason });
