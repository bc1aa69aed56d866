import type { Exchange } from '../exchange.ts';
import type { JsonObject } from '../json/object.ts';
import { own } from '../json/object.ts';
import { findErrorCode } from '../judge/error-code.ts';
import type { ReadReply } from '../judge/judge-step.ts';
import type { SellerProfile } from '../seller.ts';
import type { Skip } from '../step-report.ts';
import { CONTROLLER } from './build-request.ts';

/** Why the answer itself shows that the step does not apply to this seller, undefined when it is graded. */
export function lateSkip(task: string, request: JsonObject, exchange: Exchange, reply: ReadReply, profile: SellerProfile): Skip | undefined {
  return signatureRequired(task, reply, profile) ?? unknownForce(task, request, reply) ?? unsupportedTask(task, exchange);
}

function signatureRequired(task: string, reply: ReadReply, profile: SellerProfile): Skip | undefined {
  const required = own(profile.capabilities?.['request_signing'], 'required_for');
  if (!Array.isArray(required) || !required.includes(task)) return undefined;
  if (findErrorCode(reply.data, reply.outcome, reply.errorText)?.code !== 'request_signature_required') return undefined;
  return {
    reason: 'not_applicable', cause: 'signature_required',
    detail: `request_signing.required_for names ${task}, and this judge does not sign requests`,
  };
}

/** Only `force_*` scenarios are optional; others are graded like any call. */
function unknownForce(task: string, request: JsonObject, reply: ReadReply): Skip | undefined {
  const { scenario } = request;
  if (task !== CONTROLLER || typeof scenario !== 'string' || !scenario.startsWith('force_')) return undefined;
  if (own(reply.data, 'success') !== false || own(reply.data, 'error') !== 'UNKNOWN_SCENARIO') return undefined;
  return {
    reason: 'not_applicable', cause: 'force_scenario_unsupported',
    detail: `force_scenario_unsupported: the test controller does not offer ${scenario}`,
  };
}

function unsupportedTask(task: string, exchange: Exchange): Skip | undefined {
  const text = exchange.kind === 'failed' && exchange.failure.code === 'rpc_error' ? exchange.failure.message : '';
  if (text.includes('does not support:')) return { reason: 'not_applicable', detail: `the seller does not support ${task}` };
  return /unknown tool/i.test(text) ? { reason: 'missing_tool', detail: `the seller lists ${task} and does not know it` } : undefined;
}
