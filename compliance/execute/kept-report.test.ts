import { expect, test } from 'vitest';
import type { FailedFinding, StepReport } from '../step-report.ts';
import { keptReport } from './kept-report.ts';

const location = { file: 's.yaml', line: 1, column: 1, source: '' };
/** So many characters as JSON. */
const text = (characters: number): string => 'x'.repeat(characters - 2);
const FINDING: FailedFinding = { kind: 'failed', subject: 'a', problem: 'b', json_pointer: null };

function kept(finding: Partial<FailedFinding>, payload: unknown = {}): { readonly report: StepReport; readonly finding: FailedFinding } {
  const report = keptReport({
    address: { storyboard_id: 's', phase_id: 'p', step_id: 'a' }, task: 't', title: '', outcome: { kind: 'passed' }, duration_ms: 0, prerequisite: false, location,
    validations: [{ check: 'c', description: '', severity: 'required', finding: { ...FINDING, ...finding }, location }],
    extraction: { path: 'none' }, request: { transport: 'mcp', operation: 't', payload, url: 'u' }, response: { payload },
  });
  return { report, finding: report.validations[0]!.finding as FailedFinding };
}

test('a payload of 256 Ki characters is kept, and one more is told by its size', () => {
  const { report } = kept({}, text(262_144));
  expect([report.request?.payload, report.response?.payload]).toEqual([text(262_144), text(262_144)]);
  const larger = kept({}, text(262_145)).report;
  expect([larger.request?.payload, larger.response?.payload]).toEqual(['[omitted: 262145 characters of JSON]', '[omitted: 262145 characters of JSON]']);
});

test('so is every value that a check shows, above 64 Ki characters', () => {
  const [fits, tooLarge, omitted] = [text(65_536), text(65_537), '[omitted: 65537 characters of JSON]'];
  const all = (value: string) => ({ expected: value, actual: value, exchange: { request: value, response: value } });
  expect(kept(all(fits)).finding).toMatchObject(all(fits));
  expect(kept(all(tooLarge)).finding).toMatchObject(all(omitted));
});

test('what a check does not have to show is not made up', () => {
  expect(Object.keys(kept({}).finding)).toEqual(Object.keys(FINDING));
});
