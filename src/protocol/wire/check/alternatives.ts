/**
 * What is wrong when a document fits none of several alternatives: not every complaint of every alternative, but those of
 * the one that the caller most likely meant.
 */
import { memberSchema, segmentsOf, violationOf, type SchemaNode, type VerboseError, type Violation } from './violation.ts';

interface Complaint {
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly keyword: string;
  readonly violation: Violation;
}

/**
 * Turns Ajv's flat list into violations. Ajv reports an alternative's errors before the `anyOf` or `oneOf` that they belong
 * to, so each such error takes the run of its own children off the end of the list.
 */
export function settle(errors: readonly VerboseError[]): Violation[] {
  const settled: Complaint[] = [];
  for (const error of errors) {
    if (error.keyword === 'if') continue; // its `then` or `else` has already spoken
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      settled.push({ ...error, violation: violationOf(error) });
      continue;
    }
    const children: Complaint[] = [];
    while (settled.length > 0 && isChild(settled.at(-1)!, error)) children.unshift(settled.pop()!);
    settled.push(...meant(error, children));
  }
  return settled.map((complaint) => complaint.violation);
}

function isChild(complaint: Complaint, union: VerboseError): boolean {
  return complaint.schemaPath.startsWith(`${union.schemaPath}/`)
    && (complaint.instancePath === union.instancePath || complaint.instancePath.startsWith(`${union.instancePath}/`));
}

function meant(union: VerboseError, children: readonly Complaint[]): Complaint[] {
  const arms = union.schema as readonly SchemaNode[];
  const itself = (violation: Violation): Complaint[] => [{ ...union, violation }];
  const mark = literalMember(arms);
  if (mark !== undefined && isObject(union.data)) {
    const value = (union.data as SchemaNode)[mark];
    const path = [...segmentsOf(union.instancePath), mark];
    const wanted = { enum: arms.map((arm) => memberSchema(arm, mark)?.['const']) };
    if (value === undefined) return itself({ path, keyword: 'required', problem: 'missing', wanted });
    const arm = wanted.enum.indexOf(value);
    if (arm < 0) return itself({ path, keyword: 'enum', problem: 'wrong', wanted });
    return ofArm(union, children, arm);
  }
  const groups = arms.map((_, arm) => ofArm(union, children, arm)).filter((group) => group.length > 0);
  const best = groups.reduce<Complaint[] | undefined>((least, group) => (least && !isCloser(group, least, union) ? least : group), undefined);
  if (best === undefined || best.every((complaint) => isValueOf(complaint, union)))
    return itself({ path: segmentsOf(union.instancePath), keyword: union.keyword, problem: 'wrong', wanted: union.parentSchema });
  return withAlternatives(best, groups);
}

/** A member that must be there in every alternative, with a value of its own in each: `kind`, `scope`, `value_type`. */
function literalMember(arms: readonly SchemaNode[]): string | undefined {
  const [first] = arms;
  if (first === undefined || !isObject(first['properties'])) return undefined;
  return Object.keys(first['properties']).find((name) =>
    arms.every((arm) => (arm['required'] as readonly string[] | undefined)?.includes(name)
      && memberSchema(arm, name)?.['const'] !== undefined));
}

function ofArm(union: VerboseError, children: readonly Complaint[], arm: number): Complaint[] {
  const prefix = `${union.schemaPath}/${arm}`;
  return children.filter((child) => child.schemaPath.startsWith(`${prefix}/`));
}

/** An alternative of another type altogether is farther than any number of errors inside; then the fewest errors win. */
function isCloser(group: readonly Complaint[], than: readonly Complaint[], union: VerboseError): boolean {
  const alien = (complaints: readonly Complaint[]) =>
    complaints.some((complaint) => isValueOf(complaint, union) && complaint.keyword !== 'format');
  if (alien(group) !== alien(than)) return alien(than);
  return group.length < than.length;
}

/** Whether a complaint is about the whole value that stands at the union's place. */
function isValueOf(complaint: Complaint, union: VerboseError): boolean {
  return complaint.instancePath === union.instancePath && complaint.violation.problem === 'wrong';
}

/** When each alternative only wants one member, all of them are named: any would do. */
function withAlternatives(best: readonly Complaint[], groups: readonly (readonly Complaint[])[]): Complaint[] {
  const names = groups.flatMap((group) => {
    const [only, ...others] = group;
    return only?.violation.problem === 'missing' && others.length === 0 ? [only.violation.path.at(-1)!] : [];
  });
  if (names.length < 2 || names.length < groups.length) return [...best];
  return best.map((complaint) => ({ ...complaint, violation: { ...complaint.violation, oneOf: names } }));
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
