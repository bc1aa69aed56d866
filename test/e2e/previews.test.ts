/** Previews as a browser opens them: what a buyer's own markup can and cannot do. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumCommand, openPage, type Page } from '../support/chromium.ts';
import { toolCaller } from '../support/mcp-call.ts';
import { startSeller, type TestSeller } from '../support/seller.ts';

const FORMAT = { agent_url: 'https://formats.example', id: 'display_300x250' };
const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==';

let seller: TestSeller;
beforeAll(async () => { seller = await startSeller(); });
afterAll(() => seller.close());

interface Render { readonly preview_url: string; readonly preview_html?: string }
async function preview(assets: Record<string, object>, more: object = {}): Promise<Render> {
  const { document } = await toolCaller(seller.url, seller.token)('preview_creative', { request_type: 'single', creative_manifest: { format_id: FORMAT, assets }, ...more });
  return (document as { previews: { renders: Render[] }[] }).previews[0]!.renders[0]!;
}

const STILL = { image: { asset_type: 'image', url: 'https://cdn.example/a.png', width: 300, height: 250 }, headline: { asset_type: 'text', content: '<script>planted = 1</script>' } };

describe('a link to a preview', () => {
  test('leads to a page without an origin, that no cache keeps', async () => {
    const { preview_url } = await preview(STILL);
    const reply = await fetch(preview_url);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(Object.fromEntries(['x-content-type-options', 'referrer-policy', 'cache-control', 'x-robots-tag'].map((name) => [name, reply.headers.get(name)]))).toEqual({
      'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex',
    });
    expect(reply.headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*; sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(await reply.text()).toContain('&lt;script&gt;planted = 1&lt;/script&gt;');
  });

  test('cannot be guessed: another id leads nowhere', async () => {
    const { preview_url } = await preview(STILL);
    expect(new URL(preview_url).pathname).toMatch(/^\/previews\/prv_[0-9a-f]{24}$/);
    const reply = await fetch(preview_url.replace(/.{6}$/, '000000'));
    expect([reply.status, await reply.text()]).toEqual([404, expect.stringContaining('expired')]);
  });

  test('is all there is unless markup is asked for, by the name of the harness too', async () => {
    expect(await preview(STILL)).not.toHaveProperty('preview_html');
    expect(await preview(STILL, { output_format: 'html' })).toMatchObject({ preview_url: expect.any(String), preview_html: expect.any(String) });
    expect(await preview(STILL, { format: 'both' })).toMatchObject({ preview_html: expect.any(String) });
  });
});

const command = chromiumCommand('how previews work in a browser');
describe.runIf(command !== undefined)('a preview in a browser', () => {
  let page: Page | undefined;
  let outside: Server;
  const heard: string[] = [];
  beforeAll(async () => {
    outside = createServer((request, response) => { heard.push(request.url!); response.setHeader('access-control-allow-origin', '*').end(); });
    await new Promise<void>((resolve) => { outside.listen(0, '127.0.0.1', resolve); });
  });
  afterAll(async () => { await page?.close(); await new Promise((resolve) => { outside.close(resolve); }); });

  test('of plain assets runs nothing and calls no tracker', async () => {
    const { preview_url } = await preview({ ...STILL, image: { ...STILL.image, url: PIXEL }, impression_tracker: { asset_type: 'url', url: 'https://t.example/i' } });
    page = await openPage(command!, preview_url);
    expect(page.requests.filter((url) => !url.startsWith('data:'))).toEqual([preview_url]);
    expect(await page.evaluate('[document.querySelector("h2").textContent, document.images[0].complete && document.images[0].naturalWidth, typeof planted, origin]'))
      .toEqual(['<script>planted = 1</script>', 1, 'undefined', 'null']);
    await page.close();
    page = undefined;
  });

  test("of a buyer's own markup runs it where it can reach neither us, nor the page around it, nor anybody else", async () => {
    const { port } = outside.address() as AddressInfo;
    const code = `
      const tried = {};
      const attempt = (name, act) => { try { tried[name] = String(act()); } catch (error) { tried[name] = error.name; } };
      attempt('cookie', () => document.cookie);
      attempt('storage', () => localStorage.length);
      attempt('parent', () => parent.document.title);
      attempt('origin', () => origin);
      fetch('${seller.url}', { method: 'POST', body: '{}' }).then(() => 'answered', () => 'blocked').then((it) => { tried.us = it; })
        .then(() => fetch('http://127.0.0.1:${port}/told')).then(() => 'answered', () => 'blocked').then((it) => { tried.others = it; parent.postMessage(tried, '*'); });`;
    const { preview_url } = await preview({ page: { asset_type: 'html', content: '<p>Hello</p>' }, code: { asset_type: 'javascript', content: code } });
    page = await openPage(command!, preview_url);
    // The frame speaks to the page of the preview, which has no script; what it says is heard by one that the browser adds.
    await page.evaluate('addEventListener("message", (event) => { window.told = event.data; }); document.querySelector("iframe").srcdoc = document.querySelector("iframe").srcdoc;');
    await expect.poll(() => page!.evaluate('window.told'), { timeout: 10_000 }).toEqual({
      cookie: 'SecurityError', storage: 'SecurityError', parent: 'SecurityError', origin: 'null', us: 'blocked', others: 'blocked',
    });
    expect(heard).toEqual([]);
  });
});

test('every answer was as AdCP has it', () => {
  expect(seller.violations).toEqual([]);
});
