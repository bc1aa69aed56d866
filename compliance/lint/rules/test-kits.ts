/** Kits that lack what their storyboards, or every run, need of them. */
import { isObject, own } from '../../json/object.ts';
import { MERGE_KEY, mergeKeyWarnings } from '../../load/merge-keys.ts';
import type { TestKit } from '../../load/test-kit.ts';
import type { YamlNode } from '../../load/yaml-node.ts';
import { doubtful, type LintFinding, type LintRule, quoted, wrong } from '../rule.ts';
import type { LintedKit, LintedStep, LintedStoryboard } from '../suite.ts';
import { textOf, textsBelow } from '../texts.ts';

const REFERENCE = /^\$test_kit\.([\w.-]+)$/;

export const testKits: LintRule = ({ storyboards, kits }) => [
  ...kits.flatMap(shape), ...kits.flatMap(({ root }) => mergeKeyWarnings(MERGE_KEY, root).map(asError)), ...storyboards.flatMap(references),
];

/** As of a storyboard: whoever writes a file has to know. */
const asError = (warning: LintFinding): LintFinding => ({ ...warning, severity: 'error' });

function shape({ kit, root }: LintedKit): readonly LintFinding[] {
  const { document } = kit;
  const basic = own(document['auth'], 'basic');
  const at = root.member('auth')?.member('basic');
  const wrongBasic = basic !== undefined && at !== undefined && !isBasic(basic)
    ? [wrong('invalid_test_kit', at, 'auth.basic holds no credentials', 'write `username` and `password`, or `credentials: "user:password"`')] : [];
  if (kit.kind === 'contract') return wrongBasic;
  const domain = own(own(document['brand'], 'house'), 'domain');
  return [
    ...wrongBasic,
    ...(typeof domain === 'string' && domain.includes('.') ? [] : [doubtful(
      'invalid_test_kit', root.member('brand')?.member('house') ?? root.member('brand') ?? root,
      'the kit plays no brand', 'add `brand: { house: { domain: … } }`',
    )]),
    ...(typeof document['sandbox'] === 'boolean' || document['sandbox'] === undefined ? [] : [wrong(
      'invalid_test_kit', root.member('sandbox')!, 'sandbox is neither true nor false', 'write `false` for a kit that plays a live account',
    )]),
  ];
}

const isBasic = (basic: unknown): boolean => isObject(basic)
  && (/^[^:]+:./s.test(String(basic['credentials'] ?? '')) || (typeof basic['username'] === 'string' && typeof basic['password'] === 'string'));

/** What requests and tasks take from the kit has to be there, or the step has to know what else to do. */
function references({ kit, steps }: LintedStoryboard): readonly LintFinding[] {
  if (kit === undefined) return steps.flatMap((step) => taken(step)).map(({ path, at }) =>
    wrong('unknown_test_kit', at, `${path} is taken from a test kit, and the storyboard names none`, 'name one under `prerequisites`'));
  return steps.flatMap((step) => taken(step).filter(({ path }) => !isThere(kit, path) && !isGuarded(step, path)))
    .map(({ path, at }) => wrong('invalid_test_kit', at, `the test kit ${quoted(kit.id)} has no ${path}`, 'add it there, or correct the reference'));
}

function taken({ step, node }: LintedStep): readonly { readonly path: string; readonly at: YamlNode }[] {
  const task = step.task_default === undefined ? textsBelow(node.member('task')) : [];
  const auth = step.auth?.kind === 'kit_api_key' || step.auth?.kind === 'kit_basic'
    ? [{ path: step.auth.path, at: node.member('auth') ?? node }]
    : [];
  return [...auth, ...[...task, ...textsBelow(node.member('sample_request'))].flatMap(({ text, at }) => {
    const path = REFERENCE.exec(text)?.[1];
    return path === undefined ? [] : [{ path, at }];
  })];
}

/** A phase may be left out when the kit lacks something. */
const isGuarded = ({ phaseNode }: LintedStep, path: string): boolean => textOf(phaseNode, 'skip_if')?.text.includes(`test_kit.${path}`) === true;

const isThere = ({ document }: TestKit, path: string): boolean => path.split('.').reduce<unknown>(own, document) !== undefined;
