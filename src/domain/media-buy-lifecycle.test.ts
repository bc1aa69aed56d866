import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaBuy } from '../../test/support/media-buys.ts';
import { MEDIA_BUY_EDGES, type MediaBuyRecord, type MediaBuyStatus } from './media-buy.ts';
import { advanced, afterCoverage, forced, opened, ticked } from './media-buy-lifecycle.ts';

const BEFORE = '2026-12-15T00:00:00.000Z';
const DURING = '2027-01-15T00:00:00.000Z';
const AFTER = '2027-02-01T00:00:00.000Z';

function fresh(facts: { covered: boolean; now: string }, changes: Partial<MediaBuyRecord> = {}): MediaBuyRecord {
  const { status: _status, history: _history, ...draft } = mediaBuy(changes);
  return opened(draft, facts);
}

describe('a new media buy', () => {
  it('waits for creatives when no package has one', () => {
    expect(fresh({ covered: false, now: DURING }).status).toBe('pending_creatives');
  });
  it('waits for its start when it has them and the flight lies ahead', () => {
    expect(fresh({ covered: true, now: BEFORE }).status).toBe('pending_start');
  });
  it('is active when it has them and the flight has begun', () => {
    expect(fresh({ covered: true, now: DURING }).status).toBe('active');
  });
  it('keeps a hold hidden until nothing else holds it back', () => {
    const held = fresh({ covered: true, now: BEFORE }, { hold: true });
    expect(held.status).toBe('pending_start');
    expect(ticked(held, DURING).status).toBe('paused');
  });
  it('starts its history with its creation', () => {
    expect(fresh({ covered: true, now: DURING }).history).toEqual([
      { at: DURING, event: 'created', actor: 'buyer', status: 'active', revision: 1 },
    ]);
  });
});

describe('the clock', () => {
  it('starts and ends a flight at its boundaries, each as an event of its own, however late it is asked', () => {
    const late = ticked(fresh({ covered: true, now: BEFORE }), AFTER);
    expect(late.status).toBe('completed');
    expect(late.history.map(({ event, at }) => [event, at])).toEqual([
      ['created', BEFORE],
      ['flight_started', '2027-01-01T00:00:00Z'],
      ['flight_ended', '2027-02-01T00:00:00Z'],
    ]);
    expect(late.revision).toBe(1);
  });
  it('does not start a buy without creatives', () => {
    const waiting = fresh({ covered: false, now: BEFORE });
    expect(ticked(waiting, AFTER)).toBe(waiting);
  });
  it('ends a paused buy', () => {
    expect(ticked(mediaBuy({ status: 'paused', hold: true }), AFTER).status).toBe('completed');
  });
  it('gives the same object back when nothing is due', () => {
    const buy = fresh({ covered: true, now: BEFORE });
    expect(ticked(buy, BEFORE)).toBe(buy);
  });
});

describe('creatives that arrive', () => {
  it('let a waiting buy go on', () => {
    expect(afterCoverage(mediaBuy(), { covered: true }, BEFORE).status).toBe('pending_start');
    expect(afterCoverage(mediaBuy(), { covered: true }, DURING).status).toBe('active');
  });
  it('complete a buy whose flight has passed meanwhile, by way of active', () => {
    expect(afterCoverage(mediaBuy(), { covered: true }, AFTER).history.map(({ status }) => status)).toEqual(['active', 'completed']);
  });
  it('change nothing on a buy that does not wait for them', () => {
    const active = mediaBuy({ status: 'active' });
    expect(afterCoverage(active, { covered: false }, DURING)).toBe(active);
    expect(afterCoverage(active, { covered: true }, DURING)).toBe(active);
  });
});

describe('a change by the buyer', () => {
  it('pauses and resumes an active buy', () => {
    const paused = advanced(mediaBuy({ status: 'active', hold: true }), 'paused', 'buyer', { covered: true, now: DURING });
    expect(paused.status).toBe('paused');
    expect(advanced({ ...paused, hold: false }, 'resumed', 'buyer', { covered: true, now: DURING }).status).toBe('active');
  });
  it('never sends a buy back to wait for creatives or for its start', () => {
    const moved = mediaBuy({ status: 'active', start_time: '2027-01-20T00:00:00Z' });
    expect(advanced(moved, 'updated', 'buyer', { covered: false, now: DURING }).status).toBe('active');
    expect(advanced(mediaBuy({ status: 'pending_start' }), 'updated', 'buyer', { covered: false, now: BEFORE }).status).toBe(
      'pending_start',
    );
  });
  it('cancels from every status that has not ended', () => {
    for (const status of ['pending_creatives', 'pending_start', 'active', 'paused'] as const)
      expect(advanced(mediaBuy({ status }), 'canceled', 'buyer', { covered: false, now: DURING }).status).toBe('canceled');
  });
  it('leaves an ended buy alone', () => {
    const ended = mediaBuy({ status: 'completed' });
    expect(advanced(ended, 'canceled', 'buyer', { covered: true, now: DURING })).toBe(ended);
  });
});

