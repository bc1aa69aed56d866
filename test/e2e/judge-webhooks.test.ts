import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { contentDigest } from '../../compliance/contracts/signatures/content-digest.ts';
import { WEBHOOK_PROFILE } from '../../compliance/contracts/signatures/profile.ts';
import { signedHeaders, type SigningKey, soundChoice } from '../../compliance/contracts/signatures/sign.ts';
import { judge, oneStoryboard } from '../support/judge-run.ts';
import { listening, type Listening } from '../support/listening.ts';
import { startAgent } from '../support/mcp-agent.ts';
import { expectation, KEY, post, selling, type Sender } from '../support/webhook-seller.ts';

type Json = Record<string, unknown>;
const run = (task: string, more: string, sender: Sender, args: readonly string[] = []) =>
  judge(oneStoryboard(expectation(task, more)), selling(sender), args);
const failures = ({ rows }: Awaited<ReturnType<typeof run>>) =>
  (rows.get('watch')?.validations ?? []).filter(({ passed }) => !passed).map(({ check }) => check);

describe('a webhook that has to come', () => {
  test('passes as soon as it is there', async () => {
    const from = performance.now();
    const result = await run('expect_webhook', 'timeout_seconds: 20', async (url, operation_id) => {
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/step\/buy\/[0-9a-f-]{36}$/);
      expect(await post(url, { operation_id, idempotency_key: KEY })).toBe(204);
    });
    expect([result.state('watch'), result.verdict]).toEqual(['passed', 'passed']);
    expect(performance.now() - from).toBeLessThan(15_000);
  });

  test.each<[code: string, more: string, sender: Sender]>([
    ['no_webhook_received', 'timeout_seconds: 0.2', async () => undefined],
    ['no_webhook_received', 'timeout_seconds: 0.2', async (url) => { await post(url, { operation_id: url.split('/').at(-1), idempotency_key: KEY }); }],
    ['missing_idempotency_key', '', async (url, operation_id) => { await post(url, { operation_id }); }],
    ['invalid_idempotency_key_format', '', async (url, operation_id) => { await post(url, { operation_id, idempotency_key: 'short' }); }],
    ['duplicate_webhook_on_replay', 'expect_max_deliveries_per_logical_event: 1', async (url, operation_id) => {
      await post(url, { operation_id, idempotency_key: KEY });
      await post(url, { operation_id, idempotency_key: `${KEY}-2` });
    }],
    ['field_value', 'validations: [{ check: field_value, path: status, value: completed }]', async (url, operation_id) => {
      await post(url, { operation_id, idempotency_key: KEY, status: 'failed' });
    }],
  ])('fails with %s (%s)', async (code, more, sender) => {
    expect(failures(await run('expect_webhook', more, sender))).toEqual([code]);
  });

  test.each<[code: string, key: string]>([
    ['', 'k'.repeat(16)], ['', 'k'.repeat(255)], ['', 'Az09_.:-Az09_.:-'], ['invalid_idempotency_key_format', 'k'.repeat(15)],
    ['invalid_idempotency_key_format', 'k'.repeat(256)], ['invalid_idempotency_key_format', 'k'.repeat(16).replace(/k$/, '/')],
  ])('has a key of 16 to 255 letters, digits and signs: %s for %j', async (code, idempotency_key) => {
    const result = await run('expect_webhook', '', async (url, operation_id) => { await post(url, { operation_id, idempotency_key }); });
    expect(failures(result)).toEqual(code === '' ? [] : [code]);
  });

  test('that nothing came of is told apart from one that differs', async () => {
    const fault = async (sender: Sender) => {
      const { rows } = await run('expect_webhook', 'timeout_seconds: 1.5', sender);
      const [failure] = rows.get('watch')!.validations as unknown as readonly { problem: string; likely_fault: { reason: string } }[];
      return failure!;
    };
    expect((await fault(async () => undefined)).likely_fault.reason).toContain('--webhook-url');
    const near = await fault(async (url) => { await post(url, { operation_id: 'op_2', idempotency_key: KEY }); });
    expect([near.problem, near.likely_fault.reason.includes('--webhook-url')]).toEqual([expect.stringContaining('the nearest differs in operation_id') as string, false]);
  });

  test('may be told of again with the same key, and the whole time is watched for another event', async () => {
    const result = await run('expect_webhook', 'timeout_seconds: 2\nexpect_max_deliveries_per_logical_event: 1', async (url, operation_id) => {
      await post(url, { operation_id, idempotency_key: KEY });
      await post(url, { operation_id, idempotency_key: KEY });
    });
    expect(result.state('watch')).toBe('passed');
  });

  test('needs no key where the step says so', async () => {
    const result = await run('expect_webhook', 'expect_idempotency_key: false', async (url, operation_id) => { await post(url, { operation_id }); });
    expect(result.state('watch')).toBe('passed');
  });

  test('is not missed when its trigger did not happen', async () => {
    const result = await judge(oneStoryboard(expectation('expect_webhook', '')), { create_media_buy: () => ({ errors: [{ code: 'INVALID_REQUEST' }] }) });
    expect([result.state('buy'), result.state('watch')]).toEqual(['failed', 'prerequisite_failed']);
  });

  test('that breaks its schema fails', async () => {
    const files = { ...oneStoryboard(expectation('expect_webhook', 'webhook_payload_schema_ref: core/hook.json')), 'schemas/core/hook.json': JSON.stringify({
      type: 'object', required: ['task_id'], properties: { task_id: { type: 'string' } },
    }) };
    const outcome = async (task_id: unknown) => failures(await judge(files, selling(async (url, operation_id) => {
      await post(url, { operation_id, idempotency_key: KEY, task_id });
    })));
    expect([await outcome(7), await outcome('t')]).toEqual([['schema_violation'], []]);
  });
});

