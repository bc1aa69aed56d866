/** What the rules of `lint` look at: the storyboards and kits of a bundle, loaded, with the YAML that they were written in. */
import type { SchemaCatalogue } from '../../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject } from '../json/object.ts';
import type { Bundle, BundleFile } from '../load/bundle.ts';
import type { BundleSource } from '../load/bundle-source.ts';
import type { TestKit } from '../load/test-kit.ts';
import { parseYaml, type YamlNode } from '../load/yaml-node.ts';
import type { Phase, Step, Storyboard } from '../storyboard.ts';

export interface LintSuite {
  readonly storyboards: readonly LintedStoryboard[];
  readonly kits: readonly LintedKit[];
  readonly index?: LintedIndex;
  /** Undefined when the bundle brings none: rules that need schemas then find nothing. */
  readonly schemas?: SchemaCatalogue;
}

export interface LintedStoryboard {
  readonly file: BundleFile;
  readonly storyboard: Storyboard;
  readonly root: YamlNode;
  readonly kit?: TestKit;
  /** In the order in which they run. */
  readonly steps: readonly LintedStep[];
}

export interface LintedStep {
  readonly phase: Phase;
  readonly step: Step;
  readonly phaseNode: YamlNode;
  readonly node: YamlNode;
  /** The step as it stands in the file, for members that only lint reads. */
  readonly authored: JsonObject;
}

export interface LintedKit {
  readonly kit: TestKit;
  readonly root: YamlNode;
}

export interface LintedIndex {
  readonly root: YamlNode;
  /** The files of the bundle, below its root. */
  readonly paths: readonly string[];
}

/** Reads the YAML of everything in a bundle that loaded, from where it was loaded. */
export function lintSuite(bundle: Bundle, source: BundleSource): LintSuite {
  const parsed = (path: string): YamlNode | undefined => rootOf(path, source);
  const kits = [...bundle.kits.values()].flatMap((reading): LintedKit[] => {
    const root = reading.kind === 'kit' ? parsed(reading.kit.path) : undefined;
    return reading.kind === 'kit' && root !== undefined ? [{ kit: reading.kit, root }] : [];
  });
  const kitAt = new Map(kits.map(({ kit }) => [kit.path, kit]));
  const storyboards = bundle.files.flatMap((file): LintedStoryboard[] => {
    const { reading } = file;
    const root = reading.kind === 'storyboard' ? parsed(file.path) : undefined;
    if (reading.kind !== 'storyboard' || root === undefined) return [];
    const kit = kitAt.get(reading.storyboard.test_kit?.path ?? '');
    return [{ file, storyboard: reading.storyboard, root, steps: stepsOf(reading.storyboard, root), ...(kit !== undefined && { kit }) }];
  });
  const index = parsed('index.json');
  return {
    storyboards, kits,
    ...(index !== undefined && { index: { root: index, paths: [...bundle.files.map(({ path }) => path), ...bundle.kits.keys()] } }),
    ...(bundle.schemas !== undefined && { schemas: bundle.schemas }),
  };
}

/** Undefined for what cannot be read or parsed: the loader has told of it. */
function rootOf(path: string, source: BundleSource): YamlNode | undefined {
  const bytes = source.read(path);
  const parsed = Buffer.isBuffer(bytes) ? parseYaml(bytes.toString('utf8'), source.shown(path)) : undefined;
  return parsed?.kind === 'root' ? parsed.root : undefined;
}

function stepsOf(storyboard: Storyboard, root: YamlNode): readonly LintedStep[] {
  const phaseNodes = mapsOf(root.member('phases'));
  return storyboard.phases.flatMap((phase, i) => {
    const phaseNode = phaseNodes[i] ?? root;
    const nodes = mapsOf(phaseNode.member('steps'));
    return phase.steps.map((step, at) => {
      const node = nodes[at] ?? phaseNode;
      return { phase, step, phaseNode, node, authored: isObject(node.value) ? node.value : {} };
    });
  });
}

/** The loader passes over entries that are no maps, and so do their positions here. */
export const mapsOf = (list: YamlNode | undefined): readonly YamlNode[] => (list?.items() ?? []).filter((item) => item.isMap);
