/** Holds a rule of `lint` to texts in which `«` stands where it has to find something. */
import { join } from 'node:path';
import { expect } from 'vitest';
import { openSchemaFolder } from '../../src/protocol/schema-catalogue.ts';
import { openSource } from '../../compliance/cli/bundle-option.ts';
import { folderSource } from '../../compliance/load/folder-source.ts';
import { lintBundle } from '../../compliance/lint/lint-bundle.ts';
import { type RuleId } from '../../compliance/lint/rule-table.ts';
import type { Problem } from '../../compliance/problem.ts';
import { storyboardYaml, writeBundle } from './judge.ts';

const SCHEMAS = join(import.meta.dirname, '../../schemas');
/** Shared by the tests of a file, so that each schema is compiled once. */
const catalogue = openSchemaFolder(SCHEMAS);
const MARK = '«';

/** Files of a bundle by their path; one text stands for a single universal storyboard. */
export type LintedFiles = string | Readonly<Record<string, string>>;

/** The rule finds something at each mark and nowhere else. Gives the messages. */
export function expectFound(rule: RuleId, files: LintedFiles): readonly string[] {
  const { found, marked } = lint(rule, files);
  expect(marked.length, 'marks in the text').toBeGreaterThan(0);
  expect(found.map(placeOf)).toEqual(marked);
  return found.map(({ severity, message }) => `${severity}: ${message}`);
}

/** The files load, and the rule finds nothing in them. */
export function expectClean(rule: RuleId, files: LintedFiles): void {
  const { found, others } = lint(rule, files);
  expect([...found, ...others.filter(({ severity }) => severity === 'error')].map((each) => `${each.code} ${placeOf(each)} ${each.message}`)).toEqual([]);
}

/** A storyboard of one phase. `steps` begin with `- id:`, indented by nothing. */
export function board(steps: string, head = '', id = 'a'): string {
  return storyboardYaml(id, `${steps.trim().split('\n').map((line) => `      ${line}`).join('\n')}\n`, head);
}

function lint(rule: RuleId, files: LintedFiles) {
  const texts = typeof files === 'string' ? { 'universal/a.yaml': files } : files;
  const marked = Object.entries(texts).toSorted(([a], [b]) => (a < b ? -1 : 1)).flatMap(([path, text]) => marksOf(path, text));
  const bundle = writeBundle(Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, text.replaceAll(MARK, '')])));
  try {
    const source = { ...folderSource({ compliance: bundle.folder, schemas: SCHEMAS }, bundle.folder), schemas: catalogue };
    const problems = lintBundle(openSource(source), source);
    return { marked, found: problems.filter(({ code }) => code === rule), others: problems.filter(({ code }) => code !== rule) };
  } finally {
    bundle.remove();
  }
}

const placeOf = ({ location }: Problem): string => `${location.file}:${location.line}:${location.column}`;

function marksOf(path: string, text: string): readonly string[] {
  return text.split('\n').flatMap((line, at) =>
    [...line.matchAll(new RegExp(MARK, 'g'))].map(({ index }, earlier) => `${path}:${at + 1}:${index + 1 - earlier}`));
}
