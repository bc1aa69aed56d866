/**
 * A run over one transport, or over both: then every storyboard is run over MCP and again over A2A, under an id of its own, and where
 * a step was answered differently is told.
 */
import type { RunEvent } from '../events.ts';
import { type Answer, answerOf, type TransportDifference, transportDifferences } from '../judge/transport-difference.ts';
import type { Plan, PlanEntry } from '../plan/plan.ts';
import { formatAddress, type StepReport } from '../step-report.ts';
import { type RunOptions, runSuite } from './run.ts';

const MARK = '@a2a';

export function runOver(options: Omit<RunOptions, 'transport'> & { readonly transport: 'mcp' | 'a2a' | 'both' }): AsyncIterable<RunEvent> {
  const { transport } = options;
  return transport === 'both' ? runOverBoth(options) : runSuite({ ...options, transport });
}

/** What is planned over A2A is found out first, so that the plan of the whole run is known when it begins. */
async function* runOverBoth(options: Omit<RunOptions, 'transport'>): AsyncGenerator<RunEvent> {
  const second = await planOverA2a(options);
  if (second.kind === 'failed') {
    yield* second.events;
    return;
  }
  const answers = new Map<string, Answer>();
  const from = options.clock.elapsed();
  let ended: Extract<RunEvent, { kind: 'run_finished' }> | undefined;
  for await (const event of runSuite({ ...options, transport: 'mcp' })) {
    if (event.kind === 'step_finished') answers.set(formatAddress(event.report.address), answerOf(event.report));
    if (event.kind === 'run_finished') ended = event;
    else yield event.kind === 'planned' ? { ...event, plan: together(event.plan, second.plan) }
      : event.kind === 'run_started' ? { ...event, run: { ...event.run, transport: 'both' } } : event;
  }
  if (ended !== undefined && (ended.ended.kind !== 'completed' || options.planOnly)) {
    yield ended;
    return;
  }
  const left = options.deadlineMs === undefined ? undefined : Math.max(1, options.deadlineMs - (options.clock.elapsed() - from));
  yield* overA2a({ ...options, ...(left !== undefined && { deadlineMs: left }) }, answers);
}

/** The storyboards once more, under their marked ids; what the run over MCP has said already is not said again. */
async function* overA2a(options: Omit<RunOptions, 'transport'>, answers: ReadonlyMap<string, Answer>): AsyncGenerator<RunEvent> {
  let differing: (TransportDifference & { readonly step: string })[] = [];
  for await (const event of runSuite({ ...options, transport: 'a2a', seed: `${options.seed}${MARK}` })) {
    switch (event.kind) {
      case 'run_started': case 'planned': break;
      case 'storyboard_started': yield { ...event, storyboard_id: marked(event.storyboard_id) }; break;
      case 'step_finished': {
        const over = answers.get(formatAddress(event.report.address));
        const { phase_id: phase, step_id: step } = event.report.address;
        if (over !== undefined)
          differing = [
            ...differing.filter((each) => each.step !== `${phase}/${step}`),
            ...transportDifferences(over, answerOf(event.report)).map((each) => ({ ...each, step: `${phase}/${step}` })),
          ];
        yield { ...event, report: markedReport(event.report) };
        break;
      }
      case 'storyboard_finished':
        yield { ...event, storyboard_id: marked(event.storyboard_id) };
        if (differing.length > 0) yield { kind: 'transports_differ', storyboard_id: event.storyboard_id, differences: differing };
        differing = [];
        break;
      default: yield event;
    }
  }
}

async function planOverA2a(options: Omit<RunOptions, 'transport'>): Promise<
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

const marked = (id: string): string => `${id}${MARK}`;
const markedReport = (report: StepReport): StepReport =>
  ({ ...report, address: { ...report.address, storyboard_id: marked(report.address.storyboard_id) } });

/** The id of a storyboard in its bundle, whichever transport it was run over. */
export const unmarked = (text: string): string => text.replace(MARK, '');
