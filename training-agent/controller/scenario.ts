import type { Static } from 'typebox';
import type { Caller } from '../../src/domain/caller.ts';
import type { AccountNaming } from '../../src/domain/ports/account-scope.ts';
import type { Change } from '../../src/domain/ports/store.ts';
import type { ComplyTestControllerSuccess, ControllerErrorCode, ControllerRefusal } from '../../src/protocol/wire/comply-test-controller.ts';
import type { CONTROLLER_PARAMS } from '../../src/protocol/wire/controller-params.ts';
import { answer, type Decision, type Desk } from '../../src/usecases/desk.ts';

export type ScenarioName = keyof typeof CONTROLLER_PARAMS;

/** What a scenario of a name takes; checked before it runs. */
export type ParamsOf<Name extends ScenarioName> = Static<(typeof CONTROLLER_PARAMS)[Name]>;

/** Who asks, in a checked call. */
export interface Asker {
  readonly caller: Caller;
  /** The account as the call names it, known or not. */
  readonly named: AccountNaming;
  readonly desk: Desk;
}

/** One thing that the test controller does. Facts that it makes come back as changes, which the pipeline commits. */
export type Scenario<Name extends ScenarioName> = (params: ParamsOf<Name>, asker: Asker) => Promise<ScenarioOutcome>;

export type ScenarioOutcome = Decision<ComplyTestControllerSuccess | (ControllerRefusal & { readonly status: 'failed' })>;

export type Scenarios = { readonly [Name in ScenarioName]?: Scenario<Name> };

/** A refusal in the controller's own form: an ordinary answer whose body says that it failed. */
export function refusal(error: ControllerErrorCode, error_detail: string, current_state?: string): ScenarioOutcome {
  return answer({ status: 'failed', success: false, error, error_detail, ...(current_state === undefined ? {} : { current_state }) });
}

export const seeded = (message: string, changes: readonly Change[] = [], subjects: readonly string[] = []): ScenarioOutcome =>
  answer({ success: true, message }, changes, subjects);

export const moved = (previous_state: string, current_state: string, changes: readonly Change[] = [], subjects: readonly string[] = []): ScenarioOutcome =>
  answer({ success: true, previous_state, current_state }, changes, subjects);
