import { describe, expect, test } from 'vitest';
import type { StepObservation } from './invariant.ts';
import { beginInvariants, isKnownInvariant, observeInvariants } from './registry.ts';
import { STATUS_GRAPHS } from './status-graphs.ts';

const location = { file: 's.yaml', line: 1, column: 1, source: '' };
const BUY = 'get_media_buys';

function step(task: string, data: unknown, more: Partial<StepObservation> = {}): StepObservation {
  return { step_id: `${task}_step`, task, passed: true, expect_error: false, request: {}, data, outcome: { kind: 'succeeded' }, ...more };
}

/** Violations of one invariant over a row of steps, each as `pointer`. */
function watch(id: string, steps: readonly StepObservation[], secrets: readonly string[] = []) {
  let states = new Map(
    [...beginInvariants({ disable: [], enable: [] }, secrets)].filter(([each]) => each === id)
  ) as ReturnType<typeof beginInvariants>;
  const found = steps.map((each) => {
    const observed = observeInvariants(states, each, [], location);
    states = observed.states;
    return observed.violations.map(({ finding }) => (finding.kind === 'failed' ? finding : undefined));
  });
  return { violations: found.flat(), count: states.get(id)?.observation_count };
}
const buys = (...statuses: string[]) => statuses.map((status) => step(BUY, { media_buys: [{ media_buy_id: 'm', status }] }));

describe('status.monotonic', () => {
  const id = 'status.monotonic';

  test('lets every resource move along its edges, and along no other', () => {
    const show = { media_buy: (status: string) => step(BUY, { media_buys: [{ media_buy_id: 'x', status }] }), creative: (status: string) => step('list_creatives', { creatives: [{ creative_id: 'x', status }] }),
      creative_approval: (status: string) => step(
        BUY,
        {
          media_buys: [
            { media_buy_id: 'b', packages: [{ package_id: 'p', creative_approvals: [{ creative_id: 'x', approval_status: status }] }] },
          ],
        }
      ),
      account: (status: string) => step('list_accounts', { accounts: [{ account_id: 'x', status }] }),
      si_session: (status: string) => step('si_send_message', { session_id: 'x', session_status: status }),
      catalog_item: (status: string) => step('sync_catalogs', { catalogs: [{ catalog_id: 'c', items: [{ sku: 'x', status }] }] }),
      proposal: (status: string) => step('get_products', { proposals: [{ proposal_id: 'x', proposal_status: status }] }),
      audience: (status: string) => step('sync_audiences', { audiences: [{ audience_id: 'x', status }] }) };
    for (const [kind, graph] of Object.entries(STATUS_GRAPHS))
      for (const from of Object.keys(graph))
        for (const to of Object.keys(graph)) {
          const { violations } = watch(id, [show[kind as keyof typeof show](from), show[kind as keyof typeof show](to)]);
          const legal = from === to || (graph as Record<string, readonly string[]>)[from]!.includes(to);
          expect(violations, `${kind}: ${from} -> ${to}`).toHaveLength(legal ? 0 : 1);
        }
  });

  test('says which resource made which move', () => {
    expect(watch(id, buys('active', 'pending_start')).violations).toEqual([expect.objectContaining({
      json_pointer: '/media_buys/0/status', actual: { resource: 'media_buy', id: 'm', from: 'active', to: 'pending_start' },
      expected: ['active', ...STATUS_GRAPHS.media_buy.active],
    })]);
  });

  test('forgets an illegal move, and starts anew after a status that it does not know', () => {
    expect(watch(id, buys('completed', 'active', 'active')).violations).toHaveLength(2);
    expect(watch(id, buys('archived', 'active')).violations).toHaveLength(0);
  });

  test('reads a buy\'s own status before the task\'s, in create and update replies too', () => {
    const created = step('create_media_buy', { status: 'completed', media_buy_status: 'active', media_buy_id: 'm' });
    expect(watch(id, [created, ...buys('paused')]).violations).toHaveLength(0);
    expect(watch(id, [created, step('update_media_buy', { media_buy_id: 'm', status: 'pending_start' })]).violations).toHaveLength(1);
    expect(watch(id, [step('create_media_buy', { media_buy_id: 'm', status: 'completed' }), ...buys('active')]).violations).toHaveLength(0);
  });

  test('a replayed answer shows what was true before, and moves nothing', () => {
    const replay = step('create_media_buy', { media_buy_id: 'm', media_buy_status: 'pending_start', replayed: true });
    expect(watch(id, [...buys('active'), replay, ...buys('active')]).violations).toHaveLength(0);
  });

  test('a status that the judge forced is no move of the seller, and where the next one starts', () => {
    const force = (status: string, success = true) => step('comply_test_controller', { success, current_state: status }, {
      request: { scenario: 'force_media_buy_status', params: { media_buy_id: 'm', status } },
    });
    expect(watch(id, [...buys('completed'), force('active'), ...buys('active', 'paused')]).violations).toHaveLength(0);
    expect(watch(id, [...buys('active'), force('completed'), ...buys('active')]).violations).toHaveLength(1);
    expect(watch(id, [...buys('completed'), force('active', false), ...buys('active')]).violations).toHaveLength(1);
  });

  test('looks only at steps that passed and were to succeed', () => {
    const back = { media_buys: [{ media_buy_id: 'm', status: 'pending_start' }] };
    expect(watch(id, [...buys('active'), step(BUY, back, { passed: false })]).violations).toHaveLength(0);
    expect(watch(id, [...buys('active'), step(BUY, back, { expect_error: true })]).violations).toHaveLength(0);
    expect(watch(id, [...buys('active'), step(BUY, { ...back, adcp_error: {} })]).violations).toHaveLength(0);
    expect(watch(id, buys('active', 'paused')).count).toBe(2);
  });
});

