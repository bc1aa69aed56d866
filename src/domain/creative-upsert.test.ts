import { expect, test } from 'vitest';
import { accountRecord, creativeRecord } from '../../test/support/library-records.ts';
import type { CreativeStatus } from './creative.ts';
import { removed, upserted } from './creative-upsert.ts';

const LATER = '2026-11-21T00:00:00.000Z';
const account = accountRecord('acct_test');

test('approves a new creative at once, without what belongs to an assignment', () => {
  const { creative } = creativeRecord('a');
  const upsert = upserted({ ...creative, weight: 3, status: 'rejected', placement_ids: ['top'] }, undefined, account, LATER);
  expect(upsert).toEqual({
    action: 'created',
    status: 'approved',
    changes: [],
    record: { ...creativeRecord('a'), created_date: LATER, updated_date: LATER },
  });
});

test('leaves alone a creative that comes again as it was, in whatever order of members', () => {
  const known = creativeRecord('a');
  const again = Object.fromEntries(Object.entries(known.creative).toReversed()) as typeof known.creative;
  expect(upserted(again, known, account, LATER)).toEqual({ action: 'unchanged', status: 'approved', changes: [], record: known });
});

test('names the members that differ, those that are gone among them', () => {
  const known = creativeRecord('a', {}, { tags: ['x'] });
  const { tags: _gone, ...rest } = known.creative;
  const { action, changes, record } = upserted({ ...rest, name: 'New' }, known, account, LATER);
  expect([action, changes, record.updated_date, record.created_date, record.creative.tags]).toEqual([
    'updated',
    ['name', 'tags'],
    LATER,
    known.created_date,
    undefined,
  ]);
});

test.each<[CreativeStatus, CreativeStatus, CreativeStatus]>([
  ['approved', 'approved', 'approved'],
  ['rejected', 'pending_review', 'approved'],
  ['processing', 'pending_review', 'approved'],
  ['pending_review', 'approved', 'approved'],
  ['archived', 'approved', 'approved'],
  ['suspended', 'suspended', 'suspended'],
])('a %s creative that is sent again is told as %s and read as %s', (before, told, read) => {
  const known = creativeRecord('a', { status: before, rejection_reason: 'too loud' });
  const { status, record } = upserted({ ...known.creative, name: 'New' }, known, account, LATER);
  expect([status, record.status, record.rejection_reason]).toEqual([told, read, before === read ? 'too loud' : undefined]);
});

test.each<[CreativeStatus, string, CreativeStatus]>([
  ['approved', 'a name', 'approved'],
  ['approved', 'what it shows', 'pending_review'],
  ['archived', 'a name', 'approved'],
  ['archived', 'what it shows', 'pending_review'],
  ['pending_review', 'a name', 'pending_review'],
  ['rejected', 'a name', 'pending_review'],
  ['suspended', 'what it shows', 'suspended'],
])('where people look, a %s creative that comes again with %s changed is %s', (before, changed, after) => {
  const known = creativeRecord('a', { status: before });
  const again = changed === 'a name' ? { ...known.creative, name: 'New' } : { ...known.creative, assets: { headline: { asset_type: 'text', content: 'x' } } };
  const { status, record } = upserted(again as typeof known.creative, known, account, LATER, true);
  expect([status, record.status, record.content_at]).toEqual([after, after, changed === 'a name' ? undefined : LATER]);
});

test('where people look, a new creative waits', () => {
  expect(upserted(creativeRecord('a').creative, undefined, account, LATER, true)).toMatchObject({ action: 'created', status: 'pending_review', record: { status: 'pending_review' } });
});

test('archives what was approved, and deletes the rest', () => {
  expect(removed(creativeRecord('a'), LATER)).toMatchObject({ kind: 'archived', record: { status: 'archived', updated_date: LATER } });
  expect(
    (['processing', 'pending_review', 'rejected', 'suspended'] as const).map(
      (status) => removed(creativeRecord('a', { status }), LATER).kind,
    ),
  ).toEqual(Array(4).fill('deleted'));
});
