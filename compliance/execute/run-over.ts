/**
 * A run over one transport, or over both: then every storyboard is run over MCP and again over A2A, under an id of its own, and where
 * a step was answered differently is told. A seller remembers what it was told before, so that what differed is asked once more over
 * MCP: only where it answers there as it did at first is the difference the transport's.
 */
import type { RunEvent } from '../events.ts';
import { type Answer, answeredAt, answerOf, transportDifferences } from '../judge/transport-difference.ts';
import { marked, parseAddress } from '../plan/address.ts';
import type { Plan, PlanEntry } from '../plan/plan.ts';
import { WHOLE_SCOPE } from '../plan/scope.ts';
import { formatAddress, type StepReport } from '../step-report.ts';
import { type RunOptions, runSuite } from './run.ts';

type OneTransport = Omit<RunOptions, 'transport'>;
type RunFinished = Extract<RunEvent, { kind: 'run_finished' }>;
type Differing = Omit<Extract<RunEvent, { kind: 'transports_differ' }>, 'kind'>;

export function runOver(options: OneTransport & { readonly transport: 'mcp' | 'a2a' | 'both' }): AsyncIterable<RunEvent> {
  const { transport } = options;
  return transport === 'both' ? runOverBoth(options) : runSuite({ ...options, transport });
}

/** What is planned over A2A is found out first, so that the plan of the whole run is known when it begins. */
async function* runOverBoth(options: OneTransport): AsyncGenerator<RunEvent> {
  const second = await planOverA2a(options);
  if (second.kind === 'failed') {
    yield* second.events;
    return;
  }
  const answers = new Map<string, Answer>();
  const budget = new Budget(options);
  let ended: RunFinished | undefined;
  for await (const event of runSuite({ ...options, transport: 'mcp' })) {
    if (event.kind === 'step_finished') answers.set(formatAddress(event.report.address), answerOf(event.report));
    if (event.kind === 'run_finished') ended = event;
    else yield event.kind === 'planned' ? { ...event, plan: together(event.plan, second.plan) }
      : event.kind === 'run_started' ? { ...event, run: { ...event.run, transport: 'both' } } : event;
  }
  if (ended?.ended.kind === 'completed' && !options.planOnly) ended = yield* comparedOverA2a(budget.left(options), answers, budget);
  if (ended !== undefined) yield ended;
}

/** The storyboards over A2A, and what of the differences is the transport's doing: asked again over MCP, the seller has to answer as before. */
async function* comparedOverA2a(
  options: OneTransport, answers: ReadonlyMap<string, Answer>, budget: Budget
): AsyncGenerator<RunEvent, RunFinished | undefined> {
  const found: Differing[] = [];
  let ended: RunFinished | undefined;
  for await (const event of overA2a(options, answers, found)) {
    if (event.kind === 'run_finished') ended = event;
    else yield event;
  }
  if (found.length === 0 || ended?.ended.kind !== 'completed') return ended;
  const again = await answersOf(budget.left(options), found.map(({ storyboard_id: id }) => id));
  for (const { storyboard_id, differences } of found) {
    const lasting = differences.filter(({ step, at, mcp }) => {
      const control = again.get(`${storyboard_id}#${step}`);
      return control !== undefined && answeredAt(control, at) === mcp;
    });
    if (lasting.length > 0) yield { kind: 'transports_differ', storyboard_id, differences: lasting };
  }
  return ended;
}

/** The storyboards once more, under their marked ids; what the run over MCP has said already is not said again. */
async function* overA2a(options: OneTransport, answers: ReadonlyMap<string, Answer>, found: Differing[]): AsyncGenerator<RunEvent> {
  let differing: Differing['differences'] = [];
  for await (const event of runSuite({ ...options, transport: 'a2a', seed: marked(options.seed) })) {
    switch (event.kind) {
      case 'run_started': case 'planned': break;
      case 'storyboard_started': yield { ...event, storyboard_id: marked(event.storyboard_id) }; break;
      case 'step_finished': differing = withStep(differing, event.report, answers); yield { ...event, report: markedReport(event.report) }; break;
      case 'storyboard_finished':
        yield { ...event, storyboard_id: marked(event.storyboard_id) };
        if (differing.length > 0) found.push({ storyboard_id: event.storyboard_id, differences: differing });
        differing = [];
        break;
      default: yield event;
    }
  }
}

/** A step that is regraded takes the place of its first report. */
function withStep(differing: Differing['differences'], report: StepReport, answers: ReadonlyMap<string, Answer>): Differing['differences'] {
  const mcp = answers.get(formatAddress(report.address));
  const step = `${report.address.phase_id}/${report.address.step_id}`;
  const own = mcp === undefined ? [] : transportDifferences(mcp, answerOf(report)).map((each) => ({ ...each, step }));
  return [...differing.filter((each) => each.step !== step), ...own];
}

/** What the seller answers over MCP when it is asked again. */
async function answersOf(options: OneTransport, ids: readonly string[]): Promise<ReadonlyMap<string, Answer>> {
  const answers = new Map<string, Answer>();
  const select = ids.map((id) => parseAddress(id)).filter((address) => address !== undefined);
  for await (const event of runSuite({ ...options, transport: 'mcp', seed: `${options.seed}@again`, scope: { ...WHOLE_SCOPE, select } }))
    if (event.kind === 'step_finished') answers.set(formatAddress(event.report.address), answerOf(event.report));
  return answers;
}

/** The time that the operator gave, over all parts of a run. */
class Budget {
  readonly #from: number;

  constructor({ clock }: OneTransport) {
    this.#from = clock.elapsed();
  }

  left(options: OneTransport): OneTransport {
    const { deadlineMs, clock } = options;
    return deadlineMs === undefined ? options : { ...options, deadlineMs: Math.max(1, deadlineMs - (clock.elapsed() - this.#from)) };
  }
}

async function planOverA2a(options: OneTransport): Promise<
  { readonly kind: 'planned'; readonly plan: Plan } | { readonly kind: 'failed'; readonly events: readonly RunEvent[] }
> {
  const events: RunEvent[] = [];
  for await (const event of runSuite({ ...options, transport: 'a2a', planOnly: true })) {
    if (event.kind === 'planned') return { kind: 'planned', plan: event.plan };
    events.push(event);
  }
  return { kind: 'failed', events };
}

/** The plan of MCP with that of A2A behind it. What is left out is told once. */
function together(mcp: Plan, a2a: Plan): Plan {
  return { ...mcp, entries: [...mcp.entries, ...a2a.entries.flatMap(markedEntry)] };
}

function markedEntry(entry: PlanEntry): readonly PlanEntry[] {
  switch (entry.kind) {
    case 'broken': return [];
    case 'skip': return [{ ...entry, storyboard_id: marked(entry.storyboard_id) }];
    case 'run': return [{ ...entry, storyboard: { ...entry.storyboard, id: marked(entry.storyboard.id) }, warnings: [] }];
  }
}

const markedReport = (report: StepReport): StepReport =>
  ({ ...report, address: { ...report.address, storyboard_id: marked(report.address.storyboard_id) } });
