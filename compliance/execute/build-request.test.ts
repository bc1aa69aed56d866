import { describe, expect, test } from 'vitest';
import { step } from '../../test/support/storyboards.ts';
import type { Step } from '../storyboard.ts';
import { buildAssets } from './build-assets.ts';
import { buildRequest, type RequestOptions, versionEnvelope } from './build-request.ts';
import { seededIds } from './id-source.ts';
import { type PlaceholderScope, resolvePlaceholders } from './placeholders.ts';
import { AUTHORED } from '../policy.ts';
import { stepCredential } from './step-credential.ts';

function scope(more: Partial<PlaceholderScope> = {}): PlaceholderScope {
  let drawn = 0;
  const aliases = new Map<string, string>();
  return {
    accumulator: { id: 'a1', list: [{ x: 1 }], zero: 0 }, kit: { account: { probe: 'advertiser' } },
    policy: AUTHORED, replies: new Map([['first', { operation: { id: 7, name: 'op' } }]]),
    generate: (alias) => {
      const value = aliases.get(alias ?? '') ?? `uuid-${drawn += 1}`;
      if (alias !== undefined) aliases.set(alias, value);
      return value;
    },
    ...more,
  };
}
const options: RequestOptions = { mutating: false, adcpVersion: '3.1', raw: false };
const build = (more: Partial<Step>, opts: Partial<RequestOptions> = {}, task = 'get_products') =>
  buildRequest(step('s', more), task, scope(), { ...options, ...opts });

describe('placeholders', () => {
  test('keep the type of what they stand for, and are seen only as whole texts', () => {
    expect(
      resolvePlaceholders({ a: '$context.id', b: ['$context.list'], c: '$context.zero', d: 'x $context.id' }, scope()).value
    ).toEqual({ a: 'a1', b: [[{ x: 1 }]], c: 0, d: 'x $context.id' });
  });

  test('the same alias means the same value, no alias a new one, whichever name the generator has', () => {
    const { value } = resolvePlaceholders(
      ['$generate:uuid_v4#a', '$generate:opaque_id#a', '$generate:uuid_v4#b', '$generate:uuid_v4'], scope()
    );
    expect(value).toEqual(['uuid-1', 'uuid-1', 'uuid-2', 'uuid-3']);
  });

  test('reach into the kit and into replies of earlier steps', () => {
    expect(
      resolvePlaceholders(
        { a: '$test_kit.account.probe', b: 'op-{{prior_step.first.operation.id}}-{{prior_step.first.operation.name}}' }, scope()
      ).value
    ).toEqual({ a: 'advertiser', b: 'op-7-op' });
  });

  test('without a value they are named, each once and by kind', () => {
    const { unresolved } = resolvePlaceholders(
      ['$context.none', '$context.none', '$test_kit.none', '{{runner.webhook_url:x}}', '{{prior_step.none.id}}'], scope()
    );
    expect(unresolved.map(({ kind, token }) => `${kind} ${token}`)).toEqual([
      'context $context.none', 'test_kit $test_kit.none', 'runner {{runner.webhook_url:x}}', 'prior_step {{prior_step.none.id}}',
    ]);
  });

  test('never reach a prototype', () => {
    expect(resolvePlaceholders('$context.constructor', scope()).unresolved).toHaveLength(1);
    expect(resolvePlaceholders('$test_kit.toString', scope()).unresolved).toHaveLength(1);
  });
});

