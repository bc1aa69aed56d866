import { Command, Option } from 'commander';
import { loadConfig } from '../../config/config.ts';
import { approvalOf, contentAt, type CreativeDecision, type CreativeReview } from '../../domain/creative-review.ts';
import { purgeFlaw, type PurgeKind } from '../../domain/creative-purge.ts';
import { CREATIVE_EDGES, type CreativeRecord } from '../../domain/creative.ts';
import type { CreativeEventReason } from '../../domain/creative-notice.ts';
import { CREATIVE_EVENT_REASONS } from '../../protocol/wire/list-creatives.ts';
import { OperatorError, type AssignedCreative, type OperatorStore } from '../../domain/ports/operator-store.ts';
import { randomIds, systemClock } from '../system.ts';
import { act } from './act.ts';
import { limitOf, operatorCommand, table, type OperatorFlags } from './operator-command.ts';

type Flags = OperatorFlags & Readonly<Record<string, unknown>>;

const ofWhom = (command: Command): Command => command
  .option('--principal <id>', 'whose, when several callers share the id').option('--account <id>', 'of which account, when several of a caller do');
const onWhat = (command: Command): Command => ofWhom(command).option('--package <id>', 'only on this package, not in the library');

/** `adwright creatives`: what waits for a person, the decision, and taking creatives away. */
export function creativesCommand(): Command {
  const list = new Command('list').description('creatives that wait for you: in the library, or on a package')
    .option('--all', 'those that are decided, too').option('--limit <n>', 'as many of each', '50').option('--json', 'whole, a line each');
  const show = ofWhom(new Command('show').description('a creative as its buyer sent it, and where it stands').argument('<creative-id>'));
  const approve = onWhat(new Command('approve').description('let it serve').argument('<creative-id>'));
  const reject = onWhat(new Command('reject').description('keep it from serving, or stop it, and tell the buyer why').argument('<creative-id>').requiredOption('--reason <text>', 'what the buyer reads'));
  const purge = ofWhom(new Command('purge').description('destroy it, and tell the buyer why').argument('<creative-id>')
    .addOption(new Option('--reason <code>', 'why').choices(CREATIVE_EVENT_REASONS).makeOptionMandatory()).option('--hard', 'leave no tombstone, as legal erasure demands').option('--detail <text>', 'more, for the buyer to read'));
  return new Command('creatives').description('decide on creatives that wait for a person (see "review" in the configuration), and take creatives away')
    .addCommand(operatorCommand(list, listed))
    .addCommand(operatorCommand(show, shown))
    .addCommand(operatorCommand(approve, (store, flags, id: string) => settled(store, flags, id, { kind: 'approved' })))
    .addCommand(operatorCommand(reject, (store, flags, id: string) => settled(store, flags, id, { kind: 'rejected', reason: flags['reason'] as string })))
    .addCommand(operatorCommand(purge, purged))
    .addHelpText('afterAll', `
Examples:
  adwright creatives list
  adwright creatives reject spring_banner --reason "The price is not the one on the page it leads to."
  adwright creatives approve spring_banner --package pkg_3f9c
  adwright creatives purge spring_banner --reason legal_erasure --hard

Exit codes: 0 done, 1 failed, 2 wrong usage`);
}

const reviewOf = ({ config }: Flags): CreativeReview | undefined => {
  const asked = loadConfig(config ? { config } : {}, {}).config.review?.creatives;
  return asked === 'none' ? undefined : asked;
};

async function listed(store: OperatorStore, flags: Flags): Promise<string> {
  const { all, json } = flags;
  const limit = limitOf(flags['limit']);
  const review = reviewOf(flags);
  const creatives = (await store.creatives(all ? {} : { status: 'pending_review' }, limit)).map((creative) => ({ creative, package_id: '', status: creative.status as string, reason: creative.rejection_reason }));
  const products = typeof review === 'object' ? (review.products ?? []) : [];
  const placed = (products.length > 0 ? await store.assignedCreatives({ products }, limit) : []).flatMap((each) => {
    const { approval_status: status, rejection_reason: reason } = standingOf(each, review);
    // What waits in its library comes up there first.
    return all || (status === 'pending_review' && each.creative.status === 'approved') ? [{ creative: each.creative, package_id: each.package_id, status: status as string, reason }] : [];
  });
  const found = [...creatives, ...placed];
  if (json) return found.map((each) => JSON.stringify(each)).join('\n');
  if (found.length === 0) return all ? 'no creatives' : 'nothing waits';
  return table(['CREATIVE', 'ON PACKAGE', 'STATUS', 'SINCE', 'FOR', 'ACCOUNT', 'NAME'], found.map(({ creative, package_id, status }) =>
    [creative.creative_id, package_id, status, creative.updated_date, creative.principal_id, creative.account_id, creative.creative.name]));
}

