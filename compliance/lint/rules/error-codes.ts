/** Codes that no seller is asked to use by AdCP: mostly slips, which no refusal can satisfy. */
import type { YamlNode } from '../../load/yaml-node.ts';
import { errorCodes } from '../error-codes.ts';
import { doubtful, type LintFinding, type LintRule, nearest, orElse, quoted, wrong } from '../rule.ts';
import { mapsOf } from '../suite.ts';
import { type TextNode, textsOf } from '../texts.ts';

/** Where a code stands in an answer; an event, a creative or an account may have failed alone. */
const CODE_PATH = /(?:^|\.)(?:errors\[\d+\]|errors\.\d+|adcp_error|error)\.code$/;
const VALUE_CHECKS: ReadonlySet<string> = new Set(['', 'envelope_'].flatMap((scope) => [`${scope}field_value`, `${scope}field_value_or_absent`]));

/** Letters that a slip of the pen changes; codes are long, and some differ in a word only. */
const MOST_LETTERS = 2;

/** The test controller refuses with codes of its own, beside those of AdCP. */
const CONTROLLER = 'comply_test_controller';
const CONTROLLER_CODES = [
  'INVALID_TRANSITION', 'INVALID_STATE', 'NOT_FOUND', 'UNKNOWN_SCENARIO', 'INVALID_PARAMS', 'FORBIDDEN', 'JCS_NON_FINITE_NUMBER', 'INTERNAL_ERROR',
];

export const errorCodesExist: LintRule = ({ storyboards, schemas }) => {
  const codes = errorCodes(schemas);
  return storyboards.flatMap(({ steps }) => steps).flatMap(({ step, node }) => {
    const known = step.task === CONTROLLER ? [...codes, ...CONTROLLER_CODES] : codes;
    return mapsOf(node.member('validations')).filter(namesCodes)
      .flatMap((check) => unknownCodes([...textsOf(check, 'value'), ...textsOf(check, 'allowed_values')], known));
  });
};

function namesCodes(check: YamlNode): boolean {
  const [kind, path] = [check.member('check')?.value, check.member('path')?.value];
  return kind === 'error_code' || (VALUE_CHECKS.has(String(kind)) && typeof path === 'string' && CODE_PATH.test(path));
}

/** A seller may use codes of its own, but none that look like a slip; beside a known code, another release's does no harm. */
function unknownCodes(named: readonly TextNode[], codes: readonly string[]): readonly LintFinding[] {
  const unknown = named.filter(({ text }) => !text.startsWith('$') && !codes.includes(text));
  return unknown.map(({ text, at }) => {
    const near = nearest(text, codes, MOST_LETTERS);
    const report = near.length > 0 && unknown.length === named.length ? wrong : doubtful;
    return report('unknown_error_code', at, `AdCP has no error code ${quoted(text)}`,
      orElse(near, 'name a code of AdCP; a seller\'s own is no promise that others keep'));
  });
}
