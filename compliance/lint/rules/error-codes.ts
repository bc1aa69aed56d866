/** Codes that no seller is asked to use by AdCP: mostly slips, which no refusal can satisfy. */
import type { YamlNode } from '../../load/yaml-node.ts';
import { errorCodes } from '../error-codes.ts';
import { doubtful, type LintFinding, type LintRule, nearest, quoted, wrong } from '../rule.ts';
import { mapsOf } from '../suite.ts';
import { type TextNode, textsOf } from '../texts.ts';

/** Where a code stands in an answer; an event, a creative or an account may have failed alone. */
const CODE_PATH = /(?:^|\.)(?:errors\[\d+\]|errors\.\d+|adcp_error|error)\.code$/;
const VALUE_CHECKS: ReadonlySet<string> = new Set(['field_value', 'field_value_or_absent', 'envelope_field_value', 'envelope_field_value_or_absent']);

/** Letters that a slip of the pen changes; codes are long, and some differ in a word only. */
const MOST_LETTERS = 2;

export const errorCodesExist: LintRule = ({ storyboards, schemas }) => {
  const codes = errorCodes(schemas);
  return storyboards.flatMap(({ steps }) => steps).flatMap(({ node }) => mapsOf(node.member('validations'))).filter(namesCodes)
    .flatMap((check) => unknownCodes([...textsOf(check, 'value'), ...textsOf(check, 'allowed_values')], codes));
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
    const wayOut = near.length > 0 ? `write ${near.join(' or ')}` : 'name a code of AdCP; a seller\'s own is no promise that others keep';
    return (near.length > 0 && unknown.length === named.length ? wrong : doubtful)('unknown_error_code', at, `AdCP has no error code ${quoted(text)}`, wayOut);
  });
}
