/** YAML (or JSON) files of operators: parsed with positions, so that every complaint names file, line and column. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import addFormatsModule from 'ajv-formats';
import { isMap, LineCounter, parseDocument, type Document, type Node, type Pair } from 'yaml';

const addFormats = addFormatsModule as unknown as (ajv: Ajv) => void;

/** A file that cannot be used. The message is one line for the operator. */
export class ConfigError extends Error {}

/** A file that was read, and where in it something stands. */
export interface YamlFile {
  readonly file: string;
  readonly content: unknown;
  /** `file:line:column` of a place in the content; of the nearest place around it when the file does not have it. */
  where(path: readonly (string | number)[]): string;
  /** Where a key of the mapping at a path stands. */
  whereKey(path: readonly (string | number)[], key: string): string;
}

/** @throws ConfigError when the file cannot be read or is no YAML */
export function openYamlFile(file: string): YamlFile {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => { const { line, col } = lines.linePos(offset); return `${file}:${line}:${col}`; };
  const broken = document.errors[0];
  if (broken) throw new ConfigError(`${at(broken.pos[0])}: ${broken.message}`);
  return {
    file, content: contentOf(document, file),
    where: (path) => at(nodeAround(document, path)?.range?.[0] ?? 0),
    whereKey: (path, key) => at(keyOffset(nodeAt(document, path), key)),
  };
}

/**
 * Reads a file and holds it to a shape.
 * @throws ConfigError naming the first fault
 */
export function readYamlFile<Content>(file: string, shape: object): Content {
  const opened = openYamlFile(file);
  const fault = firstFault(opened, shape);
  if (fault !== undefined) throw new ConfigError(fault);
  return opened.content as Content;
}

/** What is wrong with a file in the first place, in one line with its position. */
export function firstFault(opened: YamlFile, shape: object): string | undefined {
  // The shapes are our own: to hold them to the schema of schemas takes longer than everything else here.
  const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, verbose: true, allowUnionTypes: true, logger: false });
  addFormats(ajv);
  ajv.addFormat('url', { validate: (text: string) => URL.canParse(text) });
  const validate = ajv.compile(shape);
  if (validate(opened.content)) return undefined;
  const faults = firstFaults(validate.errors!);
  const [first] = faults;
  const unknown = unknownKey(first);
  return `${unknown === undefined ? opened.where(pathOf(first)) : opened.whereKey(pathOf(first), unknown)}: ${sentence(faults)}`;
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

const nodeAt = (document: Document, path: readonly (string | number)[]): Node | null | undefined =>
  (path.length > 0 ? document.getIn(path, true) : document.contents) as Node | null | undefined;

function nodeAround(document: Document, path: readonly (string | number)[]): Node | null | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (node) return node;
  }
  return document.contents as Node | null;
}

function keyOffset(node: Node | null | undefined, key: string): number {
  const pair = isMap(node) ? (node.items.find((each) => String((each as Pair<Node>).key) === key) as Pair<Node> | undefined) : undefined;
  return pair?.key.range?.[0] ?? node?.range?.[0] ?? 0;
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
