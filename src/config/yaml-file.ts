/** YAML (or JSON) files of operators: parsed with positions, so that every complaint names file, line and column. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { isMap, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml';

const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;

/** A file that cannot be used. The message is one line for the operator. */
export class ConfigError extends Error {}

/**
 * Reads a file and holds it to a shape.
 * @throws ConfigError naming the first fault
 */
export function readYamlFile<Content>(file: string, shape: object): Content {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => { const { line, col } = lines.linePos(offset); return `${file}:${line}:${col}`; };
  const broken = document.errors[0];
  if (broken) throw new ConfigError(`${at(broken.pos[0])}: ${broken.message}`);
  const content = contentOf(document, file);
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, allowUnionTypes: true, logger: false });
  addFormats(ajv);
  ajv.addFormat('url', { validate: (text: string) => URL.canParse(text) });
  const validate = ajv.compile(shape);
  if (validate(content)) return content as Content;
  const faults = firstFaults(validate.errors!);
  throw new ConfigError(`${at(offsetOf(document, faults[0]))}: ${sentence(faults)}`);
}

function contentOf(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    throw new ConfigError(`${file}: ${(error as Error).message}`);
  }
}

type Faults = readonly [ErrorObject, ...ErrorObject[]];

/**
 * What is wrong in the first place that has a fault. Where a value may be of several kinds, the kind that it fits best speaks: the
 * one whose complaint lies deepest.
 */
function firstFaults(errors: readonly ErrorObject[]): Faults {
  const telling = errors.filter(({ keyword }) => keyword !== 'anyOf') as [ErrorObject, ...ErrorObject[]];
  const [first] = telling;
  if (unknownKey(first) !== undefined) return [first];
  const below = telling.filter(({ instancePath }) => instancePath === first.instancePath || instancePath.startsWith(`${first.instancePath}/`));
  const depth = (fault: ErrorObject) => pathOf(fault).length + (unknownKey(fault) === undefined ? 0 : 1);
  const deepest = Math.max(...below.map(depth));
  return below.filter((fault) => depth(fault) === deepest) as unknown as Faults;
}

const unknownKey = ({ params }: ErrorObject) => params['additionalProperty'] as string | undefined;

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
  }
}

const pathOf = (fault: ErrorObject): (string | number)[] =>
  fault.instancePath.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).map((part) => (/^\d+$/.test(part) ? Number(part) : part));

function offsetOf(document: Document, fault: ErrorObject): number {
  const path = pathOf(fault);
  const node = (path.length > 0 ? document.getIn(path, true) : document.contents) as Node | null | undefined;
  const unknown = unknownKey(fault);
  if (unknown !== undefined && isMap(node)) {
    const pair = node.items.find((each) => String((each as Pair<Node>).key) === unknown) as Pair<Node> | undefined;
    return pair?.key.range?.[0] ?? 0;
  }
  return node?.range?.[0] ?? 0;
}

function sentence(faults: Faults): string {
  const [fault] = faults;
  const where = pathOf(fault).reduce<string>((path, part) => (typeof part === 'number' ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`), '');
  const unknown = unknownKey(fault);
  if (unknown !== undefined) return `unknown key "${unknown}"${where === '' ? '' : ` in ${where}`}`;
  return `${where === '' ? 'the file' : where} must ${[...new Set(faults.map(wish))].join(' or ').replaceAll(' or be ', ' or ')}`;
}

/** What a value has to do: `be one of silent, error, warn`. */
function wish({ keyword, message = '', params, parentSchema }: ErrorObject): string {
  if (typeof parentSchema?.['title'] === 'string') return `be ${parentSchema['title']}`;
  if (keyword === 'enum') return `be one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}`;
  return message.replace(/^must /, '');
}