describe('a webhook that may not come', () => {
  test('passes when it stays away, fails at once when it comes', async () => {
    expect((await run('expect_no_webhook', 'timeout_seconds: 0.2', async () => undefined)).state('watch')).toBe('passed');
    const came = await run('expect_no_webhook', 'timeout_seconds: 20', async (url, operation_id) => { await post(url, { operation_id }); });
    expect(failures(came)).toEqual(['unexpected_webhook_received']);
  });
});

describe('repeated deliveries', () => {
  const unsigned = 'verify_signature_on_every_delivery: false\nretry_trigger: { count: 2, http_status: 503 }';
  /** Delivers until it is told that the delivery arrived. */
  const repeating = (keys: readonly unknown[], seen: number[] = []): Sender => async (url, operation_id) => {
    for (const idempotency_key of keys) {
      const status = await post(url, { operation_id, idempotency_key });
      seen.push(status);
      if (status === 204) return;
    }
  };

  test('are refused as often as the step says, and pass with one key', async () => {
    const seen: number[] = [];
    const over = Promise.withResolvers<void>();
    const sender: Sender = (url, operation) => repeating([KEY, KEY, KEY, KEY], seen)(url, operation).finally(over.resolve);
    const result = await run('expect_webhook_retry_keys_stable', unsigned, sender);
    await over.promise;
    expect([seen, result.state('watch')]).toEqual([[503, 503, 204], 'passed']);
  });

  test.each([
    ['insufficient_retries', [KEY]], ['idempotency_key_rotated', [KEY, `${KEY}-2`, KEY]], ['idempotency_key_format_changed', [KEY, 'other']],
    ['missing_idempotency_key', [undefined, KEY]], ['invalid_idempotency_key_format', ['x', 'x']], ['no_webhook_received', []],
  ])('fail with %s', async (code, keys) => {
    expect(failures(await run('expect_webhook_retry_keys_stable', `timeout_seconds: 2\n${unsigned}`, repeating(keys)))).toEqual([code]);
  });

  test('a refusal that no sender repeats after makes the storyboard broken', async () => {
    const { code, text } = await run('expect_webhook_retry_keys_stable', 'retry_trigger: { count: 11, http_status: 404 }', async () => undefined);
    expect([code, text]).toEqual([2, expect.stringContaining('retry_trigger.count is 11') as string]);
  });
});

