/** Keywords of values of any type, in the order in which they are looked at. */
import type { Check, Place, Rule, Schema } from './check.ts';
import { deepEqual } from './deep-equal.ts';

export const GENERAL_RULES: readonly Rule<unknown>[] = [
  { keyword: '$ref', make: (place) => place.target(place.schema['$ref'] as string) },
  { keyword: 'const', make: constant },
  { keyword: 'enum', make: enumeration },
  { keyword: 'not', make: not },
  { keyword: 'anyOf', make: anyOf },
  { keyword: 'oneOf', make: oneOf },
  { keyword: 'allOf', make: allOf },
  { keyword: 'if', make: conditional },
];

function constant({ schema, path }: Place): Check {
  const { const: allowedValue } = schema;
  const complaint = { schema_path: `${path}/const`, keyword: 'const', message: 'must be equal to constant', params: { allowedValue } };
  return (value, spot, findings) => deepEqual(value, allowedValue) || findings.add({ ...complaint, spot });
}

function enumeration({ schema, path }: Place): Check {
  const allowedValues = schema['enum'] as readonly unknown[];
  const [simple, composed] = [new Set(allowedValues), allowedValues.filter((each) => typeof each === 'object' && each !== null)];
  const complaint = { schema_path: `${path}/enum`, keyword: 'enum', message: 'must be equal to one of the allowed values', params: { allowedValues } };
  return (value, spot, findings) => simple.has(value) || composed.some((each) => deepEqual(value, each)) || findings.add({ ...complaint, spot });
}

function not(place: Place): Check {
  const check = place.part(place.schema['not'] as Schema, 'not');
  const complaint = { schema_path: `${place.path}/not`, keyword: 'not', message: 'must NOT be valid', params: {} };
  return (value, spot, findings) => !findings.hushed(() => check(value, spot, findings)) || findings.add({ ...complaint, spot });
}

/** What every alternative has against the value is told before that none of them fits. */
function anyOf(place: Place): Check {
  const checks = alternatives(place, 'anyOf');
  const complaint = { schema_path: `${place.path}/anyOf`, keyword: 'anyOf', message: 'must match a schema in anyOf', params: {} };
  return (value, spot, findings) => {
    const before = findings.count;
    for (const check of checks)
      if (check(value, spot, findings)) {
        findings.forget(before);
        return true;
      }
    return findings.add({ ...complaint, spot });
  };
}

/** Whoever fits as a second one ends the search. */
function oneOf(place: Place): Check {
  const checks = alternatives(place, 'oneOf');
  const complaint = { schema_path: `${place.path}/oneOf`, keyword: 'oneOf', message: 'must match exactly one schema in oneOf' };
  return (value, spot, findings) => {
    const before = findings.count;
    let fits: number | undefined;
    for (const [at, check] of checks.entries()) {
      if (!check(value, spot, findings)) continue;
      if (fits !== undefined) return findings.add({ ...complaint, spot, params: { passingSchemas: [fits, at] } });
      fits = at;
    }
    if (fits === undefined) return findings.add({ ...complaint, spot, params: { passingSchemas: null } });
    findings.forget(before);
    return true;
  };
}

function allOf(place: Place): Check {
  const checks = alternatives(place, 'allOf');
  return (value, spot, findings) => {
    let holds = true;
    for (const check of checks) holds = check(value, spot, findings) && holds;
    return holds;
  };
}

function conditional(place: Place): Check | undefined {
  const { if: condition, then, else: otherwise } = place.schema;
  if (then === undefined && otherwise === undefined) return undefined;
  const applies = place.part(condition as Schema, 'if');
  const branch = (keyword: 'then' | 'else', schema: unknown): Check => {
    if (schema === undefined) return () => true;
    const check = place.part(schema as Schema, keyword);
    const complaint = { schema_path: `${place.path}/if`, keyword: 'if', message: `must match "${keyword}" schema`, params: { failingKeyword: keyword } };
    return (value, spot, findings) => check(value, spot, findings) || findings.add({ ...complaint, spot });
  };
  const [whenTrue, whenFalse] = [branch('then', then), branch('else', otherwise)];
  return (value, spot, findings) => (findings.hushed(() => applies(value, spot, findings)) ? whenTrue : whenFalse)(value, spot, findings);
}

const alternatives = (place: Place, keyword: string): readonly Check[] =>
  (place.schema[keyword] as readonly Schema[]).map((schema, at) => place.part(schema, keyword, at));
