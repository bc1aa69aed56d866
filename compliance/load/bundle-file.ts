/** A storyboard file of a bundle: outlined when the bundle is opened, parsed when it is looked at. */
import type { LoadProblem } from '../problem.ts';
import type { BundleSource } from './bundle-source.ts';
import { crossCheck, type Neighbours } from './cross-check.ts';
import { type Outline, outlineOf, scanOutline } from './outline.ts';
import { type LoadRules, readStoryboard, type ReadStoryboard } from './read-storyboard.ts';

/** `loose`: a file that lies outside the bundle, joined to it by the operator. */
export type Place = { readonly kind: 'universal' | 'loose' } | { readonly kind: 'protocol' | 'specialism'; readonly id: string };

/** A YAML file of the bundle, what became of it, and where in the suite it stands. */
export interface BundleFile {
  /** Below the root. */
  readonly path: string;
  readonly place: Place;
  /** What the bundle knows of it without parsing it. */
  readonly outline: Outline;
  /** Parsed, and held to the rules of a file and of the bundle, when it is first looked at. */
  readonly reading: ReadStoryboard;
}

/** A file that was read, or why it was not. */
export type Text = { readonly text: string } | { readonly problem: LoadProblem };

/** @param seen is shown the bytes, which nobody keeps */
export function textOf(source: BundleSource, name: string, seen: (bytes: Buffer) => void): Text {
  const bytes = source.read(name);
  if (Buffer.isBuffer(bytes)) {
    seen(bytes);
    return { text: bytes.toString('utf8') };
  }
  return { problem: {
    code: 'unreadable_file', severity: 'error', message: bytes.unreadable, way_out: 'make it a readable file of at most 4 MiB',
    location: { file: source.shown(name), line: 1, column: 1, source: '' },
  } };
}

/** The id of a file's storyboard, as far as it can be read. */
export function idOf({ outline }: Pick<BundleFile, 'outline'>): string | undefined {
  return outline.kind === 'ignored' ? undefined : outline.id;
}

export class LazyFile implements BundleFile {
  readonly path: string;
  readonly place: Place;
  readonly #shown: string;
  readonly #text: Text;
  readonly #rules: LoadRules;
  readonly #neighbours: () => Neighbours;
  #outline: Outline | undefined;
  /** Kept as long as somebody looks at it: whoever asks later has it parsed anew. */
  #alone: WeakRef<ReadStoryboard> | undefined;
  #reading: WeakRef<ReadStoryboard> | undefined;

  constructor(path: string, shown: string, text: Text, rules: LoadRules, neighbours: () => Neighbours) {
    this.path = path;
    this.place = placeOf(path);
    this.#shown = shown;
    this.#text = text;
    this.#rules = rules;
    this.#neighbours = neighbours;
  }

  get shown(): string {
    return this.#shown;
  }

  get outline(): Outline {
    return this.#outline ??= ('text' in this.#text ? scanOutline(this.#text.text, this.#isOptional) : undefined) ?? outlineOf(this.#read());
  }

  get reading(): ReadStoryboard {
    const known = this.#reading?.deref();
    if (known !== undefined) return known;
    const reading = crossCheck(this.#read(), this.path, this.#neighbours());
    this.#reading = new WeakRef(reading);
    return reading;
  }

  /** Files of the universal folder without phases are other documents. */
  get #isOptional(): boolean {
    return this.path.startsWith('universal/');
  }

  #read(): ReadStoryboard {
    const known = this.#alone?.deref();
    if (known !== undefined) return known;
    const alone: ReadStoryboard = 'problem' in this.#text
      ? { kind: 'broken', file: this.#shown, problems: [this.#text.problem] }
      : readStoryboard(this.#text.text, { file: this.#shown, ignoreWithoutPhases: this.#isOptional }, this.#rules);
    this.#alone = new WeakRef(alone);
    return alone;
  }
}

/** Where a path below the root stands in the suite. */
export function placeOf(path: string): Place {
  const [top, id = ''] = path.split('/');
  if (top === 'universal') return { kind: 'universal' };
  return top === 'protocols' || top === 'specialisms' ? { kind: top === 'protocols' ? 'protocol' : 'specialism', id } : { kind: 'loose' };
}
