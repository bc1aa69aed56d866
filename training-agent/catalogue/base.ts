/** The catalogue of the sandbox's fictional publisher, from the YAML files beside this one. */
import { join } from 'node:path';
import { Type } from 'typebox';
import { readYamlFile } from '../../src/config/yaml-file.ts';
import type { Features } from '../../src/domain/features.ts';
import { offeredProduct } from '../../src/domain/offered-product.ts';
import { FormatRow, ProductRow, SignalRow } from './row.ts';

/** In the order of rank. */
const PRODUCT_FILES = ['display.yaml', 'video.yaml', 'audio-and-screens.yaml', 'television.yaml', 'harness.yaml'];

const ProductFile = Type.Object({ products: Type.Array(ProductRow) }, { additionalProperties: false });
const FormatFile = Type.Object({ formats: Type.Array(FormatRow) }, { additionalProperties: false });
const SignalFile = Type.Object({ signals: Type.Array(SignalRow) }, { additionalProperties: false });

export interface BaseCatalogue {
  /** Best first. */
  readonly products: readonly ProductRow[];
  readonly formats: readonly FormatRow[];
  readonly signals: readonly SignalRow[];
}

/** @param features what the seller has switched off, its products do not offer either */
export function readBaseCatalogue(features: Features): BaseCatalogue {
  const read = <Content>(name: string, shape: object) => readYamlFile<Content>(join(import.meta.dirname, name), shape);
  return {
    products: PRODUCT_FILES.flatMap((name) => read<{ products: ProductRow[] }>(name, ProductFile).products).map((row) => offeredProduct(row, features)),
    formats: read<{ formats: FormatRow[] }>('formats.yaml', FormatFile).formats,
    signals: read<{ signals: SignalRow[] }>('signals.yaml', SignalFile).signals,
  };
}
