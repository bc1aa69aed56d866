/** Draws one piece of a creative: media, texts, items of catalogues, and the addresses that it leads to (seller specification §2.19). */
import type { Asset } from '../../protocol/wire/core/asset.ts';
import { catalogMacros, filled, substituted, type MacroValues } from '../macro-substitution.ts';
import { textOf } from '../catalog/item-ids.ts';
import { FOREIGN_TYPES, foreignFrame } from './foreign-markup.ts';
import { itemCard } from './item-card.ts';
import { linkOf, linksIn, shownLink, type Link } from './links.ts';
import { element, escaped } from './markup.ts';
import type { PreviewConduct } from './preview.ts';
import type { Filling, PreviewSubject, ShownCatalog, Size } from './subject.ts';

export interface DrawnPiece {
  readonly html: string;
  readonly conduct: PreviewConduct;
}

/** @param values of macros that the preview is made with */
export function drawnPiece(fillings: readonly Filling[], { catalogs }: Pick<PreviewSubject, 'catalogs'>, values: MacroValues, size?: Size): DrawnPiece {
  const frame = foreignFrame(fillings.map(({ asset }) => asset), values, size);
  const links = fillings.flatMap(({ slot, asset }) => (FOREIGN_TYPES.has(asset.asset_type) ? linksIn(asset) : (linkOf(slot, asset) ?? [])));
  const shown = fillings.flatMap(({ slot, asset }) => {
    const catalog = catalogs.get(slot);
    return catalog ? [itemList(catalog, fillings, links, values)] : drawn(slot, asset, values);
  });
  const perItem = (link: Link) => [...catalogs.values()].some((each) => isOfItems(link, each));
  const label = callToAction(fillings, values);
  const html = element('article', { class: 'ad' }, ...(frame === undefined ? [] : [frame]), ...shown,
    ...links.filter((link) => !perItem(link)).map((link) => shownLink(link, values, label)));
  return { html, conduct: frame === undefined ? 'still' : 'foreign' };
}

/** Whether a link holds a macro that items of the catalogue fill. */
const isOfItems = ({ template }: Link, { catalog }: ShownCatalog): boolean => substituted(template, catalogMacros(catalog, {})) !== template;

/** One card an item, each with the links that are about the item. */
function itemList(shown: ShownCatalog, fillings: readonly Filling[], links: readonly Link[], values: MacroValues): string {
  const own = links.filter((link) => isOfItems(link, shown));
  const cards = shown.items.map((item) => {
    const all = { ...values, ...catalogMacros(shown.catalog, item) };
    return element('li', {}, itemCard(item), ...own.map((link) => shownLink(link, all, callToAction(fillings, all))));
  });
  return element('ul', { class: 'items' }, ...cards);
}

const CALLS: readonly string[] = ['cta', 'call_to_action', 'cta_text'];

function callToAction(fillings: readonly Filling[], values: MacroValues): string {
  const asset = fillings.find(({ slot }) => CALLS.includes(slot))?.asset;
  return filled(textOf(asset?.content) ?? 'Visit', values);
}

/** An asset as it is seen; nothing for what is only a link, or part of a document. */
function drawn(slot: string, asset: Asset, values: MacroValues): string[] {
  if (FOREIGN_TYPES.has(asset.asset_type) || CALLS.includes(slot)) return [];
  const { url, width, height, alt_text, content } = asset as Asset & { readonly alt_text?: string };
  const src = url === undefined ? undefined : substituted(url, values);
  switch (asset.asset_type) {
    case 'image': return [element('img', { src, width, height, alt: alt_text ?? slot.replaceAll('_', ' '), referrerpolicy: 'no-referrer' })];
    case 'video': return [element('video', { src, width, height, controls: true, preload: 'metadata' })];
    case 'audio': return [element('audio', { src, controls: true, preload: 'metadata' })];
    case 'text': return [element(/headline|title/.test(slot) ? 'h2' : 'p', { class: slot }, escaped(filled(content ?? '', values)))];
    case 'markdown': return [element('pre', {}, escaped(filled(content ?? '', values)))];
    case 'card': return [card(asset, values)];
    case 'zip': return [note('A packed HTML5 creative, shown when it is served.'), ...backupOf(asset)];
    case 'vast': case 'daast': return [note('An ad tag: what it plays is known when it is called.')];
    case 'published_post': return [note(`A post that is published already${post(asset)}.`)];
    case 'webhook': return [note('Made when it is served, by the agent that the buyer names.')];
    case 'brief': return [note('A brief: what is made from it is shown when it is made.')];
    case 'catalog': return [note('The items of a catalogue.')];
    default: return [];
  }
}

const note = (text: string): string => element('p', { class: 'note' }, escaped(text));

function backupOf(asset: Asset): string[] {
  const backup = (asset as { backup_image_url?: string }).backup_image_url;
  return backup === undefined ? [] : [element('img', { src: backup, alt: 'backup image', referrerpolicy: 'no-referrer' })];
}

const post = (asset: Asset): string => {
  const where = textOf((asset as { post_url?: unknown }).post_url) ?? textOf((asset as { platform?: unknown }).platform);
  return where === undefined ? '' : `: ${where}`;
};

function card(asset: Asset, values: MacroValues): string {
  const { media, headline, description, cta, landing_page_url: landing } = asset as unknown as {
    media?: Asset; headline?: string; description?: string; cta?: string; landing_page_url?: Asset;
  };
  return element('section', { class: 'card' },
    ...(media ? drawn('media', media, values) : []),
    ...(headline === undefined ? [] : [element('h3', {}, escaped(filled(headline, values)))]),
    ...(description === undefined ? [] : [element('p', {}, escaped(filled(description, values)))]),
    ...(landing?.url === undefined ? [] : [shownLink({ role: 'click', template: landing.url }, values, filled(cta ?? 'Visit', values))]),
  );
}
