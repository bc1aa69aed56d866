/** Calls of the judge's own to the seller's test controller. */
import type { Credential } from '../credential.ts';
import type { Exchange } from '../exchange.ts';
import { isObject, type JsonObject, own } from '../json/object.ts';
import { readReply } from '../judge/judge-step.ts';
import { versionEnvelope } from './build-request.ts';
import type { RunEnvironment } from './run-environment.ts';

export const CONTROLLER = 'comply_test_controller';
const DEFAULT_BRAND = 'test.example';

export interface ControllerReply {
  readonly exchange: Exchange;
  readonly payload: unknown;
  readonly success: boolean;
  /** The controller's error code, or the transport's complaint. */
  readonly error?: string;
}

/** Calls one scenario in the sandbox account of the brand that the run plays. */
export async function callController(
  env: RunEnvironment, credential: Credential, brandDomain: string | undefined, scenario: string, params?: JsonObject, extra: JsonObject = {},
): Promise<ControllerReply> {
  const request: JsonObject = {
    ...versionEnvelope(env.bundle.adcp_version), account: sandboxAccount(brandDomain),
    ...(brandDomain !== undefined && { brand: { domain: brandDomain } }), scenario, ...(params !== undefined && { params }), ...extra,
  };
  const exchange = await env.agent.call(CONTROLLER, request, credential);
  const reply = readReply(CONTROLLER, exchange);
  const success = own(reply.data, 'success') === true;
  return { exchange, payload: reply.data, success, ...(!success && { error: errorOf(reply.data, reply.errorText) }) };
}

export function sandboxAccount(brandDomain: string | undefined): JsonObject {
  const domain = brandDomain ?? DEFAULT_BRAND;
  return { brand: { domain }, operator: domain, sandbox: true };
}

/** The scenarios that the controller lists; `unknown` when it cannot list them. */
export async function controllerScenarios(env: RunEnvironment, credential: Credential, brandDomain: string | undefined): Promise<ReadonlySet<string> | 'unknown'> {
  if (env.scenarios.known !== undefined) return env.scenarios.known;
  if (!env.profile.tools.has(CONTROLLER)) return new Set();
  const reply = await callController(env, credential, brandDomain, 'list_scenarios');
  const listed = own(reply.payload, 'scenarios');
  const names = Array.isArray(listed) ? listed.map((each) => (typeof each === 'string' ? each : own(each, 'scenario') ?? own(each, 'name'))) : isObject(listed) ? Object.keys(listed) : undefined;
  env.scenarios.known = names === undefined ? 'unknown' : new Set(names.filter((name) => typeof name === 'string'));
  return env.scenarios.known;
}

function errorOf(payload: unknown, errorText: string | undefined): string {
  const candidates = [own(payload, 'error'), own(own(payload, 'adcp_error'), 'code'), errorText];
  const found = candidates.find((each) => typeof each === 'string');
  return typeof found === 'string' ? found : 'no success in the reply';
}
