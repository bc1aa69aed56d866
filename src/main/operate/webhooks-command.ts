import { Command, Option } from 'commander';
import { WEBHOOK_STATUSES, type LoggedWebhook, type WebhookStatus } from '../../domain/webhook.ts';
import { OperatorError, type OperatorStore } from '../../domain/ports/operator-store.ts';
import { randomIds, systemClock } from '../system.ts';
import { act } from './act.ts';
import { limitOf, operatorCommand, table } from './operator-command.ts';

/** `adwright webhooks`: what was posted to buyers, what came of it, and once more. */
export function webhooksCommand(): Command {
  const list = new Command('list').description('webhooks, newest first, with how their delivery stands')
    .addOption(new Option('--status <status>', 'only those').choices(WEBHOOK_STATUSES))
    .option('--about <subject>', 'only those that tell of media_buy:ID, task:ID or creative:ID')
    .option('--limit <n>', 'as many', '50').option('--json', 'whole, a line each');
  const show = new Command('show').description('one webhook: each attempt, and the body; tokens and secrets stay sealed').argument('<webhook-id>').option('--json', 'on one line');
  const replay = new Command('replay').description('send a webhook again: the same bytes under the same key, signed anew')
    .argument('<webhook-id>').addHelpText('after', '\nA running server sends it at once, one that is not running when it starts.');
  return new Command('webhooks').description('read the log of webhooks, and send them again')
    .addCommand(operatorCommand(list, listed))
    .addCommand(operatorCommand(show, shown))
    .addCommand(operatorCommand(replay, replayed))
    .addHelpText('afterAll', '\nExample:\n  adwright webhooks list --status failed\n\nExit codes: 0 done, 1 failed, 2 wrong usage');
}

async function listed(store: OperatorStore, { status, about, limit, json }: Readonly<Record<string, unknown>>): Promise<string> {
  const found = await store.webhooks({ ...(status ? { status: status as WebhookStatus } : {}), ...(about ? { about: about as string } : {}) }, limitOf(limit));
  if (json) return found.map((each) => JSON.stringify(each)).join('\n');
  if (found.length === 0) return 'no webhooks';
  return table(['WEBHOOK', 'TELLS OF', 'WHAT', 'STATUS', 'ATTEMPTS', 'LAST', 'TO'], found.map(({ webhook, status: stands, attempts }) => {
    const last = attempts.at(-1);
    return [webhook.webhook_id, webhook.about, webhook.notification, stands, String(attempts.length), last ? outcome(last) : '', webhook.url];
  }));
}

const outcome = ({ http_status_code, outcome: how }: LoggedWebhook['attempts'][number]): string => (http_status_code === undefined ? how : String(http_status_code));

async function shown(store: OperatorStore, { json }: Readonly<Record<string, unknown>>, webhook_id: string): Promise<string> {
  const logged = await store.webhook(webhook_id);
  if (logged === undefined) throw new OperatorError(`there is no webhook "${webhook_id}"; adwright webhooks list shows those that there are`);
  if (json) return JSON.stringify(logged);
  const { webhook: { body, about, notification, url, created_at, principal_id, authentication, subscriber_id }, status, attempts } = logged;
  const head = [
    ['webhook', webhook_id], ['tells of', `${about} (${notification})`], ['for', principal_id], ...(subscriber_id ? [['subscriber', subscriber_id]] : []), ['to', url],
    ['known by', authentication ? authentication.schemes.join() : 'its signature (RFC 9421)'], ['made', created_at], ['status', status],
  ].map(([name, value]) => `${name!.padEnd(12)} ${value}`);
  const tries = attempts.map((each) => `  ${each.attempt}. ${each.fired_at}  ${outcome(each)}  ${each.response_time_ms} ms${each.reason ? `  ${each.reason}` : ''}`);
  return [...head, '', tries.length > 0 ? 'attempts' : 'no attempt yet', ...tries, '', JSON.stringify(JSON.parse(body), null, 2)].join('\n');
}

async function replayed(store: OperatorStore, _flags: unknown, webhook_id: string): Promise<string> {
  await store.replay(webhook_id, randomIds.next('job'), act('webhook.replay', systemClock.now(), `webhook:${webhook_id}`));
  return `webhook ${webhook_id} is queued; adwright webhooks show ${webhook_id} tells what comes of it`;
}
