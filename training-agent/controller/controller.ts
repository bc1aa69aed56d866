/** `comply_test_controller`: sets up, forces and simulates what a test needs, and shows what was sent upstream (seller specification §2.21). */
import { Type } from 'typebox';
import type { Caller } from '../../src/domain/caller.ts';
import type { AccountNaming } from '../../src/domain/ports/account-scope.ts';
import { checkShape } from '../../src/protocol/request-check.ts';
import type { ComplyTestControllerRequest } from '../../src/protocol/wire/comply-test-controller.ts';
import { CONTROLLER_PARAMS } from '../../src/protocol/wire/controller-params.ts';
import { Domain } from '../../src/protocol/wire/core/texts.ts';
import { answer, type Desk } from '../../src/usecases/desk.ts';
import { refusal, type Asker, type ScenarioName, type ScenarioOutcome, type Scenarios } from './scenario.ts';

export type TestController = (request: ComplyTestControllerRequest, caller: Caller, desk: Desk) => Promise<ScenarioOutcome>;

const NamedAccount = Type.Object({
  account_id: Type.Optional(Type.String()),
  brand: Type.Optional(Type.Object({ domain: Domain, brand_id: Type.Optional(Type.String()) })),
  operator: Type.Optional(Domain),
  sandbox: Type.Optional(Type.Boolean()),
});

/** Refuses in this order: a live caller, an unknown scenario, params; the scenario itself judges entities and transitions. */
export function testController(scenarios: Scenarios): TestController {
  const names = Object.keys(scenarios) as ScenarioName[];
  return async (request, caller, desk) => {
    if (isLive(request, caller)) return refusal('FORBIDDEN', 'the test controller serves sandbox accounts only; this caller or account is live');
    const { scenario, params = {}, account = {} } = request;
    if (typeof scenario !== 'string') return refusal('INVALID_PARAMS', 'scenario is missing; list_scenarios names those that there are');
    if (scenario === 'list_scenarios') return answer({ success: true, scenarios: names });
    const name = names.find((each) => each === scenario);
    if (name === undefined) return refusal('UNKNOWN_SCENARIO', 'this seller has no such scenario; list_scenarios names those that there are');
    const flaw = checkShape(CONTROLLER_PARAMS[name], params, ['params']) ?? checkShape(NamedAccount, account, ['account']);
    if (flaw) return refusal('INVALID_PARAMS', flaw.message);
    const run = scenarios[name] as (checked: typeof params, asker: Asker) => Promise<ScenarioOutcome>;
    return run(params, { caller, named: account as AccountNaming, desk });
  };
}

/** Whatever a call says of its account: what counts is the caller as it authenticated, and the account as it is stored. */
function isLive({ account }: ComplyTestControllerRequest, caller: Caller): boolean {
  return caller.principal.mode === 'live' || caller.account?.sandbox === false || account?.['sandbox'] === false;
}
