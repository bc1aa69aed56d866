/**
 * What a bundle has to know of a storyboard before it is needed: its id, what it refers to, how long it is. Read off the text
 * without parsing it, so that a run parses only the files that it runs. Files that are not written in the ordinary way
 * (block style, plain ids) are left to the parser.
 */
import type { ReadStoryboard } from './read-storyboard.ts';
import { YamlLines } from './yaml-lines.ts';

export type Outline =
  | {
    readonly kind: 'storyboard';
    readonly id: string;
    readonly track: string;
    readonly protocol?: string;
    /** Path of its test kit below the bundle's root. */
    readonly test_kit?: string;
    readonly requires_scenarios: readonly string[];
    readonly steps: number;
  }
  /** Another document of the universal folder. */
  | { readonly kind: 'ignored' }
  | { readonly kind: 'broken'; readonly id?: string };

/**
 * The outline of a storyboard file, undefined when only the parser can tell. A file that is broken inside has one too: that it
 * is broken shows when it is read.
 */
export function scanOutline(text: string, ignoreWithoutPhases: boolean): Outline | undefined {
  const document = YamlLines.document(text);
  if (document?.isEmpty === true && ignoreWithoutPhases) return { kind: 'ignored' };
  const root = document?.members();
  if (root === undefined) return undefined;
  const phases = root.get('phases');
  if (phases === undefined) return ignoreWithoutPhases ? { kind: 'ignored' } : undefined;
  const [id, track, protocol] = [root.get('id')?.word(), optional(root.get('track')), optional(root.get('protocol'))];
  const [scenarios, kit, steps] = [words(root.get('requires_scenarios')), testKit(root.get('prerequisites')), countSteps(phases)];
  if (id === undefined || track === undefined || protocol === undefined || scenarios === undefined || kit === undefined || steps === undefined)
    return undefined;
  return {
    kind: 'storyboard', id, track: track ?? UNTRACKED, requires_scenarios: scenarios, steps, ...(protocol !== null && { protocol }),
    ...(kit !== null && { test_kit: kit }),
  };
}

/** The outline that a parsed file has. */
export function outlineOf(reading: ReadStoryboard): Outline {
  if (reading.kind === 'ignored') return { kind: 'ignored' };
  if (reading.kind === 'broken') return { kind: 'broken', ...(reading.id !== undefined && { id: reading.id }) };
  const { id, track, protocol, test_kit: kit, requires_scenarios: scenarios, phases } = reading.storyboard;
  return {
    kind: 'storyboard', id, track, requires_scenarios: scenarios.map((reference) => reference.id),
    steps: phases.reduce((sum, phase) => sum + phase.steps.length, 0), ...(protocol !== undefined && { protocol }),
    ...(kit !== undefined && { test_kit: kit.path }),
  };
}

/** The track of a storyboard that names none. */
const UNTRACKED = 'untracked';

/** Null when it is absent, undefined when only the parser can read it. */
const optional = (member: YamlLines | undefined): string | null | undefined => (member === undefined ? null : member.word());

function words(list: YamlLines | undefined): readonly string[] | undefined {
  if (list === undefined || list.isEmptyList) return [];
  const found = list.items()?.map((item) => item.word());
  return found === undefined || found.includes(undefined) ? undefined : (found as string[]);
}

/** Null when there is none. */
function testKit(prerequisites: YamlLines | undefined): string | null | undefined {
  if (prerequisites === undefined) return null;
  const members = prerequisites.members();
  if (members === undefined) return undefined;
  return optional(members.get('test_kit'));
}

function countSteps(phases: YamlLines): number | undefined {
  if (phases.isEmptyList) return 0;
  let count = 0;
  for (const phase of phases.items() ?? [undefined]) {
    const members = phase?.members();
    if (members === undefined) return undefined;
    const steps = members.get('steps');
    if (steps === undefined || steps.isEmptyList) continue;
    const items = steps.items();
    if (items === undefined) return undefined;
    count += items.length;
  }
  return count;
}
