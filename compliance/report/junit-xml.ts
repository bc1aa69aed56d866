/** The XML that build servers read as JUnit's: testsuites, testsuite, properties, testcase, failure, error, skipped. */
import { attributes, escapeMarkup } from './markup.ts';

export interface TestSuite {
  readonly name: string;
  readonly durationMs: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly cases: readonly TestCase[];
}

export interface TestCase {
  readonly name: string;
  readonly classname: string;
  readonly durationMs: number;
  readonly file?: string;
  readonly line?: number;
  readonly result: CaseResult;
}

export type CaseResult =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped'; readonly message: string }
  | { readonly kind: 'failure' | 'error'; readonly type: string; readonly message: string; readonly text: string };

/** @param timestamp local to UTC, to the second: `2026-01-01T00:00:00` */
export function junitXml(name: string, timestamp: string, suites: readonly TestSuite[]): string {
  const all = suites.flatMap(({ cases }) => cases);
  const time = seconds(Math.max(0, ...suites.map(({ durationMs }) => durationMs)));
  const { tests, failures, errors } = counts(all);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${attributes({ name, tests, failures, errors, time })}>`,
    ...suites.map((suite) => suiteXml(suite, timestamp)), '</testsuites>', '',
  ].join('\n');
}

function suiteXml({ name, durationMs, properties, cases }: TestSuite, timestamp: string): string {
  const listed = Object.entries(properties).map(([key, value]) => `      <property${attributes({ name: key, value })}/>`);
  return [
    `  <testsuite${attributes({ name, ...counts(cases), time: seconds(durationMs), timestamp })}>`,
    ...(listed.length === 0 ? [] : ['    <properties>', ...listed, '    </properties>']), ...cases.map(caseXml), '  </testsuite>',
  ].join('\n');
}

function caseXml({ name, classname, durationMs, file, line, result }: TestCase): string {
  const open = `    <testcase${attributes({ name, classname, time: seconds(durationMs), file, line })}`;
  switch (result.kind) {
    case 'passed': return `${open}/>`;
    case 'skipped': return `${open}>\n      <skipped${attributes({ message: result.message })}/>\n    </testcase>`;
    case 'failure':
    case 'error': {
      const { kind, type, message, text } = result;
      return `${open}>\n      <${kind}${attributes({ message, type })}>${escapeMarkup(text)}</${kind}>\n    </testcase>`;
    }
  }
}

function counts(cases: readonly TestCase[]): { tests: number; failures: number; errors: number; skipped: number } {
  const count = (kind: CaseResult['kind']): number => cases.filter(({ result }) => result.kind === kind).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
