import { describe, expect, it } from 'vitest';
import { AGENT, firstFlaw, flaws, type Checked } from '../../../test/support/orders.ts';

const mrec = {
  format_kind: 'image' as const,
  format_option_id: 'mrec',
  publisher_domain: 'daily-trail.example',
  params: { width: 300, height: 250, max_file_size_kb: 200 },
};
const withOption: Checked['product'] = { format_options: [mrec] };
const ids = (...names: string[]) => ({ format_ids: names.map((id) => ({ agent_url: AGENT, id })) });
const product = (format_option_id: string) => ({ format_option_refs: [{ scope: 'product' as const, format_option_id }] });
const publisher = (publisher_domain: string) => ({
  format_option_refs: [{ scope: 'publisher' as const, publisher_domain, format_option_id: 'mrec' }],
});

describe('the formats of a package may be', () => {
  it.each<[string, Checked]>([
    ['names of the product', { asked: ids('display_300x250') }],
    [
      'names with the parameters that they say',
      { asked: { format_ids: [{ agent_url: AGENT, id: 'display_300x250', width: 300, height: 250 }] } },
    ],
    [
      'legacy names that say what the product declares',
      { asked: { format_ids: [{ agent_url: 'https://other.example', id: 'display_300x250_image' }] }, product: withOption },
    ],
    ['options of the product', { asked: product('mrec'), product: withOption }],
    ['options of its publisher', { asked: publisher('daily-trail.example'), product: withOption }],
    [
      'options beside names that would not fit, for options count',
      { asked: { ...product('mrec'), ...ids('video_30s') }, product: withOption },
    ],
    [
      'a kind that pins the declared size down',
      { asked: { format_kind: 'image', params: { width: 300, height: 250 } }, product: withOption },
    ],
    ['a kind that pins down what the names of the product say', { asked: { format_kind: 'image', params: { width: 300, height: 250 } } }],
  ])('%s', (_what, checked) => {
    expect(flaws(checked)).toBeUndefined();
  });
});

describe('the formats of a package may not be', () => {
  it.each<[string, Checked, string, string]>([
    ['names that the product does not have', { asked: ids('display_300x250', 'video_30s') }, 'UNSUPPORTED_FEATURE', 'format_ids[1]'],
    [
      'names of another agent',
      { asked: { format_ids: [{ agent_url: 'https://other.example', id: 'display_300x250' }] } },
      'UNSUPPORTED_FEATURE',
      'format_ids[0]',
    ],
    ['options that it does not have', { asked: product('nope'), product: withOption }, 'UNSUPPORTED_FEATURE', 'format_option_refs[0]'],
    [
      'options of another publisher',
      { asked: publisher('other.example'), product: withOption },
      'UNSUPPORTED_FEATURE',
      'format_option_refs[0]',
    ],
    [
      'a kind that leaves the declared size open',
      { asked: { format_kind: 'image' }, product: withOption },
      'UNSUPPORTED_FEATURE',
      'format_kind',
    ],
    [
      'a kind of another size',
      { asked: { format_kind: 'image', params: { width: 728, height: 90 } } },
      'UNSUPPORTED_FEATURE',
      'format_kind',
    ],
  ])('%s', (_what, checked, code, member) => {
    expect(firstFlaw(checked)).toEqual([code, `packages[0].${member}`]);
  });
});

it('tells a buyer who refers to options of a product that publishes none to go back to names', () => {
  const { format_option_id: _without, ...unnamed } = mrec;
  for (const offered of [{}, { format_options: [unnamed] }])
    expect(flaws({ asked: product('mrec'), product: offered })).toMatchObject([
      { code: 'UNSUPPORTED_FEATURE', field: 'packages[0].format_option_refs[0]', details: { reason: 'format_option_refs_not_published' } },
    ]);
});
