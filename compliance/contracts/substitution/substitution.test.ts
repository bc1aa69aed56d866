import { describe, expect, test } from 'vitest';
import { hasOfficial } from '../../../test/support/official-schemas.ts';
import { vectorFile } from '../../../test/support/official-vectors.ts';
import { divergence, encodeForUrl, isSafelyEncoded, sameEncoding } from './encoding.ts';
import { type BoundValue, judgeSubstitution } from './judge-substitution.ts';
import { macroValues } from './macro-positions.ts';
import { trackerUrls } from './tracker-urls.ts';

interface Vector {
  readonly name: string;
  readonly macro: string;
  readonly value: string;
  readonly template: string;
  readonly expected: string;
}

const official = hasOfficial('that values of catalogues are encoded as AdCP\'s vectors say');
const vectors = official ? vectorFile<{ vectors: readonly Vector[] }>('catalog-macro-substitution.json').vectors : [];
const bound = ({ name, macro, value }: Pick<Vector, 'name' | 'macro' | 'value'>): BoundValue =>
  ({ name, macro, raw: value, encoded: encodeForUrl(value), custom: false });
const image = (url: string) => trackerUrls(`<img src="${url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}">`);
const judged = (template: string, bindings: readonly BoundValue[], url: string, every = true) =>
  judgeSubstitution({ macro_template: template, require_every_binding: every }, bindings, image(url)).map(({ code }) => code);

describe.runIf(official)('official vectors of macro substitution', () => {
  test('are all there', () => { expect(vectors).toHaveLength(11); });

  test.each(vectors)('$name', (vector) => {
    const { template, macro, value, expected } = vector;
    expect(template.replaceAll(macro, encodeForUrl(value))).toBe(expected);
    expect(judged(template, [bound(vector)], expected)).toEqual([]);
    expect(judged(template, [bound(vector)], expected.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase()))).toEqual([]);
    expect(judged(template, [bound(vector)], template.replaceAll(macro, value))).toEqual(['substitution_encoding_violation']);
  });
});

describe('values in URLs', () => {
  const template = 'https://track.example/imp?sku={SKU}&cb=1';
  const at = (value: string) => `https://track.example/imp?sku=${value}&cb=2`;
  const sku = (value: string, name = 'sku') => bound({ name, macro: '{SKU}', value });

  test.each([
    ['encoded with a function that leaves brackets', 'a(b)', 'a(b)', 'substitution_encoding_violation'],
    ['not normalised', 'cafe\u0301', 'cafe%CC%81', 'substitution_encoding_violation'],
    ['broken out of its parameter', '13&cmd=drop', '13&cmd=drop', 'substitution_encoding_violation'],
    ['with a plus for a space', 'a b', 'a+b', 'substitution_encoding_violation'],
    ['encoded twice', 'a b', 'a%2520b', 'substitution_encoding_violation'],
    ['expanded again', 'x-{DEVICE_ID}-1', 'x-abc123-1', 'nested_macro_re_expansion'],
    ['left out', 'a b', '', 'substitution_binding_missing'],
    ['of another item', 'a b', 'other', 'substitution_binding_missing'],
  ])('fail when %s', (_how, value, seen, code) => {
    expect(judged(template, [sku(value)], at(seen))).toEqual([code]);
  });

  test('may be missing where the step says so', () => {
    expect(judged(template, [sku('a b')], at('other'), false)).toEqual([]);
    expect(judged(template, [sku('a b')], at('o(ther'), false)).toEqual(['substitution_encoding_violation']);
  });

  test('are told apart by item, and graded in every URL', () => {
    const html = `<img src="${at('a%20b')}"><a href='${at('c%26d')}'>x</a><div data-click-url=${at('13%26')}></div>`;
    const grade = (...items: readonly BoundValue[]) =>
      judgeSubstitution({ macro_template: template, require_every_binding: true }, items, trackerUrls(html)).map(({ code }) => code);
    expect(grade(sku('a b', 'one'), sku('c&d', 'two'), sku('13&', 'three'))).toEqual([]);
    expect(grade(sku('a b', 'one'), sku('e&f', 'two'))).toEqual(['substitution_binding_missing']);
  });

  test('that are the whole URL may not choose its scheme', () => {
    const click = bound({ name: 'click', macro: '{CLICK}', value: 'javascript:alert(0)' });
    expect(judged('{CLICK}', [click], 'javascript:alert(0)')).toEqual(['substitution_scheme_injection']);
    expect(judged('{CLICK}', [click], 'javascript%3Aalert%280%29')).toEqual([]);
  });

  test('say where they go wrong; those of an author are shown as digests', () => {
    const [shown] = judgeSubstitution({ macro_template: template, require_every_binding: true }, [sku('a(b')], image(at('a(b')));
    expect(shown!.finding).toMatchObject({ expected: { encoded: 'a%28b' }, actual: { observed: 'a(b', byte_offset: 1, tag: 'img', attribute: 'src', line: 1 } });
    const custom = { ...sku('a(b'), custom: true };
    const [hidden] = judgeSubstitution({ macro_template: template, require_every_binding: true }, [custom], image(at('a(b')));
    expect(JSON.stringify(hidden)).not.toContain('a(b');
    expect(hidden!.finding).toMatchObject({ actual: { raw_value: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string } });
  });

  test('compare escapes whatever the case of their digits, and nothing else so', () => {
    expect([sameEncoding('%c3%a9A', '%C3%A9A'), sameEncoding('%C3%A9a', '%C3%A9A'), isSafelyEncoded('%g7'), divergence('ab', 'abc')]).toEqual([true, false, false, 2]);
  });
});