const standingOf = ({ buy, package_id, creative }: AssignedCreative, review: CreativeReview | undefined) =>
  approvalOf(buy.packages.find((each) => each.package.package_id === package_id)!, creative, review);

/** The one creative that is meant. */
async function meant(store: OperatorStore, { principal, account }: Flags, creative_id: string): Promise<CreativeRecord> {
  const of = { ...(principal ? { principal_id: principal as string } : {}), ...(account ? { account_id: account as string } : {}) };
  const [creative, another] = await store.creatives({ creative_id, ...of }, 2);
  if (creative === undefined) throw new OperatorError(`there is no creative "${creative_id}"; adwright creatives list --all shows those that there are`);
  if (another) throw new OperatorError(`several libraries have a creative "${creative_id}": name one with --principal, or --account`);
  return creative;
}

async function shown(store: OperatorStore, flags: Flags, creative_id: string): Promise<string> {
  const creative = await meant(store, flags, creative_id);
  const review = reviewOf(flags);
  const packages = (await store.assignedCreatives({ creative }, 1000)).map((each) => `  ${each.package_id} of ${each.buy.media_buy_id}: ${standingOf(each, review).approval_status}`);
  const head = [['creative', creative_id], ['for', `${creative.principal_id}, ${creative.account_id}`], ['status', creative.status], ...(creative.rejection_reason ? [['because', creative.rejection_reason]] : []), ['changed', creative.updated_date]];
  return [...head.map(([name, value]) => `${name!.padEnd(9)} ${value}`), '', packages.length > 0 ? 'on packages' : 'on no package', ...packages, '', JSON.stringify(creative.creative, null, 2)].join('\n');
}

async function settled(store: OperatorStore, flags: Flags, creative_id: string, decision: Extract<CreativeDecision, { kind: 'approved' | 'rejected' }>): Promise<string> {
  const creative = await meant(store, flags, creative_id);
  const package_id = flags['package'] as string | undefined;
  if (package_id === undefined && !CREATIVE_EDGES[creative.status].includes(decision.kind))
    throw new OperatorError(`creative "${creative_id}" is ${creative.status}: it cannot be ${decision.kind}`);
  if (package_id !== undefined && (await store.assignedCreatives({ creative, package_id }, 1)).length === 0)
    throw new OperatorError(`creative "${creative_id}" is on no package "${package_id}" of a media buy that runs or will`);
  await enqueue(store, creative, { ...(package_id === undefined ? {} : { package_id }), content_at: contentAt(creative), decision });
  return `creative ${creative_id}${package_id === undefined ? '' : ` on ${package_id}`} is ${decision.kind}; a running server acts at once, one that is not running when it starts`;
}

async function purged(store: OperatorStore, flags: Flags, creative_id: string): Promise<string> {
  const creative = await meant(store, flags, creative_id);
  const [purge_kind, reason_code]: [PurgeKind, CreativeEventReason] = [flags['hard'] ? 'hard' : 'soft', flags['reason'] as CreativeEventReason];
  const flaw = purgeFlaw(purge_kind, reason_code);
  if (flaw !== undefined) throw new OperatorError(flaw);
  await enqueue(store, creative, { decision: { kind: 'purged', purge_kind, reason_code, ...(flags['detail'] ? { reason_detail: flags['detail'] as string } : {}) } });
  return `creative ${creative_id} is purged; a running server acts at once, one that is not running when it starts`;
}

async function enqueue(store: OperatorStore, { principal_id, library, creative_id }: CreativeRecord, more: { readonly package_id?: string; readonly content_at?: string; readonly decision: CreativeDecision }): Promise<void> {
  const job_id = randomIds.next('job');
  const now = systemClock.now();
  const job = { kind: 'settle_creative' as const, job_id, principal_id, lane: `decision:${job_id}`, run_at: now.toISOString(), payload: { library, creative_id, ...more } };
  const subjects = [`creative:${creative_id}`, `principal:${principal_id}`, ...(more.package_id === undefined ? [] : [`package:${more.package_id}`])];
  await store.enqueue(job, act(ACTS[more.decision.kind], now, ...subjects));
}

/** As the audit calls them. */
const ACTS: Readonly<Record<CreativeDecision['kind'], string>> = { approved: 'creative.approve', rejected: 'creative.reject', purged: 'creative.purge' };
