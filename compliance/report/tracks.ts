import type { StoryboardRecord } from './run-record.ts';
import { verdictOf } from './run-record.ts';

export type TrackStatus = 'pass' | 'fail' | 'partial' | 'skip' | 'silent' | 'incomplete';
export type OverallStatus = 'passing' | 'failing' | 'partial';

/** The status of each track, by the outcomes of its storyboards. */
export function trackStatuses(storyboards: Iterable<StoryboardRecord>): Readonly<Record<string, TrackStatus>> {
  const byTrack = new Map<string, StoryboardRecord[]>();
  for (const storyboard of storyboards) byTrack.set(storyboard.track, [...(byTrack.get(storyboard.track) ?? []), storyboard]);
  return Object.fromEntries([...byTrack].sort(([a], [b]) => (a < b ? -1 : 1)).map(([track, records]) => [track, statusOf(records)]));
}

export function overallStatus(tracks: Readonly<Record<string, TrackStatus>>): OverallStatus {
  const attempted = new Set(Object.values(tracks).filter((status) => status !== 'skip'));
  if (attempted.size === 0 || attempted.has('incomplete')) return 'partial';
  if (!attempted.has('fail') && !attempted.has('partial') && !attempted.has('silent')) return 'passing';
  return attempted.has('pass') || attempted.has('partial') ? 'partial' : 'failing';
}

function statusOf(records: readonly StoryboardRecord[]): TrackStatus {
  const verdicts = records.map(verdictOf);
  const outcomes = records.flatMap(({ reports }) => [...reports.values()]).map(({ outcome }) => outcome);
  if (verdicts.includes('incomplete')) return 'incomplete';
  if (outcomes.length === 0) return 'skip';
  if (outcomes.some((outcome) => outcome.kind === 'failed' && outcome.counted))
    return outcomes.some(({ kind }) => kind === 'passed') ? 'partial' : 'fail';
  if (outcomes.every(({ kind }) => kind === 'skipped')) return 'skip';
  if (verdicts.includes('failed') || verdicts.includes('unproven')) return 'partial';
  const observed = records.flatMap(({ invariants }) => invariants);
  return observed.length > 0 && observed.every(({ observation_count }) => observation_count === 0) ? 'silent' : 'pass';
}
