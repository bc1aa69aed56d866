/** Failures that are known: they do not fail a run, new ones do, and so does a known one that is none any more. */
import { Document, isMap, isNode, isSeq, parse, parseDocument } from 'yaml';
import { isObject } from '../json/object.ts';
import { formatAddress } from '../step-report.ts';
import type { RunRecord } from './run-record.ts';
import { verdictOf } from './run-record.ts';

/** `address`: a step (`ID#phase/step`), or a storyboard (`ID`) that stays unproven. */
export interface BaselineEntry {
  readonly address: string;
  readonly reason?: string;
}

export type ReadBaseline =
  | { readonly kind: 'baseline'; readonly entries: readonly BaselineEntry[] }
  | { readonly kind: 'refused'; readonly problem: string };

export interface BaselineComparison {
  readonly known: readonly string[];
  /** Failures that the baseline does not name. */
  readonly fresh: readonly string[];
  /** Entries that passed. */
  readonly mended: readonly string[];
  /** Entries that this run did not grade. */
  readonly ungraded: readonly string[];
}

export interface ComparedBaseline {
  readonly entries: readonly BaselineEntry[];
  readonly comparison: BaselineComparison;
}

/** Reads a baseline: a list in YAML or JSON, of addresses or of `{step, reason}`. */
export function readBaseline(text: string): ReadBaseline {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    return { kind: 'refused', problem: error instanceof Error ? error.message.split('\n')[0]! : 'cannot be read' };
  }
  const list = isObject(value) ? value['known_failures'] : value;
  if (list === null || list === undefined) return { kind: 'baseline', entries: [] };
  if (!Array.isArray(list)) return { kind: 'refused', problem: 'holds no list under known_failures' };
  const entries = list.map(entryOf);
  const wrong = entries.findIndex((entry) => entry === undefined);
  return wrong >= 0
    ? { kind: 'refused', problem: `entry ${wrong + 1} is neither an address nor has a member step` }
    : { kind: 'baseline', entries: entries as BaselineEntry[] };
}

function entryOf(entry: unknown): BaselineEntry | undefined {
  if (typeof entry === 'string' && entry !== '') return { address: entry };
  if (!isObject(entry) || typeof entry['step'] !== 'string') return undefined;
  return { address: entry['step'], ...(typeof entry['reason'] === 'string' && { reason: entry['reason'] }) };
}

/**
 * The failures of a run as the text of a baseline, in the order of their addresses. Entries of the earlier text that still fail, or
 * that this run did not grade, keep their reasons and comments; so does the top of the file.
 */
export function writeBaseline(record: RunRecord, earlier: string): string {
  const before = parseDocument(earlier);
  const list = isMap(before.contents) ? before.get('known_failures') : before.contents;
  const items = new Map((isSeq(list) ? list.items.filter(isNode) : []).flatMap((item, i) => {
    const entry = entryOf(item.toJS(before));
    const comments = [i === 0 && isSeq(list) ? list.commentBefore : undefined, item.commentBefore, item.comment].filter((each) => each != null);
    return entry === undefined ? [] : [[entry.address, { ...entry, comment: comments.join('\n') }] as const];
  }));
  const failing = failingAddresses(record);
  const graded = gradedAddresses(record);
  const ungraded = [...items.keys()].filter((address) => !graded.has(address));
  const after = new Document({ known_failures: [] });
  after.set('known_failures', [...new Set([...failing, ...ungraded])].sort().map((step) => {
    const kept = items.get(step);
    const node = after.createNode({ step, ...(kept?.reason !== undefined && { reason: kept.reason }) });
    return Object.assign(node, { commentBefore: kept?.comment });
  }));
  return `${/^(?:\s*(?:#.*)?\n)*/.exec(earlier)![0]}${after.toString({ lineWidth: 0 })}`;
}

export function compareBaseline(record: RunRecord, entries: readonly BaselineEntry[]): BaselineComparison {
  const named = new Set(entries.map(({ address }) => address));
  const failing = failingAddresses(record);
  const graded = gradedAddresses(record);
  return {
    known: failing.filter((address) => named.has(address)), fresh: failing.filter((address) => !named.has(address)),
    mended: [...named].filter((address) => graded.get(address) === 'passed'),
    ungraded: [...named].filter((address) => !graded.has(address)),
  };
}

/** Steps that failed and count, and storyboards that stayed unproven. */
export function failingAddresses(record: RunRecord): readonly string[] {
  const steps = record.reports.filter(
    ({ outcome }) => outcome.kind === 'failed' && outcome.counted
  ).map(({ address }) => formatAddress(address));
  const unproven = [...record.storyboards.values()].filter((storyboard) => verdictOf(storyboard) === 'unproven').map(({ id }) => id);
  return [...steps, ...unproven];
}

/** What was shown about each address: a skipped step shows nothing. */
function gradedAddresses(record: RunRecord): ReadonlyMap<string, 'passed' | 'failed'> {
  const graded = new Map<string, 'passed' | 'failed'>();
  for (const { address, outcome } of record.reports)
    if (outcome.kind !== 'skipped') graded.set(formatAddress(address), outcome.kind);
  for (const storyboard of record.storyboards.values()) {
    const verdict = verdictOf(storyboard);
    if (verdict === 'passed') graded.set(storyboard.id, 'passed');
    if (verdict === 'unproven' || verdict === 'failed') graded.set(storyboard.id, 'failed');
  }
  return graded;
}
