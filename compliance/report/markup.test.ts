import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elements, parseXml } from '../../test/support/xml.ts';
import { junitXml } from './junit-xml.ts';
import { code, foreignBlock, table } from './markdown-text.ts';
import { escapeMarkup } from './markup.ts';

/** Text with whatever may end an element, a code span, a cell or a line. */
const nasty = fc.string({
  unit: fc.oneof(fc.constantFrom('<', '>', '&', '"', "'", '`', '```', '|', '\n', '\r', ']]>', '\\', ' ', '\u0000', '\u202e', '\ud800', '\uffff', '⟧'), fc.string({ minLength: 1, maxLength: 3 })),
});

describe('foreign text in XML', () => {
  test('is text, and the same text again where XML can carry it', () => {
    fc.assert(fc.property(nasty, (text) => {
      const [element] = elements(parseXml(`<a b="${escapeMarkup(text)}">${escapeMarkup(text)}</a>`), 'a');
      expect(element!.text).toBe(element!.attributes['b']);
    }));
    expect(parseXml(`<a>${escapeMarkup('<b>&amp; "x" \n')}</a>`).text).toBe('<b>&amp; "x" \n');
    expect(escapeMarkup('a\u0000\u202e\ud800')).toBe('a\\u0000\\u202e\ufffd');
  });

  test('cannot break a JUnit report, whatever is called so', () => {
    fc.assert(fc.property(nasty, nasty, (name, text) => {
      const result = { kind: 'failure', type: text, message: text, text } as const;
      const xml = junitXml(name, '2026-01-01T00:00:00', [{ name, durationMs: 1, properties: { title: text }, cases: [{ name, classname: text, durationMs: 1, file: text, line: 1, result }] }]);
      expect(elements(parseXml(xml), 'failure')).toHaveLength(1);
    }));
  });
});

describe('foreign text in Markdown', () => {
  test('as code stays in its span, its cell and its line', () => {
    fc.assert(fc.property(nasty, (text) => {
      const span = code(text);
      const [, ticks, inner] = /^(`+)([^]*?)\1$/.exec(span)!;
      expect(inner!.includes(ticks!)).toBe(false);
      expect(span).not.toMatch(/[\n\r]/);
      expect(table(['a'], [[span]]).split('\n')[2]!.match(/\|/g)).toHaveLength(2);
    }));
  });

  test('as a block cannot end the block', () => {
    fc.assert(fc.property(nasty, (text) => {
      const lines = foreignBlock(text, 'nonce').split('\n');
      const fence = lines.at(-1)!;
      expect([lines[0], lines[1], lines.at(-2)]).toEqual([`${fence}text`, '⟦nonce', 'nonce⟧']);
      expect(lines.slice(1, -1).some((line) => line.trim().startsWith(fence))).toBe(false);
    }));
  });
});
