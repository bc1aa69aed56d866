import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';

/** Where a buy that was always seen in one state is said to be next. */
const BACK: Readonly<Record<string, string>> = { pending_start: 'pending_creatives', active: 'pending_start', paused: 'pending_start' };

/** Shows a buy as it was when it was first seen; one that has not moved since, as it may have been before. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The status of a media buy never moves back.',
  tells: () => {
    const seen = new Map<unknown, unknown[]>();
    const note = (media_buy_id: unknown, status: unknown) => seen.set(media_buy_id, [...(seen.get(media_buy_id) ?? []), status]);
    return async (call, honest) => {
      const answer = await honest(call);
      const { media_buy_id, media_buy_status } = answer.document;
      if (media_buy_status !== undefined) note(media_buy_id, media_buy_status);
      if (call.task !== 'get_media_buys') return answer;
      const media_buys = rowsOf(answer.document['media_buys']).map((buy) => {
        const before = seen.get(buy['media_buy_id']) ?? [];
        note(buy['media_buy_id'], buy['status']);
        if (before.some((status) => status !== buy['status'])) return { ...buy, status: before[0] };
        return before.length > 0 ? { ...buy, status: BACK[String(buy['status'])] ?? buy['status'] } : buy;
      });
      return { ...answer, document: { ...answer.document, media_buys } };
    };
  },
});
