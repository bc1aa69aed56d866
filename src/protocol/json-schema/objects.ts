/** Keywords of objects, in the order in which they are looked at. */
import { type Check, type Findings, type Place, plainRule, type Rule, type Schema } from './check.ts';
import { Expression } from './expression.ts';

type Members = Readonly<Record<string, unknown>>;
type Schemas = Readonly<Record<string, Schema>>;

const count = (keyword: string, comparative: string, holds: (members: number, limit: number) => boolean): Rule<Members> =>
  plainRule<Members, number>(
    keyword, (limit) => (value) => holds(Object.keys(value).length, limit), (limit) => `must NOT have ${comparative} than ${limit} properties`,
    (limit) => ({ limit })
  );

export const OBJECT_RULES: readonly Rule<Members>[] = [
  count('maxProperties', 'more', (members, limit) => members <= limit),
  count('minProperties', 'fewer', (members, limit) => members >= limit),
  { keyword: 'required', make: required },
  { keyword: 'propertyNames', make: propertyNames },
  { keyword: 'additionalProperties', make: additionalProperties },
  { keyword: 'dependencies', make: dependencies },
  { keyword: 'properties', make: properties },
  { keyword: 'patternProperties', make: patternProperties },
];

function required({ schema, path }: Place): Check<Members> {
  const complaints = (schema['required'] as readonly string[]).map((name) => ({
    name, complaint: { schema_path: `${path}/required`, keyword: 'required', message: `must have required property '${name}'`, params: { missingProperty: name } },
  }));
  return (value, spot, findings) => {
    let holds = true;
    for (const { name, complaint } of complaints) if (value[name] === undefined) holds = findings.add({ ...complaint, spot });
    return holds;
  };
}

function propertyNames(place: Place): Check<Members> {
  const check = place.part(place.schema['propertyNames'] as Schema, 'propertyNames');
  return (value, spot, findings) => {
    let holds = true;
    for (const name of Object.keys(value))
      if (!check(name, spot, findings))
        holds = findings.add({
          spot, schema_path: `${place.path}/propertyNames`, keyword: 'propertyNames', message: 'property name must be valid', params: { propertyName: name },
        });
    return holds;
  };
}

function additionalProperties(place: Place): Check<Members> | undefined {
  const { additionalProperties: schema, properties: known = {}, patternProperties: patterns = {} } = place.schema;
  if (schema === true) return undefined;
  const expressions = Object.keys(patterns as object).map((pattern) => new Expression(pattern));
  const isMore = (name: string, findings: Findings): boolean =>
    !Object.hasOwn(known as object, name) && !expressions.some((expression) => expression.test(name, findings));
  if (schema !== false) {
    const check = place.part(schema as Schema, 'additionalProperties');
    return eachMember(isMore, check);
  }
  const complaint = { schema_path: `${place.path}/additionalProperties`, keyword: 'additionalProperties', message: 'must NOT have additional properties' };
  return (value, spot, findings) => {
    let holds = true;
    for (const name of Object.keys(value)) if (isMore(name, findings)) holds = findings.add({ ...complaint, spot, params: { additionalProperty: name } });
    return holds;
  };
}

function eachMember(concerns: (name: string, findings: Findings) => boolean, check: Check): Check<Members> {
  return (value, spot, findings) => {
    let holds = true;
    for (const name of Object.keys(value)) if (concerns(name, findings)) holds = check(value[name], { name, within: spot }, findings) && holds;
    return holds;
  };
}

/** First what members want of other members, then what they want of the whole. */
function dependencies(place: Place): Check<Members> {
  const all = Object.entries(place.schema['dependencies'] as Readonly<Record<string, readonly string[] | Schema>>);
  const checks = [
    ...all.flatMap(([name, wanted]) => (Array.isArray(wanted) ? [membersWanted(place.path, name, wanted as readonly string[])] : [])),
    ...all.flatMap(([name, wanted]): Check<Members>[] => {
      if (Array.isArray(wanted)) return [];
      const check = place.part(wanted as Schema, 'dependencies', name);
      return [(value, spot, findings) => value[name] === undefined || check(value, spot, findings)];
    }),
  ];
  return (value, spot, findings) => {
    let holds = true;
    for (const check of checks) holds = check(value, spot, findings) && holds;
    return holds;
  };
}

function membersWanted(path: string, property: string, wanted: readonly string[]): Check<Members> {
  const deps = wanted.join(', ');
  const message = `must have ${wanted.length === 1 ? 'property' : 'properties'} ${deps} when property ${property} is present`;
  return (value, spot, findings) => {
    if (value[property] === undefined) return true;
    let holds = true;
    for (const missingProperty of wanted)
      if (value[missingProperty] === undefined)
        holds = findings.add({
          spot, schema_path: `${path}/dependencies`, keyword: 'dependencies', message, params: { property, missingProperty, depsCount: wanted.length, deps },
        });
    return holds;
  };
}

function properties(place: Place): Check<Members> {
  const checks = Object.entries(place.schema['properties'] as Schemas).map(([name, schema]) => ({ name, check: place.part(schema, 'properties', name) }));
  return (value, spot, findings) => {
    let holds = true;
    for (const { name, check } of checks) {
      const member = value[name];
      if (member !== undefined) holds = check(member, { name, within: spot }, findings) && holds;
    }
    return holds;
  };
}

function patternProperties(place: Place): Check<Members> {
  const checks = Object.entries(place.schema['patternProperties'] as Schemas).map(([pattern, schema]) => {
    const expression = new Expression(pattern);
    return eachMember((name, findings) => expression.test(name, findings), place.part(schema, 'patternProperties', pattern));
  });
  return (value, spot, findings) => {
    let holds = true;
    for (const check of checks) holds = check(value, spot, findings) && holds;
    return holds;
  };
}
