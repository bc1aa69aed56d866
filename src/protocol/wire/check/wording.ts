/** Violations in words. No value of the caller is repeated: it may be a secret, or long. */
import type { SchemaNode, Violation } from './violation.ts';

const LISTED = 24;
const NAME_LENGTH = 64;

/** `packages[0].budget`; the root is the empty text. */
export function fieldPath(path: readonly string[]): string {
  return path.reduce((before, part) => {
    if (/^\d+$/.test(part)) return `${before}[${part}]`;
    return before === '' ? short(part) : `${before}.${short(part)}`;
  }, '');
}

/** `/packages/0/budget`. */
export function pointerTo(path: readonly string[]): string {
  return path.map((part) => `/${short(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const short = (name: string) => (name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH)}…` : name);

/** What is wrong, where, and what to do. */
export function sentence(violation: Violation): string {
  const where = violation.path.length === 0 ? 'the request' : fieldPath(violation.path);
  if (violation.oneOf !== undefined) return `${where} is missing; give one of ${violation.oneOf.join(', ')}`;
  switch (violation.problem) {
    case 'missing': return `${where} is missing; ${violation.wanted === undefined ? 'add it' : `it must be ${kindOf(violation.wanted)}`}`;
    case 'unknown': return `${where} is not a member of this object; leave it out`;
    case 'forbidden': return `${where} cannot be given here; leave it out`;
    case 'wrong': break;
  }
  if (violation.keyword === 'uniqueItems') return `${where} names an item twice; name it once`;
  return `${where} must be ${kindOf(violation.wanted)}`;
}

/** What a schema asks for, short: `a number of at least 0`, `one of even, asap, front_loaded`. */
export function kindOf(schema: SchemaNode = {}): string {
  if (typeof schema['title'] === 'string') return schema['title'];
  if (schema['const'] !== undefined) return String(schema['const']);
  if (Array.isArray(schema['enum'])) return oneOf(schema['enum']);
  const type = Array.isArray(schema['type']) ? (schema['type'] as string[])[0] : schema['type'];
  switch (type) {
    case 'string': return text(schema);
    case 'integer': return `a whole number${bounds(schema)}`;
    case 'number': return `a number${bounds(schema)}`;
    case 'boolean': return 'true or false';
    case 'array': return `a list${items(schema)}`;
    case 'object': return 'an object';
    default: return alternatives(schema);
  }
}

function oneOf(values: readonly unknown[]): string {
  const named = values.slice(0, LISTED).map(String).join(', ');
  if (values.length === 1) return named;
  return values.length > LISTED ? `one of ${values.length} values such as ${named}` : `one of ${named}`;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  'date-time': 'a date-time such as 2027-01-31T09:00:00Z',
  date: 'a day such as 2027-01-31',
  uri: 'an absolute URL',
  'uri-template': 'a URL, with macros in braces where needed',
  email: 'an e-mail address',
};

function text(schema: SchemaNode): string {
  const format = EXAMPLES[String(schema['format'])];
  const pattern = schema['pattern'] === undefined ? '' : ` that matches ${String(schema['pattern'])}`;
  if (format !== undefined) return `${format}${pattern}`;
  const [least, most] = [schema['minLength'], schema['maxLength']];
  if (pattern !== '') return `text${pattern}`;
  if (most !== undefined) return `text of ${String(least ?? 0)} to ${String(most)} characters`;
  return least === undefined ? 'text' : `text of at least ${String(least)} characters`;
}

function bounds(schema: SchemaNode): string {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  if (minimum !== undefined && maximum !== undefined) return ` from ${String(minimum)} to ${String(maximum)}`;
  const limits = [
    minimum !== undefined && ` of at least ${String(minimum)}`,
    exclusiveMinimum !== undefined && ` above ${String(exclusiveMinimum)}`,
    maximum !== undefined && ` of at most ${String(maximum)}`,
    exclusiveMaximum !== undefined && ` below ${String(exclusiveMaximum)}`,
  ];
  return limits.filter((limit) => limit !== false).join(' and');
}

function items(schema: SchemaNode): string {
  const [least, most] = [schema['minItems'], schema['maxItems']];
  const count = (n: unknown) => `${String(n)} ${n === 1 ? 'item' : 'items'}`;
  if (least !== undefined && least === most) return ` of exactly ${count(least)}`;
  if (least !== undefined && most !== undefined) return ` of ${String(least)} to ${count(most)}`;
  if (least !== undefined) return ` of at least ${count(least)}`;
  return most === undefined ? '' : ` of at most ${count(most)}`;
}

function alternatives(schema: SchemaNode): string {
  const arms = (schema['anyOf'] ?? schema['oneOf']) as readonly SchemaNode[] | undefined;
  if (arms === undefined) return 'given in the documented form';
  return [...new Set(arms.map((arm) => kindOf(arm)))].join(', or ');
}