describe('idempotency.conflict_no_payload_leak', () => {
  const id = 'idempotency.conflict_no_payload_leak';
  const conflict = (error: object) => step(
    'create_media_buy', { errors: [{ code: 'IDEMPOTENCY_CONFLICT' }], adcp_error: { code: 'IDEMPOTENCY_CONFLICT', ...error } },
    { outcome: { kind: 'failed', why: '' }, expect_error: true }
  );

  test('accepts a conflict that says no more than it must', () => {
    const all = { message: 'm', recovery: 'correctable', status: 409, correlation_id: 'c', request_id: 'r', operation_id: 'o' };
    expect(watch(id, [conflict(all)]).violations).toHaveLength(0);
    expect(watch(id, [conflict({ message: 'reused', recovery: 'correctable', correlation_id: 'c' })]).violations).toHaveLength(0);
  });

  test('catches a conflict that shows the earlier request, or names another recovery', () => {
    expect(watch(id, [conflict({ details: { original: {} } })]).violations).toEqual([
      expect.objectContaining({ json_pointer: '/adcp_error/details', actual: { extra_members: ['details'] } }),
    ]);
    expect(watch(id, [conflict({ recovery: 'terminal' })]).violations).toEqual([
      expect.objectContaining({ expected: 'correctable', actual: 'terminal' }),
    ]);
  });

  test('leaves other errors alone', () => {
    expect(
      watch(
        id, [step('create_media_buy', { adcp_error: { code: 'INVALID_REQUEST', details: {} } }, { outcome: { kind: 'failed', why: '' } })]
      ).violations
    ).toHaveLength(0);
  });
});

