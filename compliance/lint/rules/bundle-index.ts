/** An index that names what is not in the bundle: it is then left out of every run. */
import type { YamlNode } from '../../load/yaml-node.ts';
import { type LintFinding, type LintRule, quoted, wrong } from '../rule.ts';
import { mapsOf } from '../suite.ts';
import { textOf, textsOf } from '../texts.ts';

export const bundleIndex: LintRule = ({ index }) => {
  if (index === undefined) return [];
  const { root, paths } = index;
  return [
    ...textsOf(root, 'universal').filter(({ text }) => !paths.some((path) => path === `universal/${text}.yaml` || path === `universal/${text}.yml`))
      .map(({ text, at }) => unknown(at, `universal/${text}.yaml`)),
    ...['protocols', 'specialisms'].flatMap((list) => mapsOf(root.member(list))).flatMap((entry) => textOf(entry, 'path') ?? [])
      .filter(({ text }) => !paths.some((path) => path.startsWith(text))).map(({ text, at }) => unknown(at, text)),
  ];
};

const unknown = (at: YamlNode, path: string): LintFinding =>
  wrong('unknown_file', at, `the index names ${quoted(path)}, where the bundle has no storyboard`, 'add the file, or take the entry out');
