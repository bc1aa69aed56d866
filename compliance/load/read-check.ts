import { isObject } from '../json/object.ts';
import { parsePath } from '../json/path.ts';
import type { Check, Severity } from '../storyboard.ts';
import type { FieldReader } from './field-reader.ts';
import { CHECK_MEMBERS } from './members.ts';

const SEMVER = /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/;
const IDENTIFIER_SEGMENT = /^[A-Za-z_][A-Za-z0-9_-]*(?:\[\*\])?$/;
/** Checks that look at a path, and whether it may have wildcards. */
const FIELD_CHECKS: ReadonlyMap<string, boolean> = new Map([
  ...['field_present', 'field_absent', 'field_value', 'field_value_or_absent', 'field_pattern'].flatMap(
    (name) => [[name, false], [`envelope_${name}`, false]] as const
  ),
  ['field_equals_context', false], ['field_less_than', false], ['field_contains', true],
]);
const RESERVED_ROOTS = new Set(['request', 'response', 'context']);

/** Reads one entry of `validations`. `isKnown` tells the kinds of check that the judge grades. */
export function readCheck(reader: FieldReader, isKnown: (check: string) => boolean): Check {
  reader.warnUnknown(CHECK_MEMBERS, 'a check');
  const check = reader.requiredText('check');
  const id = reader.text('id');
  const remediation = reader.text('remediation');
  if (check !== '' && !isKnown(check))
    reader.warn(
      'unknown_check', `check ${JSON.stringify(check)} is unknown and grades nothing`, 'correct its name, or expect a ? in the result',
      reader.at('check')
    );
  if (check === 'field_value_or_absent' && !reader.has('value') && !reader.has('allowed_values'))
    reader.refuse('missing_field', 'field_value_or_absent expects nothing', 'add `value` or `allowed_values`');
  warnPath(reader, check);
  readIdentifierPaths(reader);
  return {
    check, description: reader.text('description') ?? '', severity: readSeverity(reader),
    authored: isObject(reader.node.value) ? reader.node.value : {},
    location: reader.at(reader.has('path') && isKnown(check) ? 'path' : 'check').location,
    ...(id !== undefined && { id }), ...(remediation !== undefined && { remediation }),
  };
}

/** A check that cannot be graded by its path fails whatever the seller answers: the author should know before. */
function warnPath(reader: FieldReader, check: string): void {
  const wildcards = FIELD_CHECKS.get(check);
  if (wildcards === undefined) return;
  const path = reader.value('path');
  const parsed = typeof path === 'string' ? parsePath(path) : undefined;
  const problem = parsed === undefined ? 'is missing'
    : parsed.kind === 'malformed' ? parsed.problem
    : parsed.wildcard && !wildcards ? `has a wildcard, which ${check} cannot grade`
    : undefined;
  if (problem !== undefined)
    reader.warn('invalid_path', `path ${path === undefined ? '' : `${JSON.stringify(path)} `}${problem}`, 'the check fails until it is corrected', reader.at('path'));
}

function readSeverity(reader: FieldReader): Severity {
  const severity = reader.text('severity') ?? 'required';
  if (severity === 'required') return { kind: 'required' };
  if (severity !== 'advisory') {
    reader.refuse('invalid_value', `severity ${JSON.stringify(severity)} is unknown`, 'write required or advisory', reader.at('severity'));
    return { kind: 'required' };
  }
  const expiry = reader.text('expires_after_version');
  const permanent = reader.object('permanent_advisory');
  if ((expiry === undefined) === (permanent === undefined))
    reader.refuse('conflicting_fields', 'an advisory check says once how long it stays one',
      'give either `expires_after_version` or `permanent_advisory`', reader.at('severity'));
  if (permanent !== undefined && (typeof permanent['reason'] !== 'string' || permanent['reason'] === ''))
    reader.refuse('missing_field', 'permanent_advisory has no reason', 'add `reason:`', reader.at('permanent_advisory'));
  if (expiry !== undefined && !SEMVER.test(expiry))
    reader.refuse(
      'invalid_value', `expires_after_version ${JSON.stringify(expiry)} is no version`, 'write it as 3.2.0',
      reader.at('expires_after_version')
    );
  return expiry === undefined ? { kind: 'advisory' } : { kind: 'advisory', expires_after_version: expiry };
}

function readIdentifierPaths(reader: FieldReader): void {
  for (const path of reader.texts('identifier_paths')) {
    const segments = path.split('.');
    if (!segments.every((segment) => IDENTIFIER_SEGMENT.test(segment)))
      reader.refuse(
        'invalid_path', `identifier path ${JSON.stringify(path)} cannot be read`, 'write names joined by dots, each with an optional [*]',
        reader.at('identifier_paths')
      );
    else if (RESERVED_ROOTS.has(segments[0]!))
      reader.refuse(
        'invalid_path', `identifier path ${JSON.stringify(path)} begins with ${segments[0]}`, 'begin with a member of the request payload',
        reader.at('identifier_paths')
      );
  }
}