describe('context.no_secret_echo', () => {
  const id = 'context.no_secret_echo';
  const secret = 'a-secret-of-some-length';

  test.each([
    ['a key of a credential', { ext: { API_KEY: 'x' } }, '/ext/API_KEY'],
    ['a bearer token', { message: ['see Bearer abcdef1234567890'] }, '/message/0'],
    ['the caller\'s own secret', { context: { 'a/b': `x${secret}y` } }, '/context/a~1b'],
  ])('catches %s', (_what, data, pointer) => {
    expect(watch(id, [step('get_products', data)], [secret]).violations).toEqual([
      expect.objectContaining({ json_pointer: pointer, actual: '[redacted]' }),
    ]);
  });

  test.each(['authorization', 'api_key', 'apikey', 'bearer', 'x-api-key', 'Authorization'])('catches a member named %s that holds a text', (name) => {
    expect(watch(id, [step('get_products', { [name]: 'x' })]).violations).toHaveLength(1);
    expect(watch(id, [step('get_products', { [name]: { inner: 'x' } })]).violations).toHaveLength(0);
  });

  test('takes ten characters after the word for a bearer token, and nine for none', () => {
    const says = (text: string) => watch(id, [step('get_products', { message: text })]).violations.length;
    expect([says('bearer abc.~+/=-_'), says('BEARER\tabcdefghij'), says('bearer abcdefghi'), says('forbearer abcdefghij')]).toEqual([1, 1, 0, 0]);
  });

  test('accepts replies that repeat none', () => {
    expect(
      watch(id, [step('get_products', { bearer: '', note: 'bearer short', token: 'opaque', authorization: null })], [secret]).violations
    ).toHaveLength(0);
  });
});

describe('governance.denial_blocks_mutation', () => {
  const id = 'governance.denial_blocks_mutation';
  const denied = step('check_governance', { verdict: 'denied', plan_id: 'p', check_id: 'c' });
  const buy = (plan: string, more: object = {}) =>
    step('create_media_buy', { media_buy_id: 'm', media_buy_status: 'active', ...more }, { request: { plan_id: plan } });

  test('catches a write for a plan that was denied, and names the denial', () => {
    expect(watch(id, [denied, buy('p')]).violations).toEqual([
      expect.objectContaining({ actual: { plan_id: 'p', denied_by: 'check_governance_step' } }),
    ]);
  });

  test.each([
    ['update_media_buy', { media_buy_id: 'm' }], ['activate_signal', { activation_key: 'k' }], ['activate_signal', { signal_agent_segment_id: 's' }],
    ['activate_signal', { deployments: [{}] }], ['acquire_rights', { rights_grant_id: 'r' }], ['acquire_rights', { rights_id: 'r' }],
    ...['property', 'collection'].flatMap((kind) => [
      ...['create', 'update'].flatMap((verb) => [[`${verb}_${kind}_list`, { list: {} }], [`${verb}_${kind}_list`, { list_id: 'l' }]] as [string, object][]),
      [`delete_${kind}_list`, { list_id: 'l' }] as [string, object],
    ]),
  ] as [string, object][])('catches %s that answers %j', (task, data) => {
    const wrote = (answer: object) => watch(id, [denied, step(task, answer, { request: { plan_id: 'p' } })]).violations.length;
    expect([wrote(data), wrote({})]).toEqual([1, 0]);
  });

  test('catches any write after a denial that names no plan', () => {
    const error = step(
      'create_media_buy', { adcp_error: { code: 'GOVERNANCE_DENIED' } }, { outcome: { kind: 'failed', why: '' }, passed: false }
    );
    expect(watch(id, [error, buy('q')]).violations).toHaveLength(1);
  });

  test.each(['GOVERNANCE_DENIED', 'CAMPAIGN_SUSPENDED', 'PERMISSION_DENIED', 'POLICY_VIOLATION', 'TERMS_REJECTED', 'COMPLIANCE_UNSATISFIED'])(
    'takes %s for a denial', (code) => {
      const refused = step('create_media_buy', { adcp_error: { code } }, { outcome: { kind: 'failed', why: '' }, passed: false, request: { plan_id: 'p' } });
      expect([watch(id, [refused, buy('p')]).violations.length, watch(id, [refused, buy('q')]).violations.length]).toEqual([1, 0]);
    }
  );

  test('takes no other error for one', () => {
    const refused = step('create_media_buy', { adcp_error: { code: 'INVALID_REQUEST' } }, { outcome: { kind: 'failed', why: '' }, passed: false });
    expect(watch(id, [refused, buy('p')]).violations).toHaveLength(0);
  });

  test.each(['pending_creatives', 'pending_start', 'active', 'paused', 'completed', undefined])('takes a buy that is %s for one that came to life', (status) => {
    expect(watch(id, [denied, buy('p', { media_buy_status: status })]).violations).toHaveLength(1);
  });

  test('leaves other plans, expected denials, buys that did not come to life and reads alone', () => {
    expect(watch(id, [denied, buy('q')]).violations).toHaveLength(0);
    expect(watch(id, [{ ...denied, expect_error: true }, buy('p')]).violations).toHaveLength(0);
    expect(watch(id, [denied, buy('p', { media_buy_status: 'rejected' })]).violations).toHaveLength(0);
    expect(watch(id, [denied, step('get_products', { products: [] }, { request: { plan_id: 'p' } })]).violations).toHaveLength(0);
  });
});

