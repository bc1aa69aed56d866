/** Grades the URLs of a preview against the values that the catalogue bound to macros. Pure. */
import { createHash } from 'node:crypto';
import type { FailedFinding } from '../../step-report.ts';
import type { SubstitutionProbe } from '../../special-step.ts';
import { failed } from '../../judge/checks/check.ts';
import { decoded, divergence, encodeForUrl, isSafelyEncoded, sameEncoding } from './encoding.ts';
import { macroValues, wholeMacro } from './macro-positions.ts';
import type { TrackerUrl } from './tracker-urls.ts';

/** A binding with its values filled in. */
export interface BoundValue {
  readonly macro: string;
  readonly name: string;
  readonly raw: string;
  readonly encoded: string;
  /** Written by the storyboard's author instead of published: shown as a digest only. */
  readonly custom: boolean;
}

export type SubstitutionCode =
  | 'substitution_encoding_violation' | 'nested_macro_re_expansion' | 'substitution_scheme_injection' | 'substitution_binding_missing';

export interface SubstitutionFault {
  readonly code: SubstitutionCode;
  readonly finding: FailedFinding;
}

interface Observed {
  readonly macro: string;
  readonly value: string;
  readonly source: TrackerUrl;
}

const NESTED = /\{[A-Z][A-Z0-9_]*\}/;

/** One fault at most for each binding, and one for values that belong to none. */
export function judgeSubstitution(
  { macro_template: template, require_every_binding: every }: Pick<SubstitutionProbe, 'macro_template' | 'require_every_binding'>,
  bindings: readonly BoundValue[], urls: readonly TrackerUrl[],
): readonly SubstitutionFault[] {
  const observed = observedValues(template, urls);
  const open = bindings.filter(({ macro, encoded }) => !observed.some((each) => each.macro === macro && sameEncoding(each.value, encoded)));
  const good = bindings.filter((binding) => !open.includes(binding));
  const strange = observed.filter(({ macro, value }) => !good.some((each) => each.macro === macro && sameEncoding(value, each.encoded)));
  const blamed = open.map((binding) => ({ binding, fault: faultOf(template, binding, strange, urls) }));
  const missing = every ? blamed.filter(({ fault }) => fault === undefined).map(({ binding }) => unobserved(binding, observed)) : [];
  const leaks = good.flatMap((binding) => leakOf(binding, urls, template) ?? []);
  const nobodys = blamed.every(({ fault }) => fault === undefined) ? strange.find(({ value }) => !isSafelyEncoded(value)) : undefined;
  const unsafe = nobodys === undefined ? [] : [unowned(nobodys)];
  return [...blamed.flatMap(({ fault }) => fault ?? []), ...missing, ...leaks, ...unsafe];
}

function observedValues(template: string, urls: readonly TrackerUrl[]): readonly Observed[] {
  const whole = wholeMacro(template);
  if (whole !== undefined) return urls.map((source) => ({ macro: whole, value: source.url, source }));
  return urls.flatMap((source) => (macroValues(template, source.url) ?? []).map((each) => ({ ...each, source })));
}

/** What a value that was not encoded rightly became, undefined when nothing that was observed can have come of it. */
function faultOf(template: string, binding: BoundValue, strange: readonly Observed[], urls: readonly TrackerUrl[]): SubstitutionFault | undefined {
  const here = strange.filter(({ macro }) => macro === binding.macro);
  const injected = wholeMacro(template) === undefined ? undefined : here.find(({ value }) => hasSchemeOf(value, binding.raw));
  if (injected !== undefined)
    return { code: 'substitution_scheme_injection', finding: shown(binding, injected, 'chose the scheme of the URL by its value') };
  const expanded = here.find(({ value }) => isExpansionOf(value, binding));
  if (expanded !== undefined) return { code: 'nested_macro_re_expansion', finding: shown(binding, expanded, 'was expanded a second time') };
  const mangled = here.find(({ value }) => cameOf(value, binding.raw));
  if (mangled !== undefined) return { code: 'substitution_encoding_violation', finding: shown(binding, mangled, 'is not encoded as it has to be') };
  return leakOf(binding, urls, template);
}

/** The raw value anywhere in a URL, though it holds what may not stand there unescaped. */
function leakOf(binding: BoundValue, urls: readonly TrackerUrl[], template: string): SubstitutionFault | undefined {
  if (isSafelyEncoded(binding.raw) || template.includes(binding.raw)) return undefined;
  const source = urls.find(({ url }) => url.includes(binding.raw));
  if (source === undefined) return undefined;
  const leaked = { macro: binding.macro, value: binding.raw, source };
  return { code: 'substitution_encoding_violation', finding: shown(binding, leaked, 'stands in a URL as it is') };
}

/** The text around a nested macro, with something else than the macro's own escape in its place. */
function isExpansionOf(value: string, { raw }: BoundValue): boolean {
  const nested = NESTED.exec(raw);
  if (nested === null) return false;
  const [before, after] = [encodeForUrl(raw.slice(0, nested.index)), encodeForUrl(raw.slice(nested.index + nested[0].length))];
  const inner = value.slice(before.length, value.length - after.length);
  return value.length >= before.length + after.length && value.startsWith(before) && value.endsWith(after) && decoded(inner) !== nested[0];
}

/** Whether an observed value is a binding's value, escaped too little, normalised not at all, or cut off at a reserved character. */
function cameOf(value: string, raw: string): boolean {
  const text = decoded(value.replaceAll('+', '%20'));
  const forms = [raw, raw.normalize('NFC'), decoded(raw)];
  return forms.includes(text) || forms.includes(decoded(text))
    || (value !== '' && forms.some((form) => form.startsWith(text) && /^[&#?/=\r\n ]/.test(form.slice(text.length))));
}

function hasSchemeOf(value: string, raw: string): boolean {
  const scheme = /^\s*([A-Za-z][A-Za-z0-9+.-]*):/.exec(raw)?.[1];
  return scheme !== undefined && new RegExp(`^\\s*${scheme.replaceAll(/[+.]/g, '\\$&')}\\s*:`, 'i').test(value);
}

function shown({ macro, name, encoded, custom, raw }: BoundValue, { value, source }: Observed, problem: string): FailedFinding {
  const digest = (text: string): string => (custom ? `sha256:${createHash('sha256').update(text).digest('hex')}` : text);
  return failed(`${macro} (${name})`, problem, {
    expected: { encoded: digest(encoded) },
    actual: {
      observed: digest(value), url: digest(source.url), tag: source.tag, attribute: source.attribute, line: source.line,
      raw_value: digest(raw), byte_offset: divergence(value, encoded),
    },
  });
}

function unobserved({ macro, name }: BoundValue, observed: readonly Observed[]): SubstitutionFault {
  const values = observed.filter((each) => each.macro === macro).map(({ value }) => value);
  return {
    code: 'substitution_binding_missing',
    finding: failed(`${macro} (${name})`, 'stands in no URL of the preview', {
      expected: { macro, binding: name }, actual: { observed_values: values.slice(0, 20) },
    }),
  };
}

function unowned({ macro, value, source }: Observed): SubstitutionFault {
  return {
    code: 'substitution_encoding_violation',
    finding: failed(macro, 'holds a character that is neither unreserved nor escaped', {
      actual: { observed: value, url: source.url, line: source.line },
    }),
  };
}