describe('the request under the policy authored', () => {
  test('is what the storyboard says, and the version envelope', () => {
    expect(build({ sample_request: { brief: 'x', ids: ['$context.id'] } })).toEqual({
      kind: 'request', payload: { adcp_major_version: 3, adcp_version: '3.1', brief: 'x', ids: ['a1'] },
    });
    expect(build({})).toEqual({ kind: 'request', payload: { adcp_major_version: 3, adcp_version: '3.1' } });
  });

  test('never overwrites what the author wrote', () => {
    const authored = { adcp_version: '99.0', idempotency_key: 'mine', brand: { domain: 'b' } };
    expect(
      build({ sample_request: authored }, { mutating: true, brandDomain: 'other' }, 'comply_test_controller')
    ).toMatchObject({ payload: authored });
  });

  test('carries an idempotency key when the task needs one and the step does not leave it out', () => {
    expect(build({ sample_request: {} }, { mutating: true })).toMatchObject({ payload: { idempotency_key: 'uuid-1' } });
    expect(build({ sample_request: {}, omit_idempotency_key: true }, { mutating: true })).not.toHaveProperty('payload.idempotency_key');
    expect(build({ sample_request: {} })).not.toHaveProperty('payload.idempotency_key');
  });

  test('carries the brand of the run on controller calls only', () => {
    expect(
      build({ sample_request: {} }, { brandDomain: 'b' }, 'comply_test_controller')
    ).toMatchObject({ payload: { brand: { domain: 'b' } } });
    expect(build({ sample_request: {} }, { brandDomain: 'b' })).not.toHaveProperty('payload.brand');
  });

  test('names the sandbox account on controller calls that name none', () => {
    expect(build({ sample_request: {} }, { brandDomain: 'b' }, 'comply_test_controller')).toMatchObject({
      payload: { account: { brand: { domain: 'b' }, operator: 'b', sandbox: true } },
    });
    expect(
      build({ sample_request: { account: { account_id: 'a' } } }, {}, 'comply_test_controller')
    ).toMatchObject({ payload: { account: { account_id: 'a' } } });
    expect(build({ sample_request: {} })).not.toHaveProperty('payload.account');
  });

  test('injects context where the step says, and nothing when the context has none', () => {
    const inputs = (key: string) => ({ sample_request: { packages: [{ id: 1 }] }, context_inputs: [{ key, inject_at: 'packages[0].ref.id' }] });
    expect(build(inputs('id'))).toMatchObject({ payload: { packages: [{ id: 1, ref: { id: 'a1' } }] } });
    expect(build(inputs('none'))).toMatchObject({ payload: { packages: [{ id: 1 }] } });
  });

  test('has no additions of a client in a raw probe', () => {
    expect(build({ sample_request: { a: 1 } }, { raw: true })).toEqual({ kind: 'request', payload: { a: 1 } });
  });

  test('is not sent while a placeholder has no value', () => {
    expect(build({ sample_request: { a: '$context.none' } })).toEqual({
      kind: 'unresolved', unresolved: [{ token: '$context.none', kind: 'context' }],
    });
  });

  test('names only the major version to releases before 3.1', () => {
    expect(versionEnvelope('3.0')).toEqual({ adcp_major_version: 3 });
    expect(versionEnvelope('3.1')).toEqual({ adcp_major_version: 3, adcp_version: '3.1' });
    expect(versionEnvelope('4.0')).toEqual({ adcp_major_version: 4, adcp_version: '4.0' });
  });
});

