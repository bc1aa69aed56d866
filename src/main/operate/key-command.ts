import { createHash, randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { keyStanding, rotated, type ApiKey } from '../../domain/api-key.ts';
import type { Grant } from '../../domain/grant.ts';
import { isTask, type TaskName } from '../../protocol/tasks.ts';
import { OperatorError, type OperatorStore } from '../../domain/ports/operator-store.ts';
import { randomIds, systemClock } from '../system.ts';
import { act } from './act.ts';
import { operatorCommand, table } from './operator-command.ts';
import { momentAfter } from './moment.ts';

type Flags = Readonly<Record<string, unknown>>;

/** `adwright key`: who may call a server without the sandbox, and what for. */
export function keyCommand(): Command {
  const create = new Command('create').description('make a key for a caller, and show it this once').requiredOption('--principal <id>', 'whose calls these are; several keys may stand for one')
    .option('--read-only', 'only tasks that change nothing').option('--tasks <names>', 'only these, such as log_event,sync_event_sources')
    .option('--accounts <ids>', 'only these account_ids').option('--billing <parties>', 'only these of operator, agent, advertiser')
    .option('--expires <when>', 'a date, or a time from now: 90d, 12h').option('--note <text>', 'who holds it, what for').option('--json', 'on one line');
  const list = new Command('list').description('the keys, newest first: standing, rights, last use').option('--all', 'those that open nothing any more, too').option('--json', 'a line each');
  const revoke = new Command('revoke').description('a key opens nothing from now on').argument('<key-id>');
  const rotate = new Command('rotate').description('a new key with the same rights; the old one lasts until the overlap ends').argument('<key-id>')
    .option('--overlap <time>', 'how long both open', '24h').option('--json', 'on one line');
  return new Command('key').description('make, list, replace and revoke the keys that callers hold')
    .addCommand(operatorCommand(create, created, { create: true }))
    .addCommand(operatorCommand(list, listed))
    .addCommand(operatorCommand(revoke, revoked))
    .addCommand(operatorCommand(rotate, replaced))
    .addHelpText('afterAll', '\nExample:\n  adwright key create --principal northlight --tasks log_event --expires 90d --note "their tag manager"\n'
      + '\nA running server takes and refuses keys from then on, without a restart.\n\nExit codes: 0 done, 1 failed, 2 wrong usage');
}

async function created(store: OperatorStore, flags: Flags): Promise<string> {
  const secret = newSecret();
  const now = systemClock.now();
  const grant = grantOf(flags);
  const billing = words(flags['billing']);
  const key: ApiKey = {
    key_id: randomIds.next('key'), principal_id: flags['principal'] as string, key_sha256: secret.key_sha256, created_at: now.toISOString(),
    ...(grant ? { grant } : {}), ...(billing ? { billing: checked(billing, ['operator', 'agent', 'advertiser'], '--billing') } : {}),
    ...(flags['note'] ? { note: flags['note'] as string } : {}), ...(flags['expires'] ? { expires_at: momentAfter(now, flags['expires'] as string, '--expires') } : {}),
  };
  await store.putApiKeys([key], done('key.create', key, now));
  return shownOnce(key, secret.key, flags);
}

async function replaced(store: OperatorStore, flags: Flags, key_id: string): Promise<string> {
  const now = systemClock.now();
  const old = await found(store, key_id);
  if (keyStanding(old, now) !== 'active') throw new OperatorError(`key ${key_id} is ${keyStanding(old, now)}; make a new one with adwright key create`);
  const secret = newSecret();
  const fresh = { key_id: randomIds.next('key'), key_sha256: secret.key_sha256, now: now.toISOString(), overlap_ends: momentAfter(now, flags['overlap'] as string, '--overlap') };
  const [ending, next] = rotated(old, fresh);
  await store.putApiKeys([ending, next], done('key.rotate', old, now));
  return `${shownOnce(next, secret.key, flags)}${flags['json'] ? '' : `\nkey ${key_id} opens until ${ending.expires_at}`}`;
}

async function revoked(store: OperatorStore, _flags: Flags, key_id: string): Promise<string> {
  const now = systemClock.now();
  const key = await found(store, key_id);
  if (key.revoked_at !== undefined) return `key ${key_id} was revoked at ${key.revoked_at}`;
  await store.putApiKeys([{ ...key, revoked_at: now.toISOString() }], done('key.revoke', key, now));
  return `key ${key_id} of ${key.principal_id} is revoked`;
}

async function listed(store: OperatorStore, { all, json }: Flags): Promise<string> {
  const now = systemClock.now();
  const shown = (await store.apiKeys()).map(({ key_sha256: _hash, ...key }) => ({ ...key, standing: keyStanding({ ...key, key_sha256: '' }, now) }))
    .filter(({ standing }) => all === true || standing === 'active');
  if (json) return shown.map((each) => JSON.stringify(each)).join('\n');
  if (shown.length === 0) return all ? 'no keys' : 'no key opens anything; adwright key create makes one';
  return table(['KEY', 'PRINCIPAL', 'STANDING', 'MAY', 'MADE', 'EXPIRES', 'LAST USED', 'NOTE'], shown.map(({ key_id, principal_id, standing, grant, created_at, expires_at, last_used_at, note }) =>
    [key_id, principal_id, standing, rights(grant), created_at, expires_at ?? 'never', last_used_at ?? 'never', note ?? '']));
}

function rights(grant: Grant | undefined): string {
  const what = grant?.tasks ? grant.tasks.join(',') : grant?.read_only ? 'read' : 'all';
  return grant?.account_ids ? `${what} on ${grant.account_ids.join(',')}` : what;
}

/** 32 bytes of chance; nobody finds one by its hash. */
function newSecret(): { readonly key: string; readonly key_sha256: string } {
  const key = `adw_${randomBytes(32).toString('base64url')}`;
  return { key, key_sha256: createHash('sha256').update(key).digest('hex') };
}

function shownOnce({ key_id, principal_id, expires_at }: ApiKey, key: string, { json }: Flags): string {
  if (json) return JSON.stringify({ key_id, principal_id, key, ...(expires_at ? { expires_at } : {}) });
  return `key ${key_id} for ${principal_id}${expires_at ? `, good until ${expires_at}` : ''}\n\n  ${key}\n\nIt is kept as a hash only and cannot be shown again.`;
}

function grantOf({ readOnly, tasks, accounts }: Flags): Grant | undefined {
  const [named, ids] = [words(tasks), words(accounts)];
  const unknown = named?.find((name) => !isTask(name));
  if (unknown !== undefined) throw new OperatorError(`--tasks: there is no task "${unknown}"`);
  const grant: Grant = { ...(readOnly ? { read_only: true } : {}), ...(named ? { tasks: named as TaskName[] } : {}), ...(ids ? { account_ids: ids } : {}) };
  return Object.keys(grant).length > 0 ? grant : undefined;
}

function words(list: unknown): readonly string[] | undefined {
  return typeof list === 'string' ? list.split(',').map((word) => word.trim()).filter((word) => word !== '') : undefined;
}

function checked(given: readonly string[], known: readonly string[], flag: string): readonly string[] {
  const unknown = given.find((each) => !known.includes(each));
  if (unknown !== undefined) throw new OperatorError(`${flag}: "${unknown}" is none of ${known.join(', ')}`);
  return given;
}

async function found(store: OperatorStore, key_id: string): Promise<ApiKey> {
  const key = (await store.apiKeys()).find((each) => each.key_id === key_id);
  if (key === undefined) throw new OperatorError(`there is no key "${key_id}"; adwright key list shows those that there are`);
  return key;
}

const done = (task: string, { key_id, principal_id }: ApiKey, now: Date) => act(task, now, `api_key:${key_id}`, `principal:${principal_id}`);
