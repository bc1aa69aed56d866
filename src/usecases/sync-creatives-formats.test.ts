import { describe, expect, test } from 'vitest';
import { banner, creativeSetting, OWN, short, wrong } from '../../test/support/creatives.ts';
import { testBuy, testPackage } from '../../test/support/running-buys.ts';

describe('a creative that does not fit', () => {
  test('fails with all that is wrong, at literal paths', async () => {
    const { sync, library } = await creativeSetting();
    const [failed] = await sync([wrong('a')]);
    expect(failed).toMatchObject({
      creative_id: 'a',
      action: 'failed',
      errors: [{ code: 'INVALID_REQUEST', field: 'creatives[0].assets.image.width' }, { field: 'creatives[0].assets.image.height' }],
    });
    expect(failed).not.toHaveProperty('status');
    expect(await library()).toEqual([]);
  });

  test('keeps the others out in strict mode, assignments and deletions included', async () => {
    const { sync, library, put, buy } = await creativeSetting();
    await sync([banner('old')]);
    await put(testBuy([testPackage('p')]));
    const creatives = await sync([banner('a'), wrong('b')], { assignments: [{ creative_id: 'a', package_id: 'p' }], delete_missing: true });
    expect(short(creatives)).toEqual(['a failed', 'b failed']);
    expect(creatives[0]?.errors?.[0]).toMatchObject({ field: 'creatives[1]', message: expect.stringContaining('lenient') as string });
    expect([await library(), (await buy()).revision]).toEqual([['old approved'], 1]);
  });

  test('keeps nothing else out in lenient mode', async () => {
    const { sync, library, put, buy } = await creativeSetting();
    await put(testBuy([testPackage('p')]));
    const assignments = ['a', 'b'].map((creative_id) => ({ creative_id, package_id: 'p' }));
    expect(short(await sync([banner('a'), wrong('b')], { validation_mode: 'lenient', assignments }))).toEqual([
      'a created approved',
      'b failed',
    ]);
    expect(await library()).toEqual(['a approved']);
    expect((await buy()).packages[0]?.package.creative_assignments).toEqual([{ creative_id: 'a' }]);
  });

  test('is taken with a warning where the catalogue only advises on formats', async () => {
    const { sync } = await creativeSetting({ format_fit: 'advisory' });
    expect(await sync([wrong('a')])).toMatchObject([
      {
        action: 'created',
        status: 'approved',
        warnings: [expect.stringContaining('width is 728') as string, expect.any(String) as string],
      },
    ]);
  });

  test('may name a format that is ours and that nothing takes', async () => {
    const { sync } = await creativeSetting();
    expect((await sync([banner('a', { format_id: { agent_url: OWN, id: 'display_970x250' } })]))[0]).toMatchObject({
      action: 'failed',
      errors: [{ field: 'creatives[0].format_id' }],
    });
  });

  test('is judged by the description of the catalogue before that of the name', async () => {
    const format_id = { agent_url: 'https://formats.example', id: 'poster' };
    const poster = {
      format_id,
      name: 'Poster',
      assets: [{ item_type: 'individual' as const, asset_id: 'sheet', asset_type: 'image' as const, required: true }],
    };
    const { sync } = await creativeSetting({ formats: async () => [poster] });
    expect((await sync([banner('a', { format_id })]))[0]).toMatchObject({
      action: 'failed',
      errors: [{ field: 'creatives[0].assets.sheet' }],
    });
  });

  test('cannot be told of a format that another agent defines, which is taken with a warning', async () => {
    const { sync } = await creativeSetting();
    const format_id = { agent_url: 'https://formats.example/', id: 'video_30s' };
    expect((await sync([banner('a', { format_id })]))[0]).toMatchObject({
      action: 'created',
      warnings: [expect.stringContaining('https://formats.example/') as string],
    });
  });

  test('cannot be told of a canonical kind', async () => {
    const { sync } = await creativeSetting();
    const { format_id: _none, ...rest } = banner('a');
    expect(await sync([{ ...rest, format_kind: 'image' }])).toEqual([{ creative_id: 'a', action: 'created', status: 'approved' }]);
  });

  test('is one that stands in the list twice, the second time', async () => {
    const { sync } = await creativeSetting();
    expect(await sync([banner('a'), banner('a')], { validation_mode: 'lenient' })).toMatchObject([
      { action: 'created' },
      { action: 'failed', errors: [{ field: 'creatives[1].creative_id' }] },
    ]);
  });
});