describe('assets for the slots of a format', () => {
  const kit = {
    assets: {
      click_url: 'https://x.example',
      images: [{ url: 'a', width: 728, height: 90 }, { url: 'b', width: 300, height: 250, mime_type: 'image/png' }],
      text: { headlines: ['H'], cta: ['C'], descriptions: ['D'] },
    },
  };
  const slots = [
    { asset_id: 'main', asset_type: 'image', required: true, requirements: { width: 300, height: 250 } },
    { asset_id: 'headline', asset_type: 'text' }, { asset_id: 'landing_url', asset_type: 'url' },
    { asset_id: 'logo', asset_type: 'image', required: false, requirements: { width: 1, height: 1 } },
  ];
  const filled = {
    main: { asset_type: 'image', url: 'b', width: 300, height: 250, mime_type: 'image/png' },
    headline: { asset_type: 'text', content: 'H' }, landing_url: { asset_type: 'url', url: 'https://x.example' },
  };

  test('come from the kit, for required slots only', () => {
    expect(buildAssets({ slots }, {}, kit)).toEqual({ kind: 'assets', assets: filled });
  });

  test.each([
    ['headline', 'H'], ['title', 'H'], ['description', 'D'], ['body', 'D'], ['body_text', 'D'], ['primary_text', 'D'],
    ['cta', 'C'], ['cta_text', 'C'], ['call_to_action', 'C'],
  ])('a text for %s is %s of the kit', (name, content) => {
    expect(buildAssets({ assets_required: [{ asset_id: name, asset_type: 'text' }] }, {}, kit))
      .toEqual({ kind: 'assets', assets: { [name]: { asset_type: 'text', content } } });
  });

  test('are found for a format that was listed before, and stand in the place of the directive', () => {
    const listed = { formats: [{ format_id: { agent_url: 'u', id: 'f' }, assets: slots }], ref: { agent_url: 'u', id: 'f' } };
    expect(
      resolvePlaceholders({ assets: { $build_assets_from_format: '$context.ref', stray: 1 } }, scope({ accumulator: listed, kit })).value
    ).toEqual({ assets: filled });
  });

  test('a slot that nothing fits leaves the request unsent', () => {
    expect(
      buildAssets({ slots: [{ asset_id: 'main', asset_type: 'image', requirements: { width: 1, height: 1 } }] }, {}, kit)
    ).toMatchObject({ kind: 'unfillable' });
    expect(
      resolvePlaceholders({ $build_assets_from_format: { agent_url: 'u', id: 'unknown' } }, scope()).unresolved
    ).toEqual([{ kind: 'asset', token: expect.stringContaining('not among those') }]);
    expect(
      resolvePlaceholders({ $build_assets_from_format: '$context.none' }, scope()).unresolved
    ).toEqual([{ kind: 'context', token: '$context.none' }]);
  });
});

describe('ids and credentials of a run', () => {
  test('the same seed and scope give the same ids, others do not', () => {
    const draw = (seed: string, of: string) => [seededIds(seed, of).uuid(), seededIds(seed, of).hex(40)];
    expect(draw('1', 'a')).toEqual(draw('1', 'a'));
    expect(draw('1', 'a')).not.toEqual(draw('2', 'a'));
    expect(draw('1', 'a')).not.toEqual(draw('1', 'b'));
    const ids = seededIds('1', 'a');
    expect(new Set(Array.from({ length: 100 }, () => ids.uuid())).size).toBe(100);
    expect(ids.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  test('a step authenticates as it says', () => {
    const kit = { auth: { api_key: 'k', basic: { username: 'u', password: 'p' } } };
    const as = (auth: Parameters<typeof stepCredential>[0]) => stepCredential(auth, kit, seededIds('1', 's'));
    expect(as({ kind: 'none' })).toEqual({ kind: 'none' });
    expect(as({ kind: 'kit_api_key', path: 'auth.api_key' })).toEqual({ kind: 'bearer', token: 'k' });
    expect(as({ kind: 'kit_api_key', path: 'auth.principals.x.api_key' })).toEqual({ kind: 'none' });
    expect(as({ kind: 'kit_basic', path: 'auth.basic' })).toEqual({ kind: 'basic', username: 'u', password: 'p' });
    expect(as({ kind: 'invalid_api_key' })).toMatchObject({ token: expect.stringMatching(/^invalid-[0-9a-f]{64}$/) });
    expect(as({ kind: 'invalid_basic' })).toMatchObject({ kind: 'basic', username: expect.stringMatching(/^invalid-/) });
    const jwt = as({ kind: 'invalid_jwt' });
    const [header, payload, signature] = jwt.kind === 'bearer' ? jwt.token.split('.') : [];
    expect(JSON.parse(Buffer.from(header!, 'base64url').toString())).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(JSON.parse(Buffer.from(payload!, 'base64url').toString())).toMatchObject({ aud: 'invalid-probe' });
    expect(signature).toMatch(/^[\w-]{300,}$/);
  });
});
