import { describe, expect, it } from 'vitest';
import { audienceRecord, creativeRecord } from '../../test/support/library-records.ts';
import { mediaBuy, packageRecord } from '../../test/support/media-buys.ts';
import { inStatus, type CreativeRecord } from './creative.ts';
import { impairments, type Dependencies } from './impairments.ts';

const rejected = (id: string, at: string) => creativeRecord(id, { status: 'rejected', updated_date: at });
const around = (
  creatives: ReturnType<typeof creativeRecord>[] = [],
  audiences: ReturnType<typeof audienceRecord>[] = [],
): Dependencies => ({
  creatives: new Map(creatives.map((each) => [each.creative_id, each])),
  audiences: new Map(audiences.map((each) => [each.audience_id, each])),
});
const pack = (package_id: string, ...ids: string[]) =>
  packageRecord({ package_id, creative_assignments: ids.map((creative_id) => ({ creative_id })) });

describe('impairments', () => {
  it('are one for each lost resource, with the packages that use it, oldest first', () => {
    const buy = mediaBuy({ status: 'active', packages: [pack('p1', 'a', 'b'), pack('p2', 'a'), pack('p3', 'c')] });
    const open = impairments(
      buy,
      around([rejected('a', '2027-01-03T00:00:00Z'), rejected('b', '2027-01-02T00:00:00Z'), creativeRecord('c')]),
    );
    expect(open.map(({ resource_id, package_ids }) => [resource_id, package_ids])).toEqual([
      ['b', ['p1']],
      ['a', ['p1', 'p2']],
    ]);
  });
  it('keep their id while they are open, are others when a resource is lost again, and differ between buys', () => {
    const packages = [pack('p1', 'a')];
    const lost = inStatus(creativeRecord('a'), 'suspended', '2027-01-03T00:00:00Z');
    const worse = { ...inStatus(lost, 'rejected', '2027-01-04T00:00:00Z'), updated_date: '2027-01-04T00:00:00Z' };
    const back = inStatus(worse, 'pending_review', '2027-01-05T00:00:00Z');
    const ofCreative = (creative: CreativeRecord) => impairments(mediaBuy({ packages }), around([creative]))[0];
    const [first, again] = [ofCreative(lost), ofCreative(worse)];
    expect(ofCreative(back)).toBeUndefined();
    expect(again).toMatchObject({ observed_at: '2027-01-03T00:00:00Z', transition: { to: 'rejected' } });
    expect(ofCreative(inStatus(back, 'rejected', '2027-01-06T00:00:00Z'))!.impairment_id).not.toBe(first!.impairment_id);
    const [other] = impairments(mediaBuy({ media_buy_id: 'mb_2', packages }), around([rejected('a', '2027-01-03T00:00:00Z')]));
    expect(again!.impairment_id).toBe(first!.impairment_id);
    expect(other!.impairment_id).not.toBe(first!.impairment_id);
  });
  it('come from suspended creatives and audiences too', () => {
    const targeted = packageRecord({
      package_id: 'p1',
      creative_assignments: [{ creative_id: 'a' }],
      targeting_overlay: { audience_include: ['vip'], audience_exclude: ['vip'] },
    });
    const open = impairments(
      mediaBuy({ packages: [targeted] }),
      around([creativeRecord('a', { status: 'suspended' })], [audienceRecord('vip', { forced_status: 'suspended', forced_reason: 'odd' })]),
    );
    expect(open).toHaveLength(2);
    expect(
      open.map(({ resource_type, transition, reason_code, package_ids }) => [resource_type, transition.to, reason_code, package_ids]),
    ).toEqual(
      expect.arrayContaining([
        ['creative', 'suspended', 'policy_violation', ['p1']],
        ['audience', 'suspended', 'policy_violation', ['p1']],
      ]),
    );
  });
  it('are not of what is unknown, of canceled packages, nor of ended buys', () => {
    const lost = around([rejected('a', '2027-01-03T00:00:00Z')]);
    expect(impairments(mediaBuy({ packages: [pack('p1', 'unknown')] }), lost)).toEqual([]);
    expect(
      impairments(mediaBuy({ packages: [packageRecord({ canceled: true, creative_assignments: [{ creative_id: 'a' }] })] }), lost),
    ).toEqual([]);
    expect(impairments(mediaBuy({ status: 'completed', packages: [pack('p1', 'a')] }), lost)).toEqual([]);
  });
});
