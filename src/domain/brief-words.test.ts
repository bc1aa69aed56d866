import { describe, expect, it } from 'vitest';
import { briefWords, wordsOf } from './brief-words.ts';

describe('the words of a brief', () => {
  it('are plain, without what every brief says', () => {
    expect(briefWords('Premium CTV & online Videos for our café campaign, 300×250').wanted).toEqual([
      'ctv',
      'online',
      'video',
      'cafe',
      '300x250',
    ]);
  });
  it('stand once each', () => {
    expect(briefWords('video, video, videos').wanted).toEqual(['video']);
  });
  it('know "non-guaranteed" from "guaranteed"', () => {
    expect(briefWords('non-guaranteed').wanted).toEqual(['nonguaranteed']);
    expect(briefWords('guaranteed').wanted).toEqual(['guaranteed']);
  });
  it('are unwanted right behind a negation', () => {
    expect(briefWords('CTV, no display, without any audio')).toEqual({ wanted: ['ctv'], unwanted: ['display', 'audio'] });
  });
  it('keep words of any script', () => {
    expect(wordsOf('スポーツ 動画')).toHaveLength(2);
  });
});
