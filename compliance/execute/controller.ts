/** Calls of the judge's own to the seller's test controller. */
import type { Credential } from '../credential.ts';
import type { Exchange } from '../exchange.ts';
import { isObject, type JsonObject, own } from '../json/object.ts';
import { readReply } from '../judge/judge-step.ts';
import { CONTROLLER, versionEnvelope } from './build-request.ts';
import type { RunEnvironment } from './run-environment.ts';
import { inTheNameOf, type SandboxAccount } from './sandbox-account.ts';

export interface ControllerReply {
  readonly exchange: Exchange;
  readonly payload: unknown;
  readonly success: boolean;
  /** The controller's error code, or the transport's complaint. */
  readonly error?: string;
}

/** Calls one scenario in a sandbox account. */
export async function callController(
  env: RunEnvironment, credential: Credential, account: SandboxAccount, scenario: string, params?: JsonObject, extra: JsonObject = {},
): Promise<ControllerReply> {
  const request: JsonObject = {
    ...versionEnvelope(env.bundle.adcp_version), ...inTheNameOf(account), scenario, ...(params !== undefined && { params }), ...extra,
  };
  const exchange = await env.agent.call(CONTROLLER, request, credential);
  const reply = readReply(CONTROLLER, exchange);
  const success = own(reply.data, 'success') === true;
  return { exchange, payload: reply.data, success, ...(!success && { error: errorOf(reply.data, reply.errorText) }) };
}

/** The scenarios that the controller lists; `unknown` when it cannot list them. */
export async function controllerScenarios(
  env: RunEnvironment, credential: Credential, account: SandboxAccount
): Promise<ReadonlySet<string> | 'unknown'> {
  if (env.scenarios.known !== undefined) return env.scenarios.known;
  if (!env.profile.tools.has(CONTROLLER)) return new Set();
  const reply = await callController(env, credential, account, 'list_scenarios');
  const listed = own(reply.payload, 'scenarios');
  const names = Array.isArray(listed)
    ? listed.map((each) => (typeof each === 'string' ? each : own(each, 'scenario') ?? own(each, 'name')))
    : isObject(listed) ? Object.keys(listed)
    : undefined;
  env.scenarios.known = names === undefined ? 'unknown' : new Set(names.filter((name) => typeof name === 'string'));
  return env.scenarios.known;
}

function errorOf(payload: unknown, errorText: string | undefined): string {
  const candidates = [own(payload, 'error'), own(own(payload, 'adcp_error'), 'code'), errorText];
  const found = candidates.find((each) => typeof each === 'string');
  return typeof found === 'string' ? found : 'no success in the reply';
}
