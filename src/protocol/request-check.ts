/**
 * Holds documents against the wire's shapes. Whether one fits is asked of a small validator; only of one that does not, a large one is
 * asked why. Both are compiled once a process, when first needed.
 */
import { Ajv, type Options, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { TSchema } from 'typebox';
import { Acceptance } from './acceptance.ts';
import { COMMON_MOMENT } from './moments.ts';
import type { SchemaIssue } from './schema-catalogue.ts';
import { settle } from './wire/check/alternatives.ts';
import { inShapeOrder } from './wire/check/order.ts';
import type { SchemaNode, VerboseError, Violation } from './wire/check/violation.ts';
import { fieldPath, pointerTo, sentence } from './wire/check/wording.ts';
import type { ErrorIssue } from './wire/core/error.ts';
import { SHAPES, type WireTask } from './wire/index.ts';
import { publishedCatalogue } from './wire/published.ts';

/** Why a document is refused: the first offending member, and all of them. */
export interface RequestIssue {
  /** Literal path of the first offending member, `packages[0].budget`; absent when it is the document itself. */
  readonly field?: string;
  /** What is wrong, where, and what to do; repeats no value of the caller. */
  readonly message: string;
  /** At most 20 and together no longer than 2500 characters, in the order of the shape; the first is the one above. */
  readonly issues: readonly ErrorIssue[];
}

const MOST_ISSUES = 20;
/** An error object may have 4096 bytes in all. */
const MOST_ISSUE_TEXT = 2500;

const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;
// Ajv's own optimisation of the code it writes takes longer than it saves: V8 does as well. That our shapes are schemas, tests say.
const ajvWith = (options: Options): Ajv => {
  const ajv = new Ajv({ strict: false, logger: false, validateSchema: false, code: { optimize: false }, ...options });
  addFormats(ajv);
  const { validate: isRfc3339, ...dateTime } = ajv.formats['date-time'] as { readonly validate: (text: string) => boolean };
  return ajv.addFormat('date-time', { ...dateTime, validate: (text: string) => COMMON_MOMENT.test(text) || (isRfc3339(text) && isMoment(text)) });
};
const requests = Object.values(SHAPES).map(({ request }) => request);
const acceptance = new Acceptance(ajvWith({ messages: false, inlineRefs: false }), requests);
const explaining = ajvWith({ allErrors: true, verbose: true });
const explainers = new WeakMap<TSchema, ValidateFunction>();

/** Compiles ahead of the first call what says whether a request of a task fits. */
export function prepareCheck(task: WireTask): void {
  acceptance.validatorOf(SHAPES[task].request);
}

/** The first offending member of a request, or undefined when the task's shape accepts it. */
export function checkRequest(task: WireTask, document: unknown): RequestIssue | undefined {
  return checkShape(SHAPES[task].request, document);
}

/**
 * The same for any one shape.
 * @param under names the place of the document in the request, when it is a part of it: `params`
 */
export function checkShape(shape: TSchema, document: unknown, under: readonly string[] = []): RequestIssue | undefined {
  if (acceptance.accepts(shape, document)) return undefined;
  const validate = explainerOf(shape);
  validate(document);
  const violations = inShapeOrder(settle((validate.errors ?? []) as VerboseError[]), shape as SchemaNode);
  const [first, ...others] = oncePerPlace(violations).map((violation) => ({ ...violation, path: [...under, ...violation.path] }));
  if (first === undefined) throw new Error('a validator refused without a reason');
  return {
    ...(first.path.length > 0 && { field: fieldPath(first.path) }),
    message: sentence(first),
    issues: bounded([first, ...others].map((violation) => ({
      pointer: pointerTo(violation.path), message: sentence(violation), keyword: violation.keyword,
    }))),
  };
}

/** What our own published schema has against a response; empty when nothing. For tests. */
export function responseIssues(task: WireTask, document: unknown): readonly SchemaIssue[] {
  return publishedCatalogue().validate(SHAPES[task].ref.response, document);
}

/** The first violations, one for a place: a text that is too short also fails its pattern. */
function oncePerPlace(violations: readonly Violation[]): Violation[] {
  const seen = new Set<string>();
  const first: Violation[] = [];
  for (const violation of violations) {
    if (first.length === MOST_ISSUES) break;
    const place = pointerTo(violation.path);
    if (!seen.has(place)) first.push(violation);
    seen.add(place);
  }
  return first;
}

function bounded(issues: readonly ErrorIssue[]): ErrorIssue[] {
  let length = 0;
  return issues.filter((issue, at) => at === 0 || (length += JSON.stringify(issue).length) <= MOST_ISSUE_TEXT);
}

/** RFC 3339 knows leap seconds and offsets out of four-digit years; a moment behind this check can be reckoned with and printed. */
function isMoment(text: string): boolean {
  const at = Date.parse(text);
  return !Number.isNaN(at) && /^\d{4}-/.test(new Date(at).toISOString());
}

function explainerOf(shape: TSchema): ValidateFunction {
  let validate = explainers.get(shape);
  if (validate === undefined) explainers.set(shape, (validate = explaining.compile(shape)));
  return validate;
}
