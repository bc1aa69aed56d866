import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';

/** Answers again with how things stand by now. */
export const { promise, facade, openSandbox } = lying({
  promise: 'An answer that is given again is the first one, whatever has happened since.',
  tells: () => async (call, honest) => {
    const answer = await honest(call);
    if (call.task !== 'create_media_buy' || answer.document['replayed'] !== true) return answer;
    const { media_buy_id } = answer.document;
    const now = await honest({ ...call, task: 'get_media_buys', request: { account: call.request['account'], media_buy_ids: [media_buy_id] } });
    const { status: media_buy_status, revision, packages } = rowsOf(now.document['media_buys'])[0] ?? {};
    return { ...answer, document: { ...answer.document, media_buy_status, revision, packages } };
  },
});
