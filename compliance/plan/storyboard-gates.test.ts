/** Each gate of a whole storyboard, open and shut. */
import { describe, expect, test } from 'vitest';
import { phase, step, storyboard } from '../../test/support/storyboards.ts';
import { type ContractScope, WEBHOOK_CONTRACT } from '../contracts/contract-scope.ts';
import type { SellerProfile } from '../seller.ts';
import type { Storyboard } from '../storyboard.ts';
import { type GateSurroundings, storyboardSkip } from './storyboard-gates.ts';

interface Given {
  readonly tools?: readonly string[];
  readonly capabilities?: SellerProfile['capabilities'];
  readonly agents?: readonly string[];
  readonly contracts?: readonly string[];
  readonly replayEndpoint?: boolean;
  readonly credentialGap?: string;
}

function gate(more: Partial<Storyboard>, { tools = ['get_products'], capabilities = {}, agents = [], contracts = [], ...given }: Given): unknown {
  const scope = { contracts: new Set(contracts), replayEndpoint: given.replayEndpoint ?? false } as unknown as ContractScope;
  const around: GateSurroundings = {
    profile: { url: 'u', tools: new Set(tools), capabilities }, agents: new Set(agents), missingController: 'requirement_unmet', contracts: scope, holdsVectors: false,
    ...(given.credentialGap !== undefined && { credentialGap: given.credentialGap }),
  };
  const skip = storyboardSkip(storyboard([phase('p', [step('a')])], more), around);
  return skip === undefined ? 'runs' : [skip.reason, skip.cause ?? null];
}

const hook = { phases: [phase('p', [step('a', { sample_request: { url: '{{runner.webhook_url:a}}' } })])] };
const replay = { phases: [phase('p', [step('a', { task: 'replay_webhook_vector' })])] };
const routed = { requires: ['multi_agent'], default_agent: 'sales', phases: [phase('p', [step('a', { agent: 'signals' })])] };
const equals = (path: string, value: unknown): Partial<Storyboard> => ({ requires_capability: { path, matcher: 'equals', value } });
const unmet = ['requirement_unmet', null];
const unsupported = ['not_applicable', 'capability_unsupported'];

test.each<[string, Partial<Storyboard>, Given, Given, unknown]>([
  ['capability that equals', equals('a.b', 1), { capabilities: { a: { b: 1 } } }, { capabilities: { a: { b: '1' } } }, unsupported],
  [
    'capability that contains', { requires_capability: { path: 'a', matcher: 'contains', value: { x: 1 } } }, { capabilities: { a: [{ x: 1 }] } },
    { capabilities: { a: { x: 1 } } }, unsupported,
  ],
  [
    'capability that is present', { requires_capability: { path: 'a', matcher: 'present', value: true } }, { capabilities: { a: false } },
    { capabilities: { a: null } }, unsupported,
  ],
  [
    'capability that is absent', { requires_capability: { path: 'a', matcher: 'present', value: false } }, { capabilities: {} },
    { capabilities: { a: 0 } }, unsupported,
  ],
  ['controller', { requires: ['controller'] }, { tools: ['comply_test_controller'] }, {}, unmet],
  ['real wire', { requires: ['real_wire'] }, {}, {}, 'runs'],
  ['webhook receiver, asked for', { requires: ['webhook_receiver'] }, { contracts: [WEBHOOK_CONTRACT] }, {}, unmet],
  ['webhook receiver, implied by a request', hook, { contracts: [WEBHOOK_CONTRACT] }, {}, unmet],
  ['several agents', { requires: ['multi_agent'] }, { agents: ['a', 'b'] }, { agents: ['a'] }, unmet],
  ['agents of these names', routed, { agents: ['sales', 'signals'] }, { agents: ['sales', 'brand'] }, unmet],
  ['endpoint to replay to', replay, { replayEndpoint: true }, {}, ['not_applicable', 'probe_unsupported']],
  [
    'family of tools', { required_any_of_tools: [{ tools: ['x', 'get_products'] }, { tools: ['y', 'z'] }] }, { tools: ['get_products', 'z'] }, {}, unmet,
  ],
  ['any of some tools', { required_tools: ['x', 'y'] }, { tools: ['y'] }, {}, ['missing_tool', null]],
  ['credential of its kit', {}, {}, { credentialGap: 'needs a token' }, ['unsatisfied_contract', 'kit_token_missing']],
])('the gate for a %s opens and shuts', (_what, more, open, shut, reason) => {
  expect(gate(more, open)).toBe('runs');
  expect(gate(more, shut)).toEqual(reason);
});

describe('the first unmet gate settles it', () => {
  const everything: Partial<Storyboard> = {
    ...equals('a', 1), requires: ['controller'], required_any_of_tools: [{ tools: ['x', 'y'] }], required_tools: ['z'],
  };
  test.each<[Given, unknown]>([
    [{}, unsupported], [{ capabilities: { a: 1 } }, unmet],
    [{ capabilities: { a: 1 }, tools: ['comply_test_controller'] }, unmet],
    [{ capabilities: { a: 1 }, tools: ['comply_test_controller', 'x'] }, ['missing_tool', null]],
    [{ capabilities: { a: 1 }, tools: ['comply_test_controller', 'x', 'z'], credentialGap: 'g' }, ['unsatisfied_contract', 'kit_token_missing']],
    [{ capabilities: { a: 1 }, tools: ['comply_test_controller', 'x', 'z'] }, 'runs'],
  ])('given %j', (given, expected) => expect(gate(everything, given)).toEqual(expected));
});
