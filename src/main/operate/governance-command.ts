import { Command } from 'commander';
import { loadConfig, type Config } from '../../config/config.ts';
import type { AccountRecord } from '../../domain/account.ts';
import { mappedPlan } from '../../domain/governance/plan.ts';
import type { GovernanceReply } from '../../domain/ports/governance.ts';
import type { AuditEntry } from '../../domain/ports/store.ts';
import { callAgent } from '../../outbound/agent-caller.ts';
import { mcpGovernance } from '../../outbound/mcp-governance.ts';
import { sender } from '../../outbound/sender.ts';
import type { Vault } from '../../domain/ports/vault.ts';
import { aesVault } from '../../outbound/vault.ts';
import { OperatorError, type OperatorStore } from '../../domain/ports/operator-store.ts';
import { systemClock } from '../system.ts';
import { vaultKeys } from '../vault-key.ts';
import { VERSION } from '../version.ts';
import { limitOf, operatorCommand, table, type OperatorFlags } from './operator-command.ts';

type Flags = OperatorFlags & Readonly<Record<string, unknown>>;

/** `adwright governance`: who is asked before money is committed, what they said, and a question now. */
export function governanceCommand(): Command {
  const list = new Command('list').description('accounts with a governance agent, the newest first, and the plan that purchases are judged by when they name none')
    .option('--limit <n>', 'as many', '50').option('--json', 'whole, a line each');
  const checks = new Command('checks').description('purchases and changes that were asked about, newest first, and what came of it')
    .option('--limit <n>', 'as many', '50').option('--json', 'whole, a line each');
  const ask = new Command('ask').description('ask the agent of an account now: whether it answers, and whether it knows the plan; nothing is bought')
    .argument('<account-id>').option('--plan <id>', 'the plan (default: that of the configuration)');
  return new Command('governance').description('look after the governance agents that buyers registered')
    .addCommand(operatorCommand(list, listed))
    .addCommand(operatorCommand(checks, checked))
    .addCommand(operatorCommand(ask, asked))
    .addHelpText('afterAll', '\nExample:\n  adwright governance ask acct_3f9c --plan spring\n\nExit codes: 0 done, 1 failed, 2 wrong usage');
}

const configOf = ({ config, data }: Flags) => loadConfig({ ...(config ? { config } : {}), ...(data ? { data } : {}) }, process.env).config;

async function listed(store: OperatorStore, flags: Flags): Promise<string> {
  const plans = configOf(flags).governance?.plans ?? [];
  const rows = (await store.governedAccounts(undefined, limitOf(flags['limit']))).map((account) => {
    const [agent] = account.governance_agents!;
    const { account_id, brand, operator, principal_id } = account;
    return { account_id, principal_id, brand: brand.domain, operator, agent_url: agent!.url, scheme: agent!.authentication.schemes[0]!, plan_id: mappedPlan(account, plans) };
  });
  if (flags.json) return rows.map((each) => JSON.stringify(each)).join('\n');
  if (rows.length === 0) return 'no account has a governance agent';
  return table(['ACCOUNT', 'FOR', 'BRAND', 'OPERATOR', 'AGENT', 'BY', 'PLAN'], rows.map((each) =>
    [each.account_id, each.principal_id, each.brand, each.operator, each.agent_url, each.scheme, each.plan_id ?? '']));
}

async function checked(store: OperatorStore, { limit, json }: Flags): Promise<string> {
  const found = await store.governanceChecks(limitOf(limit));
  if (json) return found.map((each) => JSON.stringify(each)).join('\n');
  if (found.length === 0) return 'nothing was asked';
  return table(['AT', 'FOR', 'ACCOUNT', 'CAME OF IT', 'PLAN', 'CHECK', 'MEDIA BUY'], found.map((entry) =>
    [entry.at, entry.principal_id, entry.account_id ?? '', ...['verdict', 'plan', 'governance_check', 'media_buy'].map((what) => subject(entry, what))]));
}

/** The subject of a kind: `plan:spring` -> `spring`. */
const subject = ({ subjects }: AuditEntry, kind: string): string => subjects.find((each) => each.startsWith(`${kind}:`))?.slice(kind.length + 1) ?? '';

async function asked(store: OperatorStore, flags: Flags, account_id: string): Promise<string> {
  const [account] = await store.governedAccounts(account_id, 1);
  if (account === undefined) throw new OperatorError(`no account "${account_id}" has a governance agent; adwright governance list shows those that do`);
  const config = configOf(flags);
  const plan_id = (flags['plan'] as string | undefined) ?? mappedPlan(account, config.governance?.plans ?? []);
  if (plan_id === undefined) throw new OperatorError('no plan: name one with --plan, or under governance.plans in the configuration');
  const send = sender({ recorder: { record: () => {}, since: () => [] }, clock: systemClock, loopback: config.sandbox, hosts: new Map(Object.entries(config.hosts ?? {})) });
  const agents = mcpGovernance((call) => callAgent(call, send, { name: 'adwright', version: VERSION }), systemClock);
  const reply = await agents.check(questionFor(account, plan_id, config.public_url ?? `http://${config.host}:${config.port}/mcp`, config));
  return told(reply, account, plan_id);
}

/** Whether there is room in the plan: a question without a purchase. */
function questionFor(account: AccountRecord, plan_id: string, caller: string, config: Config) {
  const [{ url, authentication: { schemes, credentials } }] = account.governance_agents as [NonNullable<AccountRecord['governance_agents']>[number]];
  return { agent_url: url, principal_id: account.principal_id, authentication: { schemes, credentials: vaultOf(config).open(credentials) }, request: { plan_id, caller } };
}

function vaultOf(config: Config): Vault {
  const { current, earlier } = vaultKeys(config);
  return aesVault(current, ...earlier);
}

function told(reply: GovernanceReply, { governance_agents }: AccountRecord, plan_id: string): string {
  const agent_url = governance_agents![0]!.url;
  switch (reply.kind) {
    case 'silent': throw new OperatorError(`${agent_url} gave no verdict: ${reply.reason}`);
    case 'no_verdict': throw new OperatorError(`${agent_url} answers ${reply.code} for plan ${plan_id}`);
    case 'verdict': return [`${agent_url} answers: ${reply.verdict.verdict}`, `check ${reply.verdict.check_id}, plan ${reply.verdict.plan_id}`, reply.verdict.explanation].join('\n');
  }
}