describe('a forced status', () => {
  it('follows the legal edges and counts a revision', () => {
    const active = forced(mediaBuy(), 'active', BEFORE) as MediaBuyRecord;
    expect(active).toMatchObject({ status: 'active', revision: 2 });
    expect(forced(active, 'completed', BEFORE)).toMatchObject({ status: 'completed' });
  });
  it('is illegal against the edges and out of an end', () => {
    expect(forced(mediaBuy(), 'completed', BEFORE)).toBe('illegal');
    expect(forced(mediaBuy({ status: 'completed' }), 'active', BEFORE)).toBe('illegal');
    expect(forced(mediaBuy({ status: 'canceled' }), 'canceled', BEFORE)).toBe('illegal');
  });
  it('changes nothing when the buy is there already', () => {
    const buy = mediaBuy();
    expect(forced(buy, 'pending_creatives', BEFORE)).toBe(buy);
  });
  it('keeps the reason of a rejection and of a cancellation', () => {
    expect(forced(mediaBuy(), 'rejected', BEFORE, 'brand safety')).toMatchObject({ rejection_reason: 'brand safety' });
    expect(forced(mediaBuy(), 'canceled', BEFORE, 'inventory gone')).toMatchObject({
      cancellation: { canceled_at: BEFORE, canceled_by: 'seller', reason: 'inventory gone' },
    });
  });
  it('stands against the clock until the next change', () => {
    const early = forced(mediaBuy({ status: 'pending_creatives' }), 'pending_start', DURING) as MediaBuyRecord;
    expect(ticked(early, DURING)).toBe(early);
    expect(advanced(early, 'updated', 'buyer', { covered: true, now: DURING }).status).toBe('active');
    const paused = forced(mediaBuy({ status: 'active' }), 'paused', DURING) as MediaBuyRecord;
    expect(advanced(paused, 'updated', 'buyer', { covered: true, now: DURING }).status).toBe('paused');
  });
});

describe('any run of events', () => {
  const status = fc.constantFrom<MediaBuyStatus>(
    'pending_creatives',
    'pending_start',
    'active',
    'paused',
    'completed',
    'rejected',
    'canceled',
  );
  const moment = fc.integer({ min: 0, max: 60 }).map((days) => new Date(Date.parse(BEFORE) + days * 86_400_000).toISOString());
  const step = fc.oneof(
    fc.record({ kind: fc.constant('tick' as const), now: moment }),
    fc.record({ kind: fc.constant('cover' as const), covered: fc.boolean(), now: moment }),
    fc.record({
      kind: fc.constant('change' as const),
      event: fc.constantFrom('updated' as const, 'paused' as const, 'resumed' as const, 'canceled' as const),
      covered: fc.boolean(),
      now: moment,
    }),
    fc.record({ kind: fc.constant('force' as const), status, now: moment }),
  );

  it('moves along the legal edges only, and never leaves an end', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.array(step, { maxLength: 12 }), (covered, steps) => {
        let buy = fresh({ covered, now: BEFORE });
        for (const each of steps) {
          if (each.kind === 'tick') buy = ticked(buy, each.now);
          else if (each.kind === 'cover') buy = afterCoverage(buy, each, each.now);
          else if (each.kind === 'change') {
            const hold = each.event === 'paused' || (buy.hold && each.event !== 'resumed');
            buy = advanced({ ...buy, hold }, each.event, 'buyer', each);
          } else {
            const moved = forced(buy, each.status, each.now);
            buy = moved === 'illegal' ? buy : moved;
          }
        }
        expect(buy.history.at(-1)!.status).toBe(buy.status);
        for (const [at, { status: to }] of buy.history.entries()) {
          const from = at === 0 ? 'pending_creatives' : buy.history[at - 1]!.status;
          expect([from, ...MEDIA_BUY_EDGES[from]]).toContain(to);
        }
      }),
    );
  });
});
