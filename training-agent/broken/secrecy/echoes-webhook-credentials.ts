import { lying } from '../lying.ts';
import { retells } from '../telling.ts';

/** Repeats the credentials with which it is to report. */
export const { promise, facade, openSandbox } = lying({
  promise: 'The secret of a webhook is never shown.',
  tells: retells(['create_media_buy', 'update_media_buy'], (document, { request }) =>
    ({ ...document, ...('push_notification_config' in request ? { push_notification_config: request['push_notification_config'] } : {}) })),
});