describe('impairment.coherence', () => {
  const id = 'impairment.coherence';
  const rejected = step('list_creatives', { creatives: [{ creative_id: 'c', status: 'rejected' }] });
  const approved = step('list_creatives', { creatives: [{ creative_id: 'c', status: 'approved' }] });
  const show = (buy: object) => step(BUY, { media_buys: [{ media_buy_id: 'm', status: 'active', ...buy }] });
  const impaired = { health: 'impaired', impairments: [{ resource_type: 'creative', resource_id: 'c' }] };
  const uses = { packages: [{ creative_assignments: [{ creative_id: 'c' }] }] };

  test('accepts a buy that is impaired by what is offline', () => {
    expect(watch(id, [rejected, show({ ...impaired, ...uses })]).violations).toHaveLength(0);
    expect(watch(id, [approved, show({ health: 'ok', ...uses })]).violations).toHaveLength(0);
  });

  test('catches health and impairments that contradict each other', () => {
    expect(watch(id, [show({ health: 'ok', impairments: impaired.impairments })]).violations).toHaveLength(1);
    expect(watch(id, [show({ health: 'impaired' })]).violations).toHaveLength(1);
  });

  test('catches an impairment by what is in order, and one that is missing', () => {
    expect(watch(id, [approved, show(impaired)]).violations).toEqual([expect.objectContaining({ actual: 'creative:c' })]);
    expect(watch(id, [rejected, show(uses)]).violations).toEqual([expect.objectContaining({ expected: 'creative:c' })]);
    const suspended = step('sync_audiences', { audiences: [{ audience_id: 'a', status: 'suspended' }] });
    expect(watch(id, [suspended, show({ packages: [{ targeting_overlay: { audience_include: ['a'] } }] })]).violations).toHaveLength(1);
  });

  test('knows what the judge itself took offline', () => {
    const force = (status: string) => step('comply_test_controller', { success: true, current_state: status }, {
      request: { scenario: 'force_audience_status', params: { audience_id: 'a', status } },
    });
    const synced = step('sync_audiences', { audiences: [{ audience_id: 'a', status: 'ready' }] });
    const hit = show({ health: 'impaired', impairments: [{ resource_type: 'audience', resource_id: 'a' }] });
    expect(watch(id, [synced, force('suspended'), hit]).violations).toHaveLength(0);
    expect(watch(id, [synced, force('suspended'), force('ready'), hit]).violations).toHaveLength(1);
  });

  test('leaves buys alone that have ended', () => {
    expect(watch(id, [rejected, show({ status: 'completed', ...uses })]).violations).toHaveLength(0);
  });
});

describe('choosing invariants', () => {
  test('all hold by default; a storyboard and a step can switch one off', () => {
    const all = [...beginInvariants({ disable: [], enable: [] }, []).keys()];
    expect(all).toHaveLength(5);
    expect(all.every(isKnownInvariant)).toBe(true);
    expect([...beginInvariants({ disable: ['status.monotonic'], enable: [] }, []).keys()]).not.toContain('status.monotonic');
    const states = observeInvariants(beginInvariants({ disable: [], enable: [] }, []), buys('completed')[0]!, [], location).states;
    const [back] = buys('active');
    expect(observeInvariants(states, back!, ['status.monotonic'], location).violations).toHaveLength(0);
    expect(observeInvariants(states, back!, [], location).violations).toMatchObject([
      { check: 'assertion', severity: 'required', description: expect.stringContaining('status.monotonic: ') },
    ]);
  });
});