describe('signatures of webhooks', () => {
  const { d, ...publicHalf } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const jwk = { ...publicHalf, kid: 'seller-1', use: 'sig', key_ops: ['verify'], adcp_use: 'request-signing', alg: 'EdDSA' };
  const key: SigningKey = { jwk, d: d! };
  let publisher: Listening | undefined;
  afterEach(async () => { await publisher?.close(); });

  /** A seller whose brand.json, on another origin, names its keys. */
  async function withKeys(task: string, more: string, sender: Sender, keys: readonly Json[] = [jwk]) {
    const [capabilities, map] = await published(keys);
    return judge(oneStoryboard(expectation(task, more)), { ...selling(sender), get_adcp_capabilities: () => capabilities }, map);
  }

  /** What a seller declares that publishes these keys, and the flags that lead the judge there. */
  async function published(keys: readonly Json[]): Promise<readonly [Json, readonly string[]]> {
    publisher = await listening((request, response) => {
      const origin = 'https://brand.example';
      const document = request.url === '/brand.json' ? { agents: [{ url: 'https://seller.example/mcp', jwks_uri: `${origin}/jwks.json` }] } : { keys };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    });
    const capabilities = { adcp: { major_versions: [3] }, supported_protocols: [], identity: { brand_json_url: 'https://brand.example/brand.json' } };
    return [capabilities, ['--map', `https://brand.example=${publisher.origin}`]];
  }
  const signedPost = async (url: string, payload: unknown, nonce: string, change: (headers: Record<string, string>) => Json = (same) => same) => {
    const message = { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(payload)) };
    const now = Math.floor(Date.now() / 1000);
    const headers = signedHeaders(message, key, soundChoice(message, key, WEBHOOK_PROFILE, { nowSeconds: now, nonce }));
    return post(url, payload, change({ ...headers }) as Record<string, string>);
  };
  const once = (change?: (headers: Record<string, string>) => Json): Sender =>
    async (url, operation_id) => { await signedPost(url, { operation_id, idempotency_key: KEY }, 'nonce-of-22-characters', change); };

  test('pass when they verify with the published key', async () => {
    const result = await withKeys('expect_webhook_signature_valid', '', once());
    expect([result.rows.get('watch')?.validations, result.state('watch')]).toEqual([expect.anything(), 'passed']);
  });

  test.each<[code: string, change: (headers: Record<string, string>) => Json]>([
    ['signature_invalid', (headers) => ({ 'content-type': headers['content-type'], 'content-digest': headers['content-digest'] })],
    ['signature_invalid', (headers) => ({ ...headers, signature: `sig1=:${Buffer.alloc(64).toString('base64url')}:` })],
    ['signature_digest_mismatch', (headers) => headers],
    ['signature_expired', (headers) => ({ ...headers, 'signature-input': headers['signature-input']!.replace(/created=\d+;expires=\d+/, 'created=1;expires=2') })],
    ['signature_tag_invalid', (headers) => ({ ...headers, 'signature-input': headers['signature-input']!.replace('webhook-signing/v1', 'other/v1') })],
    ['signature_key_unknown', (headers) => ({ ...headers, 'signature-input': headers['signature-input']!.replace('seller-1', 'seller-2') })],
  ])('fail with %s', async (code, change) => {
    const otherDigest = contentDigest(Buffer.from('other'));
    const sender: Sender = code !== 'signature_digest_mismatch' ? once(change) : async (url, operation_id) => {
      const payload = { operation_id, idempotency_key: KEY };
      const message = {
        method: 'POST', url, headers: { 'content-type': 'application/json', 'content-digest': otherDigest }, body: Buffer.from(JSON.stringify(payload)),
      };
      const at = { nowSeconds: Math.floor(Date.now() / 1000), nonce: 'nonce-of-22-characters' };
      await post(url, payload, signedHeaders(message, key, soundChoice(message, key, WEBHOOK_PROFILE, at)));
    };
    expect(failures(await withKeys('expect_webhook_signature_valid', '', sender))).toEqual([code]);
  });

  test('of repeated deliveries are verified unasked, but not by --compat official, nor when registered with credentials', async () => {
    const repeat: Sender = async (url, operation_id) => {
      await post(url, { operation_id, idempotency_key: KEY });
      await post(url, { operation_id, idempotency_key: KEY });
    };
    const graded = async (files: Readonly<Record<string, string>>, ...args: readonly string[]) => (await judge(files, selling(repeat), args)).state('watch');
    const files = oneStoryboard(expectation('expect_webhook_retry_keys_stable', 'retry_trigger: { count: 1 }'));
    const older = Object.fromEntries(Object.entries(files).map(([path, text]) =>
      [path, text.replace('operation_id: op_1 }', 'operation_id: op_1, authentication: { schemes: [Bearer], credentials: "0123456789abcdef0123456789abcdef" } }')]));
    expect([await graded(files), await graded(files, '--compat', 'official'), await graded(older)]).toEqual(['failed', 'passed', 'passed']);
  });

  test.each([
    ['the agent that was sent what triggers them', 'agent: sales', ''], ['the agent that the watching step names', '', 'agent: sales'],
  ])('are verified with the keys of %s', async (_whose, onTrigger, onWatch) => {
    const [capabilities, map] = await published([jwk]);
    const sales = await startAgent({ ...selling(once()), get_adcp_capabilities: () => capabilities });
    const steps = expectation('expect_webhook_signature_valid', onWatch).replace('stateful: false', onTrigger === '' ? 'stateful: false' : `stateful: false\n        ${onTrigger}`);
    const result = await judge(oneStoryboard(steps), onTrigger === '' ? selling(once()) : {}, [...map, '--agent', `sales=${sales.url}`]);
    await sales.close();
    expect([result.rows.get('watch')?.validations, result.state('watch')]).toEqual([expect.anything(), 'passed']);
  });

  test('are asked of no agent that nobody named', async () => {
    const sales = await startAgent({ get_adcp_capabilities: () => ({ adcp: {}, supported_protocols: ['signals'] }) });
    const result = await judge(oneStoryboard(expectation('expect_webhook', 'agent: nobody')), selling(once()), ['--agent', `sales=${sales.url}`]);
    await sales.close();
    expect(failures(result)).toEqual(['unrouted_step']);
  });

  test('fail for a key of another purpose, and for a sender that publishes none', async () => {
    const other = await withKeys('expect_webhook_signature_valid', '', once(), [{ ...jwk, adcp_use: 'governance-signing' }]);
    expect(failures(other)).toEqual(['signature_key_purpose_invalid']);
    expect(failures(await run('expect_webhook_signature_valid', '', once()))).toEqual(['signature_key_unknown']);
  });

  test('of repeated deliveries need a nonce each', async () => {
    const repeat = (nonces: readonly string[]): Sender => async (url, operation_id) => {
      for (const nonce of nonces) await signedPost(url, { operation_id, idempotency_key: KEY }, nonce);
    };
    const more = 'retry_trigger: { count: 1 }';
    const fresh = await withKeys('expect_webhook_retry_keys_stable', more, repeat(['nonce-of-22-characters', 'nonce-of-22-characterz']));
    expect(fresh.state('watch')).toBe('passed');
    const same = await withKeys('expect_webhook_retry_keys_stable', more, repeat(['nonce-of-22-characters', 'nonce-of-22-characters']));
    expect(failures(same)).toEqual(['signature_replayed']);
  });
});

