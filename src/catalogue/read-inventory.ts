/** Reads an operator's inventory from files: all of it or, with every fault named where it lies, none of it. */
import { ConfigError, firstFault, openYamlFile, type YamlFile } from '../config/yaml-file.ts';
import type { Inventory } from '../domain/inventory.ts';
import { plainlyFits } from '../protocol/plainly-fits.ts';
import { checkShape } from '../protocol/request-check.ts';
import { Format } from '../protocol/wire/core/format.ts';
import { Product } from '../protocol/wire/core/product.ts';
import { Signal } from '../protocol/wire/get-signals.ts';
import { completedFormat, completedProduct, completedSignal, type Owner } from './completed.ts';
import { flawsOf, type Placed } from './flaws.ts';
import { InventoryFile, type Row } from './shape.ts';

export type ReadInventory =
  | { readonly kind: 'inventory'; readonly inventory: Inventory }
  /** Each one line: `file:line:column: what is wrong`. */
  | { readonly kind: 'faults'; readonly faults: readonly [string, ...string[]] };

/** @param files in order of rank */
export function readInventory(files: readonly string[], owner: Owner): ReadInventory {
  const faults: string[] = [];
  const opened = files.flatMap((file) => openedFile(file, faults) ?? []);
  const products = opened.flatMap((yaml) => rows(yaml, 'products', (row, { defaults = {} }) => completedProduct(row, defaults as Row, owner)));
  const formats = opened.flatMap((yaml) => rows(yaml, 'formats', (row) => completedFormat(row, owner)));
  const signals = opened.flatMap((yaml) => rows(yaml, 'signals', (row) => completedSignal(row, owner)));
  faults.push(...products.flatMap((row) => shapeFaults(row, Product)), ...formats.flatMap((row) => shapeFaults(row, Format)), ...signals.flatMap((row) => shapeFaults(row, Signal)));
  // Rows that have no shape are not asked for more.
  if (faults.length === 0) faults.push(...flawsOf({ products: products as Placed<Product>[], formats: formats as Placed<Format>[], signals: signals as Placed<Signal>[] }));
  if (faults.length === 0 && products.length === 0) faults.push(`${files.join(', ')}: no product is for sale here; list some under "products"`);
  const [first, ...more] = faults;
  return first === undefined
    ? { kind: 'inventory', inventory: { products: documents<Product>(products), formats: documents<Format>(formats), signals: documents<Signal>(signals) } }
    : { kind: 'faults', faults: [first, ...more] };
}

function openedFile(file: string, faults: string[]): YamlFile | undefined {
  try {
    const opened = openYamlFile(file);
    const fault = plainlyFits(InventoryFile, opened.content) ? undefined : firstFault(opened, InventoryFile);
    if (fault === undefined) return opened;
    faults.push(fault);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(error.message);
  }
  return undefined;
}

type List = 'products' | 'formats' | 'signals';

function rows(yaml: YamlFile, list: List, complete: (row: Row, content: InventoryFile) => Row): Placed<Row>[] {
  const content = yaml.content as InventoryFile;
  return (content[list] ?? []).map((row, at) => ({ document: complete(row as Row, content), path: [list, at], yaml }));
}

/** Every fault of a row that lies in another place. */
function shapeFaults({ document, path, yaml }: Placed<Row>, shape: Parameters<typeof checkShape>[0]): string[] {
  if (plainlyFits(shape, document)) return [];
  const issue = checkShape(shape, document, path.map(String));
  return issue === undefined ? [] : issue.issues.map(({ pointer, message }) => `${yaml.where(pathOf(pointer))}: ${message}`);
}

const pathOf = (pointer: string): (string | number)[] =>
  pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~')).map((part) => (/^\d+$/.test(part) ? Number(part) : part));

const documents = <Document>(placed: readonly Placed<Row>[]): Document[] => placed.map(({ document }) => document as unknown as Document);
