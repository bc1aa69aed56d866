import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasOfficial } from '../../test/support/official-schemas.ts';
import { vectorFile } from '../../test/support/official-vectors.ts';
import { catalogMacros, encodedForUrl, substituted } from './macro-substitution.ts';

interface Vector {
  readonly name: string;
  readonly macro: string;
  readonly value: string;
  readonly template: string;
  readonly expected: string;
}

const atHand = hasOfficial('that macros are replaced as the official vectors want it');
const vectors = atHand ? vectorFile<{ vectors: Vector[] }>('catalog-macro-substitution.json').vectors : [];

describe.skipIf(!atHand)('official vectors', () => {
  test('are there', () => expect(vectors.length).toBeGreaterThanOrEqual(11));
  test.each(vectors)('$name', ({ macro, value, template, expected }) => {
    expect(substituted(template, { [macro.slice(1, -1)]: value })).toBe(expected);
  });
});

describe('a value in a URL', () => {
  test('is made of unreserved characters and upper-case escapes, and reads back as its normal form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const encoded = encodedForUrl(value);
        expect(encoded).toMatch(/^(?:[A-Za-z0-9._~-]|%[0-9A-F]{2})*$/);
        expect(decodeURIComponent(encoded)).toBe(value.normalize('NFC'));
      }),
    );
  });

  test('is not looked at for macros, whatever it holds', () => {
    const values = { SKU: '{GTIN}', GTIN: '{SKU}' };
    expect(substituted('https://t.example/?s={SKU}&g={GTIN}', values)).toBe('https://t.example/?s=%7BGTIN%7D&g=%7BSKU%7D');
  });

  test('stands in no place of what is inherited, nor of a pattern of replacement', () => {
    expect(substituted('https://t.example/?a={CONSTRUCTOR}&s={SKU}', { SKU: '$&$1' })).toBe('https://t.example/?a={CONSTRUCTOR}&s=%24%26%241');
  });

  test('replaces no macro in double braces, and none that has no value', () => {
    expect(substituted('https://t.example/?a={{SKU}}&b={MEDIA_BUY_ID}', { SKU: 'x' })).toBe('https://t.example/?a={{SKU}}&b={MEDIA_BUY_ID}');
  });

  test('with half of a surrogate pair does not throw', () => {
    expect(encodedForUrl('a\uD800')).toBe('a%EF%BF%BD');
  });
});

describe('macros of an item', () => {
  const item = { item_id: 'steak', title: 'Steak & more', price: { amount: 89.5, currency: 'USD' }, gtin: '00013' };

  test('name it by its SKU, or by its plain id where it has none', () => {
    expect(catalogMacros({ type: 'product' }, { ...item, sku: 'S-1' })).toMatchObject({ SKU: 'S-1', GTIN: '00013' });
    expect(catalogMacros({ type: 'product' }, item)).toMatchObject({ SKU: 'steak' });
  });

  test('give no plain id for a GTIN, nor for the identifiers of other kinds of catalogue', () => {
    expect(catalogMacros({ type: 'product', content_id_type: 'gtin' }, { item_id: 'steak' })).toMatchObject({ GTIN: '', SKU: '', JOB_ID: '' });
  });

  test('name it by the identifier of its kind', () => {
    expect(catalogMacros({ type: 'job', content_id_type: 'job_id' }, { job_id: 'chef', title: 'Head chef' })).toMatchObject({ JOB_ID: 'chef', ITEM_NAME: 'Head chef' });
    expect(catalogMacros({ type: 'app', content_id_type: 'app_id' }, { app_id: 'com.app', name: 'App' })).toMatchObject({ APP_ITEM_ID: 'com.app', ITEM_NAME: 'App' });
  });

  test('are empty for what it does not say', () => {
    expect(catalogMacros({ type: 'product', catalog_id: 'menu' }, { item_id: 'x' })).toMatchObject({
      CATALOG_ID: 'menu', ITEM_NAME: '', ITEM_DESCRIPTION: '', ITEM_TAGLINE: '', ITEM_PRICE: '', ITEM_PRICE_CURRENCY: '',
    });
    expect(catalogMacros({ type: 'product' }, item)).toMatchObject({ ITEM_PRICE: '89.5', ITEM_PRICE_CURRENCY: 'USD' });
    expect(catalogMacros({ type: 'product' }, { price: '12.00' })).toMatchObject({ ITEM_PRICE: '12.00', ITEM_PRICE_CURRENCY: '' });
  });
});
