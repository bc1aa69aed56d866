import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testClock } from '../../test/support/desk.ts';
import { hasOfficial, officialSchemas } from '../../test/support/official-schemas.ts';
import { signatureOf, webhookReceiver, type Receiver } from '../../test/support/receiver.ts';
import type { NotificationConfigRecord } from '../domain/account.ts';
import { endpointProof } from './prove-endpoint.ts';
import { boundedRecorder } from './recorder.ts';
import { sender } from './sender.ts';
import { newPrivateJwk, signingKey } from '../protocol/signatures/keys.ts';
import { aesVault } from './vault.ts';

const key = signingKey(newPrivateJwk('ed25519'));
const vault = aesVault(Buffer.alloc(32, 3));
const clock = testClock();
const official = hasOfficial('that challenges satisfy AdCP\'s own schema');
let receiver: Receiver;
beforeEach(async () => { receiver = await webhookReceiver(); });
afterEach(() => receiver.close());

const prove = (more: Partial<NotificationConfigRecord> = {}) =>
  endpointProof({ send: sender({ recorder: boundedRecorder(), clock, loopback: true, timeoutMs: 300 }), key, vault, clock, agent_url: 'https://seller.example/mcp' })
    .prove('acct_1', { subscriber_id: 'primary', url: `${receiver.origin}/hooks`, event_types: ['creative.purged'], active: false, ...more });

test.each(['challenge', 'token'])('an endpoint proves itself by giving the challenge back as "%s"', async (member) => {
  receiver.say = ({ challenge }) => JSON.stringify({ [member]: challenge });
  expect(await prove()).toBe(true);
  const [asked] = receiver.deliveries;
  expect(asked!.body).toMatchObject({ type: 'webhook.challenge', account_id: 'acct_1', subscriber_id: 'primary', delivery_auth: { mode: 'rfc9421' }, event_types: ['creative.purged'] });
  expect(signatureOf(asked!, [key.jwk], clock.now()).kind).toBe('verified');
});

test.each<[string, (challenge: unknown) => string]>([
  ['nothing', () => ''],
  ['another challenge', () => '{"challenge":"0123456789012345678901234567890123456789012"}'],
  ['more than the challenge', (challenge) => JSON.stringify({ challenge, ok: true })],
  ['both members', (challenge) => JSON.stringify({ challenge, token: challenge })],
  ['a list', (challenge) => JSON.stringify([challenge])],
  ['what is too long', (challenge) => `${' '.repeat(17_000)}${JSON.stringify({ challenge })}`],
])('an endpoint that answers %s proves nothing', async (_what, say) => {
  receiver.say = ({ challenge }) => say(challenge);
  expect(await prove()).toBe(false);
});

test.each([302, 400, 500])('status %i proves nothing, whatever the body', async (status) => {
  receiver.say = ({ challenge }) => JSON.stringify({ challenge });
  receiver.answers.push(status);
  expect(await prove()).toBe(false);
});

test('an address that cannot or may not be called proves nothing', async () => {
  for (const url of ['http://127.0.0.1:9/x', 'https://10.0.0.1/x', 'not a url']) expect(await prove({ url })).toBe(false);
});

test('the challenge is signed also when events will carry a secret, and tells the secret by its digest only', async () => {
  receiver.say = ({ challenge }) => JSON.stringify({ challenge });
  const credentials = 'a-secret-of-thirty-two-characters';
  expect(await prove({ authentication: { schemes: ['HMAC-SHA256'], credentials: vault.seal(credentials) } })).toBe(true);
  const [asked] = receiver.deliveries;
  expect(asked!.body['delivery_auth']).toEqual({ mode: 'HMAC-SHA256', credential_fingerprint: createHash('sha256').update(credentials).digest('hex') });
  expect(signatureOf(asked!, [key.jwk], clock.now()).kind).toBe('verified');
  expect(asked!.text).not.toContain(credentials);
});

test.runIf(official)('challenges satisfy AdCP\'s schema, and no two are the same', async () => {
  await prove();
  await prove({ authentication: { schemes: ['Bearer'], credentials: vault.seal('a-secret-of-thirty-two-characters') } });
  const bodies = receiver.deliveries.map(({ body }) => body);
  for (const body of bodies) expect(officialSchemas().validate('core/webhook-challenge.json', body)).toEqual([]);
  expect(new Set(bodies.map((body) => body['challenge'])).size).toBe(2);
});