describe('URLs of a preview', () => {
  test('come out of the attributes that the contract names, and no others', () => {
    const html = `<!-- <img src="https://no.example/comment"> --><script>document.write('<img src="https://no.example/script">')</script>
      <A HREF="https://a.example/?x=1&amp;y=2">t</A><img srcset="https://b.example/1 1x, https://b.example/2 2x" alt="https://no.example">
      <meta http-equiv=refresh content="3; url=https://c.example/"><meta name=description content="words"><link href=//d.example/>
      <video data-vast-url='https://e.example/v'><source src="f"></video><div data-other="https://no.example" title="https://no.example"></div>`;
    expect(trackerUrls(html).map(({ url }) => url)).toEqual([
      'https://a.example/?x=1&y=2', 'https://b.example/1', 'https://b.example/2', 'https://c.example/', '//d.example/', 'https://e.example/v', 'f',
    ]);
    expect(trackerUrls(html)[0]).toMatchObject({ tag: 'a', attribute: 'href', line: 2 });
  });

  test.each([
    ['quotes that never close', '<a "'.repeat(250_000)], ['tags that never close', '<a href='.repeat(125_000)], ['comments', '<!--'.repeat(250_000)],
    ['spaces', `<meta content="1;url=${' '.repeat(1_000_000)}x">`], ['scripts', '<script></script>'.repeat(60_000)], ['line ends', '<img src=a>\n'.repeat(80_000)],
  ])('are read in one go, whatever stands there: %s', (_what, html) => {
    const from = performance.now();
    trackerUrls(html);
    expect(performance.now() - from).toBeLessThan(8000);
  });

  test('are aligned with a template by place: path, then parameters by name and count', () => {
    const template = 'https://t.example/c/{A}/p?x=1&m={B}&m=pre-{C}';
    expect(macroValues(template, 'HTTPS://T.example/c/q%2F1/p?m=2&m=pre-3&z=9')).toEqual([
      { macro: '{A}', value: 'q%2F1' }, { macro: '{B}', value: '2' }, { macro: '{C}', value: '3' },
    ]);
    expect(macroValues(template, 'https://t.example/other/1/p?m=2')).toBeUndefined();
    expect(macroValues('https://t.example/?m={B}', 'https://t.example/?z=1')).toBeUndefined();
  });
});
