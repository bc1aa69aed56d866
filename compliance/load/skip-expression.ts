/** The condition under which a phase is left out: `!test_kit.auth.basic || context.supports_evaluator != true`. */
import { own } from '../json/object.ts';

export type SkipExpression =
  | { readonly kind: 'any' | 'all'; readonly terms: readonly SkipExpression[] }
  | { readonly kind: 'truthy' | 'falsy'; readonly of: Reference }
  | { readonly kind: 'equal' | 'different'; readonly left: Reference; readonly right: Reference | Literal };

export interface Reference {
  readonly kind: 'reference';
  /** `test_kit` and `context` hold values; a reference below any other root has none. */
  readonly root: string;
  readonly path: readonly string[];
}

export interface Literal {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

export type ParsedExpression =
  | { readonly kind: 'expression'; readonly expression: SkipExpression; readonly unknownRoots: readonly string[] }
  | { readonly kind: 'malformed'; readonly problem: string };

/** What references are looked up in. */
export interface SkipScope {
  readonly test_kit: unknown;
  readonly context: unknown;
}

const ROOTS: ReadonlySet<string> = new Set(['test_kit', 'context']);

const TOKEN = /\s*(\|\||&&|==|!=|!|'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?(?![\w.])|[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)/y;

/** Reads an expression. `&&` binds tighter than `||`; there are no brackets. */
export function parseSkipExpression(text: string): ParsedExpression {
  const tokens = tokenize(text);
  if (typeof tokens === 'string') return { kind: 'malformed', problem: tokens };
  const alternatives = splitAt(tokens, '||').map((words) => splitAt(words, '&&').map(parseTerm));
  for (const term of alternatives.flat())
    if (typeof term === 'string') return { kind: 'malformed', problem: term };
  const groups = (alternatives as SkipExpression[][]).map((terms) => group('all', terms));
  const expression = group('any', groups);
  return { kind: 'expression', expression, unknownRoots: [...new Set(rootsOf(expression))].filter((root) => !ROOTS.has(root)) };
}

function rootsOf(expression: SkipExpression): readonly string[] {
  switch (expression.kind) {
    case 'any': case 'all': return expression.terms.flatMap(rootsOf);
    case 'truthy': case 'falsy': return [expression.of.root];
    case 'equal':
      case 'different': return [expression.left, expression.right].flatMap((side) => (side.kind === 'reference' ? [side.root] : []));
  }
}

/** Whether the phase is to be left out. A missing reference is undefined, hence falsy and unequal to every literal. */
export function skips(expression: SkipExpression, scope: SkipScope): boolean {
  switch (expression.kind) {
    case 'any': return expression.terms.some((term) => skips(term, scope));
    case 'all': return expression.terms.every((term) => skips(term, scope));
    case 'truthy': return Boolean(lookUp(expression.of, scope));
    case 'falsy': return !lookUp(expression.of, scope);
    case 'equal': return lookUp(expression.left, scope) === valueOf(expression.right, scope);
    case 'different': return lookUp(expression.left, scope) !== valueOf(expression.right, scope);
  }
}

/** Whether an expression is a kit value or its negation, and nothing more. */
export function asksKitOnly(expression: SkipExpression): boolean {
  return (expression.kind === 'truthy' || expression.kind === 'falsy') && expression.of.root === 'test_kit';
}

const group = (kind: 'any' | 'all', terms: readonly SkipExpression[]): SkipExpression => (terms.length === 1 ? terms[0]! : { kind, terms });

function tokenize(text: string): string[] | string {
  const tokens: string[] = [];
  const trimmed = text.trimEnd();
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < trimmed.length;) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(trimmed);
    if (token === null) return `cannot be read from character ${from + 1}`;
    tokens.push(token[1]!);
  }
  return tokens.length === 0 ? 'is empty' : tokens;
}

function splitAt(tokens: readonly string[], separator: string): string[][] {
  const parts: string[][] = [[]];
  for (const token of tokens)
    if (token === separator) parts.push([]);
    else parts.at(-1)!.push(token);
  return parts;
}

function parseTerm(words: readonly string[]): SkipExpression | string {
  const [first, operator, right] = words;
  if (first === '!' && words.length === 2) {
    const of = referenceOf(operator!);
    return of === undefined ? `${operator} is no reference` : { kind: 'falsy', of };
  }
  const left = referenceOf(first ?? '');
  if (left === undefined) return `${first ?? 'an empty term'} is no reference`;
  if (words.length === 1) return { kind: 'truthy', of: left };
  if (words.length !== 3 || (operator !== '==' && operator !== '!=')) return 'compares with == or != only';
  const operand = referenceOf(right!) ?? literalOf(right!);
  if (operand === undefined) return `${right} is neither a literal nor a reference`;
  return { kind: operator === '==' ? 'equal' : 'different', left, right: operand };
}

function referenceOf(word: string): Reference | undefined {
  const [root, ...path] = word.split('.');
  return root !== undefined && root !== '' && path.length > 0 && /^[A-Za-z_]/.test(word) ? { kind: 'reference', root, path } : undefined;
}

function literalOf(word: string): Literal | undefined {
  if (/^(['"]).*\1$/.test(word)) return { kind: 'literal', value: word.slice(1, -1) };
  if (/^-?\d/.test(word)) return { kind: 'literal', value: Number(word) };
  const known = new Map<string, boolean | null>([['true', true], ['false', false], ['null', null]]);
  return known.has(word) ? { kind: 'literal', value: known.get(word)! } : undefined;
}

function lookUp(reference: Reference, scope: SkipScope): unknown {
  return reference.path.reduce<unknown>(own, own(scope, reference.root));
}

const valueOf = (operand: Reference | Literal, scope: SkipScope): unknown => (
  operand.kind === 'literal' ? operand.value : lookUp(operand, scope)
);
