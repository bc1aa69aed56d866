/** The keyword `format`. What a format is, the package ajv-formats says, whoever asks. */
import { createRequire } from 'node:module';
import type { Rule } from './check.ts';

type Test = RegExp | ((value: never) => boolean);
/** As ajv-formats has them; `true` is a name without meaning. */
type Definition = true | Test | { readonly type?: 'number' | 'string'; readonly validate: Test };

/** The power of a text's length that its expressions are taken to stay below. */
const EFFORT = 2;

const load = createRequire(import.meta.url);

/** A format that nobody knows, or of the other type, asks for nothing. */
export function formatRule<T extends number | string>(type: 'number' | 'string'): Rule<T> {
  return {
    keyword: 'format',
    make({ schema, path }) {
      const format = schema['format'] as string;
      const isRight = testOf(format, type);
      if (isRight === undefined) return undefined;
      const complaint = { schema_path: `${path}/format`, keyword: 'format', message: `must match format "${format}"`, params: { format } };
      return (value, spot, findings) => {
        findings.spend(String(value).length ** EFFORT);
        return isRight(value) || findings.add({ ...complaint, spot });
      };
    },
  };
}

function testOf(name: string, type: 'number' | 'string'): ((value: number | string) => boolean) | undefined {
  const { fullFormats } = load('ajv-formats/dist/formats') as { readonly fullFormats: Readonly<Record<string, Definition>> };
  const found = Object.hasOwn(fullFormats, name) ? fullFormats[name]! : true;
  if (found === true) return undefined;
  const [appliesTo, test] = typeof found === 'object' && !(found instanceof RegExp) ? [found.type ?? 'string', found.validate] : ['string', found];
  if (appliesTo !== type) return undefined;
  return test instanceof RegExp ? (value) => test.test(value as string) : (test as (value: number | string) => boolean);
}
