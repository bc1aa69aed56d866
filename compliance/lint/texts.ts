import type { YamlNode } from '../load/yaml-node.ts';

export interface TextNode {
  readonly text: string;
  readonly at: YamlNode;
  /** The key that it stands under; of an entry of a list the list's. */
  readonly key: string;
}

/** Every text below a node, in the order of the file. */
export function textsBelow(node: YamlNode | undefined, key = ''): readonly TextNode[] {
  if (node === undefined) return [];
  if (node.isMap) return node.members().flatMap(([name, inner]) => textsBelow(inner, name));
  if (node.isList) return node.items().flatMap((inner) => textsBelow(inner, key));
  return typeof node.value === 'string' ? [{ text: node.value, at: node, key }] : [];
}

/** The text of a member, undefined when it has none. */
export function textOf(node: YamlNode, member: string): TextNode | undefined {
  const at = node.member(member);
  return typeof at?.value === 'string' ? { text: at.value, at, key: member } : undefined;
}

/** The texts of a member that is one text or a list of them. */
export function textsOf(node: YamlNode, member: string): readonly TextNode[] {
  const at = node.member(member);
  return at?.isMap === true ? [] : textsBelow(at, member);
}
