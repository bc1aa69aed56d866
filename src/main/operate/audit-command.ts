import { Command } from 'commander';
import type { AuditTrail, AuditVerdict } from '../../domain/ports/audit-trail.ts';
import { OperatorError } from '../../domain/ports/operator-store.ts';
import { EXIT } from '../exit.ts';
import { explain } from '../explain.ts';
import { auditTrailOf, configOf } from './opened.ts';
import { limitOf, table, type OperatorFlags } from './operator-command.ts';

interface ListFlags extends OperatorFlags {
  readonly principal?: string;
  readonly task?: string;
  readonly about?: string;
  readonly since?: string;
  readonly limit: string;
}

/** `adwright audit`: what was done, by whom, and whether anybody touched the record of it. */
export function auditCommand(): Command {
  const list = new Command('list').description('what was done, newest first').option('--principal <id>', 'by whom; operators are "operator"').option('--task <name>', 'only that task or act')
    .option('--about <subject>', 'only what touched media_buy:ID, creative:ID, api_key:ID …').option('--since <date>', 'ISO 8601').option('--limit <n>', 'as many', '50').option('--json', 'a line each')
    .action((flags: ListFlags) => told(flags, (trail) => listed(trail, flags)));
  const verify = new Command('verify').description('recompute the chain: no entry was changed, taken out or put in between')
    .option('--head <hash>', 'the newest hash at an earlier time: nothing up to it was taken off or written anew either')
    .action((flags: OperatorFlags & { readonly head?: string }) => told(flags, (trail) => verified(trail, flags)));
  for (const command of [list, verify]) command.option('--config <file>', 'the configuration that the server runs with').option('--data <dir>', 'the data folder (default: .adwright)');
  return new Command('audit').description('read the trail of what was done, and verify it').addCommand(list).addCommand(verify)
    .addHelpText('afterAll', '\nExample:\n  adwright audit verify --head "$(cat /elsewhere/head)"\n\nNote the hash that verify prints at a place of its own: who can write the store can write its chain anew, but not what you noted.'
      + '\n\nExit codes: 0 listed or whole, 1 not whole or not readable, 2 wrong usage');
}

async function listed(trail: AuditTrail, { principal, task, about, since, limit, json }: ListFlags): Promise<string> {
  if (since !== undefined && Number.isNaN(Date.parse(since))) throw new OperatorError(`--since: "${since}" is no date (ISO 8601)`);
  const query = { ...(principal ? { principal_id: principal } : {}), ...(task ? { task } : {}), ...(about ? { subject: about } : {}), ...(since ? { since: new Date(since).toISOString() } : {}) };
  const found = await trail.entries(query, limitOf(limit));
  if (json) return found.map((each) => JSON.stringify(each)).join('\n');
  if (found.length === 0) return 'nothing was done';
  return table(['ENTRY', 'AT', 'BY', 'WHAT', 'TOUCHED'], found.map(({ seq, at, principal_id, task: what, subjects }) => [String(seq), at, principal_id, what, subjects.join(' ')]));
}

async function verified(trail: AuditTrail, { head }: { readonly head?: string }): Promise<string> {
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) throw new OperatorError('--head: a hash has 64 digits of lower-case hex');
  return sentence(await trail.verify(head));
}

/** @throws OperatorError when the trail is not whole */
function sentence(verdict: AuditVerdict): string {
  switch (verdict.kind) {
    case 'broken': throw new OperatorError(`the trail is broken at entry ${verdict.seq}, which is ${verdict.reason}; what stands before it is as it was written`);
    case 'head_lost': throw new OperatorError(`the trail has ${verdict.entries} entries, and none has that hash: entries were taken off its end, or it was written anew`);
    case 'whole': return `${verdict.entries} entries, whole${verdict.unchained > 0 ? `; the first ${verdict.unchained} are from before there was a chain` : ''}${verdict.head ? `\nhead ${verdict.head}` : ''}`;
  }
}

async function told(flags: OperatorFlags, work: (trail: AuditTrail) => Promise<string>): Promise<void> {
  try {
    const trail = auditTrailOf(configOf(flags));
    try {
      process.stdout.write(`${await work(trail)}\n`);
    } finally {
      await trail.close();
    }
  } catch (error) {
    process.stderr.write(`adwright: ${explain(error)}\n`);
    process.exitCode = EXIT.failed;
  }
}
