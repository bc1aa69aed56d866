import { KNOWN_CHECKS } from '../../judge/checks/registry.ts';
import { any, anyMap, anything, either, formed, has, is, listOf, map, oneText, type Schema, text, texts, when, whole } from './words.ts';

const SEMVER = '^\\d+\\.\\d+\\.\\d+(?:-[\\w.-]+)?$';
const SEGMENT = '[A-Za-z_][A-Za-z0-9_-]*(?:\\[\\*\\])?';
/** A path that begins with a member of the request, not with what holds it. */
const IDENTIFIER_PATH = `^(?!(?:request|response|context)(?:\\[\\*\\])?(?:\\.|$))${SEGMENT}(?:\\.${SEGMENT})*$`;
const PLACE = { description: 'Where the objects are: in this answer or in the context.', type: 'object', required: ['from'], properties: {
  from: { enum: ['current_step', 'context'] },
  path: { type: 'string', description: 'Path to them; `[*]` stands for every entry of a list.' },
} };

/** One entry of `validations`. */
export const check: Schema = {
  description: 'Something that has to be true of the answer.',
  ...map({
    check: oneText([...KNOWN_CHECKS].sort(), 'The kind of check. One that the judge does not know grades nothing.'),
    id: text('Name of the check in reports.'),
    description: text('What a reader of the report is told.'),
    path: { description: 'Where to look: `media_buys[0].status`. Only `field_contains` and checks over several answers take `[*]`.', type: 'string' },
    value: anything('What is expected there; `$context.x` stands for something captured.'),
    allowed_values: { description: 'Any one of these is right.', type: 'array' },
    pattern: { description: 'Regular expression that the text at the path matches.', type: 'string' },
    context_key: text('Name of a captured value that it has to equal.'),
    severity: { ...oneText(['required', 'advisory'], 'A failed advisory check is shown and not counted.'), default: 'required' },
    expires_after_version: formed(SEMVER, 'Version of AdCP from which the advisory check counts.'),
    permanent_advisory: {
      description: 'Why the check stays advice.', type: 'object', required: ['reason'], properties: { reason: { type: 'string', minLength: 1 } },
    },
    remediation: text('What a seller can do about a failure.'),
    source: PLACE, target: PLACE,
    match_keys: texts('Members in which source and target have to agree.'),
    scope: anyMap('Which sources are looked at: those whose `key` equals `equals`.'),
    on_out_of_scope: oneText(['warn', 'ignore', 'fail'], 'What becomes of the other sources.'),
    min_count: whole(0, Number.MAX_SAFE_INTEGER, 'How many recorded calls there are at least; 0: none at all.'),
    endpoint_pattern: text('Method and URL of the calls, with `*` for any text.'),
    payload_must_contain: listOf({
      type: 'object', required: ['path'],
      properties: { path: { type: 'string' }, match: { enum: ['present', 'equals', 'contains_any'] }, value: {}, allowed_values: { type: 'array' } },
    }, 'What the body of a recorded call holds.'),
    identifier_paths: listOf({ type: 'string', pattern: IDENTIFIER_PATH }, 'Places in the request whose values have to have left the seller.'),
    purpose_filter: text('Only calls that were made for this purpose.'),
    since: text('Id of the step with which the window begins; default: this one.'),
    attestation_mode_required: oneText(['raw'], 'Digests of calls are not enough.'),
  }, ['check'], [
    when(is('check', 'field_value_or_absent'), any(has('value'), has('allowed_values'))),
    when(is('severity', 'advisory'), either(has('expires_after_version'), has('permanent_advisory'))),
  ]),
};