describe('a step that leaves to the kit what makes the seller deliver', () => {
  const steps = `      - id: buy
        task: "$test_kit.operations.primary_webhook_emitter"
        task_default: create_media_buy
        sample_request: { idempotency_key: "$generate:uuid_v4#k", push_notification_config: { url: "{{runner.webhook_url:buy}}" } }
      - id: again
        task: "$test_kit.operations.primary_webhook_emitter"
        task_default: create_media_buy
        sample_request: { idempotency_key: "$generate:uuid_v4#k", push_notification_config: { url: "{{runner.webhook_url:buy}}" } }
`;

  test('is sent as a whole request for what the seller offers, and repeats itself exactly', async () => {
    const { calls } = await judge(oneStoryboard(steps), {
      get_products: () => ({ products: [
        { product_id: 'none', pricing_options: [] },
        { product_id: 'p', pricing_options: [{ pricing_option_id: 'auction', floor_price: 2 }, { pricing_option_id: 'cpm', fixed_price: 9, min_spend_per_package: 5000 }] },
      ] }),
      create_media_buy: () => ({ media_buy_id: 'm', packages: [] }),
    });
    const [first, second] = calls.filter(({ name }) => name === 'create_media_buy').map(({ args }) => args);
    expect(first).toMatchObject({
      account: { sandbox: true }, start_time: 'asap', packages: [{ product_id: 'p', pricing_option_id: 'cpm', budget: 5000 }],
    });
    expect(second).toEqual(first);
  });
});

describe('the receiver', () => {
  test('can be reached behind a public URL, whose path stays in front', async () => {
    let told = '';
    const result = await run('expect_webhook', 'timeout_seconds: 0.2', async (url) => { told = url; }, ['--webhook-url', 'https://judge.example/hooks/']);
    expect([told.startsWith('https://judge.example/hooks/step/buy/'), result.state('watch')]).toEqual([true, 'failed']);
  });

  test.each([
    [['--webhook-url', 'http://judge.example'], '--webhook-url has to be https'], [['--webhook-url', 'x'], 'is no URL'], [['--webhook-port', '99999'], 'is no port'],
    [['--no-webhooks', '--webhook-port', '1'], '--no-webhooks contradicts'],
  ])('%s is wrong usage', async (args, text) => {
    await expect(run('expect_webhook', '', async () => undefined, args)).rejects.toThrow(text);
  });

  test('is not there for a seller elsewhere, and storyboards that need it say so', async () => {
    const { report } = await run('expect_webhook', '', async () => undefined, ['--no-webhooks']);
    expect(report.step_results).toMatchObject([{ outcome: 'skipped', skip: { reason: 'requirement_unmet', detail: 'webhook_receiver' } }]);
  });
});

test('a port that is taken ends the run before anything is sent, and says why', async () => {
  const taken = await listening((_request, response) => { response.end(); });
  const result = await run('expect_webhook', '', async () => undefined, ['--webhook-port', new URL(taken.origin).port]);
  await taken.close();
  expect([result.code, result.text, result.calls]).toEqual([3, expect.stringContaining('the webhook receiver cannot listen') as string, []]);
});
