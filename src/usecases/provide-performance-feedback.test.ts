import { expect, test } from 'vitest';
import { callerWithAccount, record, refusalOf, testDesk } from '../../test/support/desk.ts';
import { expectOfficial } from '../../test/support/official.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';
import type { ProvidePerformanceFeedbackRequest } from '../protocol/wire/provide-performance-feedback.ts';
import { trainingPlatform } from '../../training-agent/platform/platform.ts';
import { providePerformanceFeedback } from './provide-performance-feedback.ts';

const FEEDBACK: ProvidePerformanceFeedbackRequest = {
  idempotency_key: 'k'.repeat(16), media_buy_id: 'mb_1', performance_index: 1.4,
  measurement_period: { start: '2026-11-01T00:00:00Z', end: '2026-11-08T00:00:00Z' },
};

async function setting() {
  const desk = testDesk({ platform: trainingPlatform });
  const caller = await callerWithAccount(desk);
  const buy = testBuy([testPackage('p', { creative_assignments: [{ creative_id: 'spring' }] }), testPackage('q')]);
  await record(desk, [{ kind: 'put_media_buy', buy }]);
  const decide = (more: Partial<ProvidePerformanceFeedbackRequest> = {}) => providePerformanceFeedback({ ...FEEDBACK, ...more }, caller, desk);
  return { desk, decide };
}

test('takes feedback down with what AdCP says of members that are left out, and tells the platform', async () => {
  const { desk, decide } = await setting();
  const body = await record(desk, await decide({ package_id: 'p', creative_id: 'spring' }));
  expectOfficial('provide_performance_feedback', body);
  expect(body).toEqual({ success: true });
  const told = {
    media_buy_id: 'mb_1', package_id: 'p', creative_id: 'spring', measurement_period: FEEDBACK.measurement_period, performance_index: 1.4,
    metric_type: 'overall_performance', feedback_source: 'buyer_attribution',
  };
  expect(await desk.store.feedback('buyer', 'mb_1')).toEqual([{ principal_id: 'buyer', received_at: '2026-11-20T12:00:00.000Z', ...told }]);
  const [{ job } = {}] = await desk.store.leaseJobs('2026-11-20T12:00:00.000Z', '2026-11-20T12:01:00.000Z', 9);
  expect(job).toMatchObject({
    kind: 'push_upstream', lane: 'media_buy:buyer/mb_1',
    payload: { calls: [{ url: 'https://ads.training.example/v1/accounts/acct_test/media-buys/mb_1/feedback', body: { account_id: 'acct_test', ...told } }] },
  });
});

test('keeps what was said before', async () => {
  const { desk, decide } = await setting();
  await record(desk, await decide({ performance_index: 0 }));
  await record(desk, await decide({ metric_type: 'viewability', feedback_source: 'verification_partner' }));
  expect((await desk.store.feedback('buyer', 'mb_1')).map(({ performance_index, metric_type }) => [performance_index, metric_type])).toEqual([
    [0, 'overall_performance'], [1.4, 'viewability'],
  ]);
});

test.each([
  [{ media_buy_id: 'mb_unknown' }, 'MEDIA_BUY_NOT_FOUND', 'media_buy_id'],
  [{ package_id: 'r' }, 'PACKAGE_NOT_FOUND', 'package_id'],
  [{ creative_id: 'autumn' }, 'INVALID_REQUEST', 'creative_id'],
  [{ package_id: 'q', creative_id: 'spring' }, 'INVALID_REQUEST', 'creative_id'],
  [{ measurement_period: { start: '2026-11-08T00:00:00Z', end: '2026-11-01T00:00:00Z' } }, 'INVALID_REQUEST', 'measurement_period.end'],
])('refuses %j', async (more, code, field) => {
  const { decide } = await setting();
  expect(refusalOf(await decide(more))).toMatchObject({ code, field });
});
