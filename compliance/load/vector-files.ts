/** Published test vectors of a bundle, parsed when somebody asks for one. */
import type { BundleSource } from './bundle-source.ts';

export interface VectorFiles {
  /** Paths below the root: `test-vectors/request-signing/keys.json`. */
  readonly names: readonly string[];
  /** The document in a file, undefined when the bundle has none of that name or it is no JSON. */
  document(name: string): unknown;
}

const FOLDER = 'test-vectors/';

/** Only files that the source lists can be named, so that no reference leads out of the bundle. */
export function vectorFiles(source: BundleSource): VectorFiles {
  const names = source.names.filter((name) => name.startsWith(FOLDER)).sort();
  const known = new Map<string, unknown>();
  return {
    names,
    document(name) {
      if (!names.includes(name)) return undefined;
      if (!known.has(name)) known.set(name, parsed(source.read(name)));
      return known.get(name);
    },
  };
}

function parsed(bytes: ReturnType<BundleSource['read']>): unknown {
  if (!Buffer.isBuffer(bytes)) return undefined;
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
