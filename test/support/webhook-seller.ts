/** A scripted seller that delivers webhooks as a test tells it to, and the storyboard that watches for them. */
import type { Tool } from './mcp-agent.ts';

type Json = Record<string, unknown>;
/** How a scripted seller delivers: each entry is one attempt. */
export type Sender = (url: string, operation: unknown) => Promise<void>;

export const KEY = 'event-0123456789abcdef';
export const post = (url: string, payload: unknown, headers: Readonly<Record<string, string>> = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(payload), headers: { 'content-type': 'application/json', ...headers } }).then(({ status }) => status);

/** A seller that takes a buy and delivers as it is told to, after it has answered. */
export function selling(sender: Sender): Readonly<Record<string, Tool>> {
  return {
    create_media_buy: (args) => {
      const { url, operation_id: operation } = args['push_notification_config'] as Json;
      setImmediate(() => { sender(String(url), operation).catch(() => undefined); }); // the run may be over before the last attempt
      return { media_buy_id: 'm', packages: [] };
    },
  };
}

/** A buy that registers an address, and a step that watches for its webhooks; `more` are further members of that step. */
export const expectation = (task: string, more: string) => `      - id: buy
        task: create_media_buy
        stateful: false
        sample_request:
          idempotency_key: "$generate:uuid_v4"
          push_notification_config: { url: "{{runner.webhook_url:buy}}", operation_id: op_1 }
      - id: watch
        task: ${task}
        triggered_by: buy
        stateful: true
        filter: { body: { operation_id: op_1 } }
${more.split('\n').map((line) => `        ${line}`).join('\n')}
`;
