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
  const content: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  const ajv = new Ajv({ strict: false, allErrors: false, allowUnionTypes: true, logger: false });
  addFormats(ajv);
  const validate = ajv.compile(shape);
  if (validate(content)) return content as Content;
  const fault = validate.errors![0]!;
  throw new ConfigError(`${at(offsetOf(document, fault))}: ${sentence(fault)}`);
}

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
  const unknown = fault.params['additionalProperty'] as string | undefined;
  if (unknown !== undefined && isMap(node)) {
    const pair = node.items.find((each) => String((each as Pair<Node>).key) === unknown) as Pair<Node> | undefined;
    return pair?.key.range?.[0] ?? 0;
  }
  return node?.range?.[0] ?? 0;
}

function sentence(fault: ErrorObject): string {
  const where = pathOf(fault).reduce<string>((path, part) => (typeof part === 'number' ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`), '');
  if (fault.keyword === 'additionalProperties') return `unknown key "${fault.params['additionalProperty']}"${where === '' ? '' : ` in ${where}`}`;
  return `${where === '' ? 'the file' : where} ${fault.message}`;
}
