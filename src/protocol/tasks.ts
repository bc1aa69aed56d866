/** The tool table: what each task is, whatever the transport. */

export interface Task {
  readonly name: TaskName;
  /** One line for `tools/list`. */
  readonly summary: string;
  /** Changes state: needs an `idempotency_key`, is claimed, replayed, audited. */
  readonly mutating: boolean;
  /** A read that may turn out to do something that must not be done twice: its key counts, if it has one. */
  readonly keyed?: true;
  /** Answers without credentials. */
  readonly open: boolean;
  /** Refused while the account is suspended, closed or not yet approved. */
  readonly trades: boolean;
  /** `named`: the request's account must be one that the caller may use. `loose`: the task itself judges what is named. */
  readonly account: 'named' | 'loose';
  /** `own`: the task checks its arguments itself and answers flaws in a form of its own. */
  readonly shape: 'checked' | 'own';
}

const read = { mutating: false, open: false, trades: false, account: 'named', shape: 'checked' } as const;
const write = { mutating: true, open: false, trades: false, account: 'named', shape: 'checked' } as const;
const trade = { mutating: true, open: false, trades: true, account: 'named', shape: 'checked' } as const;

export const TASKS = {
  get_adcp_capabilities: { ...read, open: true, summary: 'What this seller can do.' },
  sync_accounts: { ...write, summary: 'Provisions accounts, or changes their settings.' },
  list_accounts: { ...read, account: 'loose', summary: 'The accounts that the caller may use.' },
  sync_governance: { ...write, summary: 'Registers the governance agent of an account.' },
  get_account_financials: { ...read, summary: 'What an account spent, and whether it is in good standing.' },
  report_usage: { ...write, summary: 'Takes down what was used and is owed for it.' },
  get_products: { ...read, open: true, keyed: true, summary: 'Finds products for a brief, refines what was found, or lists the whole catalogue.' },
  list_creative_formats: { ...read, open: true, summary: 'Describes the creative formats that products take.' },
  get_signals: { ...read, keyed: true, summary: 'Finds signals that packages may be targeted by, or lists them all.' },
  validate_input: { ...read, summary: 'Says what a creative lacks for a format or a product, before it is sent.' },
  create_media_buy: { ...trade, summary: 'Buys packages of products for a flight.' },
  update_media_buy: { ...trade, summary: 'Changes, pauses, resumes or cancels a media buy.' },
  get_media_buys: { ...read, summary: 'Reads media buys and their state.' },
  get_media_buy_delivery: { ...read, summary: 'Reads what media buys have delivered.' },
  provide_performance_feedback: { ...write, summary: 'Takes down what the buyer thinks of how a media buy does.' },
  sync_creatives: { ...trade, summary: 'Adds creatives to the library, changes and assigns them.' },
  list_creatives: { ...read, summary: 'Lists the creatives of the library.' },
  preview_creative: { ...read, summary: 'Shows what creatives look like, under links that expire.' },
  sync_event_sources: { ...trade, summary: 'Registers sources of conversion events.' },
  log_event: { ...write, summary: 'Records conversion events of a registered source.' },
  sync_audiences: { ...trade, summary: 'Uploads first-party audiences as hashed identifiers.' },
  sync_catalogs: { ...trade, summary: 'Uploads catalogues of things to advertise, in the call or from a feed.' },
  get_task_status: { ...read, account: 'loose', summary: 'Tells how far a task is, and what came of it.' },
  tasks_get: { ...read, account: 'loose', summary: 'The same as get_task_status, under its older name.' },
  list_tasks: { ...read, account: 'loose', summary: 'Lists tasks: calls whose answer comes later, or was announced.' },
  comply_test_controller: { ...read, account: 'loose', shape: 'own', summary: 'Sandbox only: sets up and simulates what a test needs.' },
} as const satisfies Record<string, Omit<Task, 'name'>>;

export type TaskName = keyof typeof TASKS;

export const isTask = (name: string): name is TaskName => Object.hasOwn(TASKS, name);

export const taskOf = (name: TaskName): Task => ({ name, ...TASKS[name] });
