/** Markup and scripts of a buyer: they run only in a frame without an origin, where they can reach neither the page around them nor this seller. */
import type { Asset } from '../../protocol/wire/core/asset.ts';
import { substituted, type MacroValues } from '../macro-substitution.ts';
import { element } from './markup.ts';
import type { Size } from './subject.ts';

/** Types of assets that are a document, or part of one. */
export const FOREIGN_TYPES: ReadonlySet<string> = new Set(['html', 'javascript', 'css']);

/** One frame for all that the creative brings, styles first; undefined when it brings none. */
export function foreignFrame(assets: readonly Asset[], values: MacroValues, size: Size | undefined): string | undefined {
  const parts = (['css', 'html', 'javascript'] as const).flatMap((type) => assets.filter((asset) => asset.asset_type === type).map(documentPart));
  if (parts.length === 0) return undefined;
  const srcdoc = `<!doctype html>${substituted(parts.join('\n'), values)}`;
  return element('iframe', { sandbox: 'allow-scripts', title: 'the creative', srcdoc, width: size?.width ?? 600, height: size?.height ?? 400 });
}

function documentPart({ asset_type, content = '' }: Asset): string {
  switch (asset_type) {
    case 'css': return `<style>${content}</style>`;
    case 'javascript': return `<script>${content}</script>`;
    default: return content;
  }
}
