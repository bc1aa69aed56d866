import { lying } from '../lying.ts';
import { rowsOf } from '../retelling.ts';

/** Shows a media buy with the secret of its reports. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The secret of reports is never shown.',
  tells() {
    const hooks = new Map<unknown, unknown>();
    return async (call, honest) => {
      const answer = await honest(call);
      const { reporting_webhook } = call.request;
      if (reporting_webhook !== undefined) hooks.set(answer.document['media_buy_id'], reporting_webhook);
      if (answer.isError || call.task !== 'get_media_buys') return answer;
      const media_buys = rowsOf(answer.document['media_buys']).map((buy) => (hooks.has(buy['media_buy_id']) ? { ...buy, reporting_webhook: hooks.get(buy['media_buy_id']) } : buy));
      return { ...answer, document: { ...answer.document, media_buys } };
    };
  },
});
