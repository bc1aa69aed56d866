import { expect, test } from 'vitest';
import type { Evidence } from './evidence.ts';
import type { Json, Operation } from './operation.ts';
import { flawsIn } from './verdict.ts';

const operation = (number: number, task: string, request: Json, acknowledged: Json = {}): Operation =>
  ({ number, task, request: { idempotency_key: `key-${number}`, ...request }, acknowledged, sends: 1 });
const OPERATIONS = [
  operation(1, 'create_media_buy', { packages: [{ budget: 5000 }], push_notification_config: { operation_id: 'op-1' } }, { media_buy_id: 'mb_1' }),
  operation(3, 'update_media_buy', { packages: [{ budget: 5200 }] }, { media_buy_id: 'mb_1' }),
  operation(2, 'update_media_buy', { packages: [{ budget: 5100 }] }, { media_buy_id: 'mb_1' }),
  operation(4, 'log_event', { events: [{ event_id: 'e1' }, { event_id: 'e2' }] }),
  operation(5, 'log_event', { events: [{ event_id: 'e2' }, { event_id: 'e3' }] }),
  operation(6, 'sync_audiences', { audiences: [] }),
];
const webhook = (idempotency_key: string, operation_id: string, more = '', kid = 'k1') => ({
  text: JSON.stringify({ idempotency_key, operation_id, more }), body: { idempotency_key, operation_id }, headers: { 'signature-input': `sig1=();keyid="${kid}"` },
});
const SOUND: Evidence = {
  replays: OPERATIONS.map((each) => ({ operation: each, answer: each.acknowledged!, wasReplayed: true })),
  buys: new Map([['mb_1', 5200]]), conversions: 3, audience_members: 1,
  audited: new Map([['create_media_buy', 1], ['update_media_buy', 2], ['log_event', 2], ['sync_audiences', 1]]),
  outbox: [{ webhook_id: 'w1', status: 'delivered' }], deliveries: [webhook('w1', 'op-1'), webhook('w1', 'op-1')],
  rebuilt: 'INDEX     ROWS  WERE WRONG\ndelivery  3     0\npackages  10    0\n', doctor: [], trail: ['whole', 'whole'],
};

test('finds nothing wrong where nothing is', () => {
  expect(flawsIn(SOUND)).toEqual([]);
});

const [first, ...others] = SOUND.replays;
test.each<[string, Partial<Evidence>, string]>([
  ['an answer that is not known any more', { replays: [{ ...first!, wasReplayed: false }, ...others] }, 'lost: create_media_buy key-1 was acknowledged, and is not known any more'],
  ['another answer', { replays: [{ ...first!, answer: { media_buy_id: 'mb_2' } }, ...others] }, 'changed: create_media_buy key-1 has another answer now'],
  ['a buy that is gone', { buys: new Map() }, 'buy mb_1: the budget is undefined, was set to 5200'],
  ['a change that is gone', { buys: new Map([['mb_1', 5100]]) }, 'buy mb_1: the budget is 5100, was set to 5200'],
  ['a buy that nobody knows of', { buys: new Map([['mb_1', 5200], ['mb_2', 5000]]) }, 'twice: buy mb_2 was never acknowledged to anybody'],
  ['an event that counts twice', { conversions: 4 }, 'events: 4 conversions are counted of 3 events'],
  ['a person who is gone', { audience_members: 0 }, 'audiences: they hold 0 people of 1'],
  ['a call that was done twice', { audited: new Map([...SOUND.audited, ['sync_audiences', 2]]) }, 'twice: sync_audiences was acknowledged 1 times, and done 2 times'],
  ['a call that was done without a trace', { audited: new Map([...SOUND.audited, ['log_event', 1]]) }, 'lost: log_event was acknowledged 2 times, and done 1 times'],
  ['a webhook that nobody got', { deliveries: [] }, 'webhooks: nobody was told of operation op-1'],
  ['a webhook under two keys', { deliveries: [webhook('w1', 'op-1'), webhook('w2', 'op-1')] }, 'webhooks: operation op-1 was told of under 2 keys'],
  ['a retry with other bytes', { deliveries: [webhook('w1', 'op-1'), webhook('w1', 'op-1', 'more')] }, 'webhooks: w1 came with 2 different bodies'],
  ['a retry that somebody else signed', { deliveries: [webhook('w1', 'op-1'), webhook('w1', 'op-1', '', 'k2')] }, 'webhooks: w1 came under 2 signatures\' keys'],
  ['a webhook that is owed still', { outbox: [{ webhook_id: 'w1', status: 'pending' }] }, 'webhooks: w1 is pending'],
  ['a webhook from nowhere', { outbox: [] }, 'webhooks: w1 came, and is not in the outbox'],
  ['an index that was wrong', { rebuilt: SOUND.rebuilt.replace('3     0', '3     1') }, 'rebuild: delivery  3     1'],
  ['a rebuild that failed', { rebuilt: 'adwright: database disk image is malformed\n' }, 'rebuild: adwright: database disk image is malformed'],
  ['a finding of the doctor', { doctor: ['store: damaged'] }, 'doctor: store: damaged'],
  ['a broken trail', { trail: ['whole', 'head_lost'] }, 'audit: the trail is head_lost'],
])('sees %s', (_what, change, flaw) => {
  expect(flawsIn({ ...SOUND, ...change })).toContain(flaw);
});
