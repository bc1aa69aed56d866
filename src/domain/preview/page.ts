/** The page around a previewed piece, and what browsers are told to let it do. */
import { escaped } from './markup.ts';
import type { PreviewConduct, PreviewRecord } from './preview.ts';

/** For whoever embeds a preview in a page of their own. */
export const EMBEDDING: Readonly<Record<PreviewConduct, string>> = { still: 'allow-popups', foreign: 'allow-scripts allow-popups' };

/** Both without an origin: a document that has none can read no cookie, no storage and no answer of ours, however it is opened. */
const POLICIES: Readonly<Record<PreviewConduct, string>> = {
  still: "default-src 'none'; img-src https: data:; media-src https:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    + 'sandbox allow-popups allow-popups-to-escape-sandbox',
  // Nothing may be fetched but what is drawn, played, or run; frames inherit this.
  foreign: "default-src 'none'; img-src https: data:; media-src https:; font-src https: data:; style-src 'unsafe-inline' https:; script-src 'unsafe-inline' https:; "
    + "base-uri 'none'; form-action 'none'; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox",
};

/** The content security policy of the page. */
export const previewPolicy = (conduct: PreviewConduct): string => POLICIES[conduct];

const STYLE = 'body{margin:0;padding:8px;font:14px/1.4 system-ui,sans-serif;color:#15171a;background:#fff}.ad{display:inline-block;max-width:100%}'
  + 'img,video,iframe{max-width:100%;height:auto;border:0}iframe{height:revert-layer}h2,h3,p{margin:4px 0}.items{display:flex;gap:8px;overflow:auto;padding:0;list-style:none}'
  + '.items li,.card{flex:0 0 160px;border:1px solid #ddd;border-radius:6px;padding:8px}.items img{width:100%}.click{display:inline-block;padding:4px 10px;border:1px solid}'
  + '.note{color:#666}pre{white-space:pre-wrap}';

export function previewPage({ title, html }: Pick<PreviewRecord, 'title' | 'html'>): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">`
    + `<title>${escaped(title)}</title><style>${STYLE}</style></head><body>${html}</body></html>`;
}
