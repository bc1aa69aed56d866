/** Members that mean something elsewhere and do nothing where they stand. */
import { CONTRACT_TASKS } from '../../pseudo-tasks.ts';
import { doubtful, type LintFinding, type LintRule, quoted } from '../rule.ts';
import { type LintedStep, mapsOf } from '../suite.ts';

const words = (text: string): readonly string[] => text.split(' ');
const ANY = words('id check description severity expires_after_version permanent_advisory remediation $comment');

/** What each kind of check reads, beside what all have. */
const READ: Readonly<Record<string, readonly string[]>> = {
  response_schema: [], status_code: [], resource_equals_agent_url: [], replay_not_cached_rate_limit: [],
  ...Object.fromEntries(['', 'envelope_'].flatMap((scope) => [
    [`${scope}field_present`, ['path']], [`${scope}field_absent`, ['path']], [`${scope}field_pattern`, ['path', 'pattern']],
    [`${scope}field_value`, words('path value allowed_values')], [`${scope}field_value_or_absent`, words('path value allowed_values')],
  ])),
  field_contains: words('path value allowed_values'), field_equals_context: words('path context_key'),
  field_less_than: words('path value context_key'),
  error_code: words('value allowed_values'), http_status: words('value allowed_values'), http_status_in: words('value allowed_values'),
  on_401_require_header: ['value'], any_of: ['allowed_values'], refs_resolve: words('source target match_keys scope on_out_of_scope'),
  canonical_format_satisfaction: words('path value'), cross_response_field_equal: ['path'],
  cross_response_count_distinct: words('path allowed_values'),
  upstream_traffic: words('min_count endpoint_pattern payload_must_contain identifier_paths purpose_filter since attestation_mode_required'),
};

const WEBHOOK = /^expect_(?:no_)?webhook/;
/** Members of a step that only some tasks read. */
const ONLY_FOR: readonly (readonly [members: readonly string[], isRead: (linted: LintedStep) => boolean, who: string])[] = [
  [
    [
      'triggered_by', 'filter', 'expect_idempotency_key', 'expect_max_deliveries_per_logical_event', 'retry_trigger', 'expect_min_deliveries',
      'require_tag', 'verify_signature_on_every_delivery',
    ],
    ({ step }) => WEBHOOK.test(step.task), 'a step that expects webhooks',
  ],
  [['timeout_seconds'], ({ step }) => CONTRACT_TASKS.has(step.task), 'a step that waits'],
  [
    words('source source_path macro_template catalog_bindings require_every_binding_observed'),
    ({ step }) => step.task === 'expect_substitution_safe', 'expect_substitution_safe',
  ],
  [words('vector_ref same_event_as expected_error'), ({ step }) => step.task === 'replay_webhook_vector', 'replay_webhook_vector'],
  [['task_default'], ({ step }) => step.task.startsWith('$'), 'a task that the kit names'],
  [['contributes_if'], ({ step }) => step.contributes_to !== undefined, 'a step that contributes'],
];

export const idleMembers: LintRule = ({ storyboards }) => storyboards.flatMap(({ steps }) => steps.flatMap((linted) => [
  ...ONLY_FOR.filter(([, isRead]) => !isRead(linted)).flatMap(([members, , who]) => members.flatMap((member) => idle(linted, member, who))),
  ...mapsOf(linted.node.member('validations')).flatMap((check) => {
    const kind = check.member('check')?.value;
    const read = typeof kind === 'string' && Object.hasOwn(READ, kind) ? READ[kind] : undefined;
    return read === undefined ? [] : check.members().filter(([name]) => !ANY.includes(name) && !read.includes(name) && KNOWN.has(name))
      .map(([name, at]) => doubtful('idle_member', at, `${kind} does not look at ${quoted(name)}`, 'remove it, or take another kind of check'));
  }),
]));

function idle({ node }: LintedStep, member: string, who: string): readonly LintFinding[] {
  const at = node.member(member);
  return at === undefined ? [] : [doubtful('idle_member', at, `only ${who} looks at ${member}`, 'remove it')];
}

/** Of others the loader says that nobody reads them. */
const KNOWN: ReadonlySet<string> = new Set(Object.values(READ).flat());
