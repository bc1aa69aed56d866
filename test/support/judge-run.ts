/** One run of the judge against a scripted agent: rows by step id, verdict, and what the agent was asked. */
import { type AgentManner, startAgent, type Tool, type ToolCall } from './mcp-agent.ts';
import { storyboard, storyboardYaml, writeBundle } from './judge.ts';
import { assertPublishedReport } from './published-report.ts';

export interface Row {
  readonly address: string;
  readonly outcome: string;
  readonly skip?: { readonly reason: string; readonly cause?: string; readonly detail: string };
  readonly validations: readonly { readonly check: string; readonly passed: boolean }[];
}

export interface Report {
  readonly run: Readonly<Record<string, unknown>>;
  readonly step_results: readonly Row[];
  readonly storyboards: readonly { readonly storyboard_id: string; readonly verdict: string }[];
  readonly run_summary: Readonly<Record<string, unknown>>;
}

export interface JudgeRun {
  readonly code: number;
  /** What a person would have seen. */
  readonly text: string;
  readonly report: Report;
  readonly rows: ReadonlyMap<string, Row>;
  /** Outcome of a step by its id; of a skipped one its reason and cause. */
  readonly state: (id: string) => string;
  readonly calls: readonly ToolCall[];
  readonly verdict: string | undefined;
}

/** Polls quickly, so that no test waits. */
const ENV = { STORYBOARD_TASK_POLL_INTERVAL_MS: '5', STORYBOARD_TASK_POLL_TIMEOUT_MS: '200' };

/** Runs every storyboard of a bundle against an agent with these tools (and the capabilities of a seller that claims nothing). */
export async function judge(
  files: Readonly<Record<string, string>>, tools: Readonly<Record<string, Tool>>, args: readonly string[] = [], manner: AgentManner = {},
  argsFor: (url: string) => readonly string[] = () => [],
): Promise<JudgeRun> {
  const bundle = writeBundle(files);
  const agent = await startAgent(
    { get_adcp_capabilities: () => ({ status: 'completed', adcp: { major_versions: [3] }, supported_protocols: [] }), ...tools }, manner
  );
  try {
    const { code, out, err } = await storyboard(
      ['run', agent.url, '--bundle', bundle.folder, '--json', '-', '--seed', '7', ...args, ...argsFor(agent.url)], { cwd: bundle.folder, env: ENV }
    );
    if (out === '') throw new Error(`no report: ${err}`);
    const report = JSON.parse(out) as Report;
    assertPublishedReport(report);
    const rows = new Map(report.step_results.map((row) => [row.address.replace(/^.*\//, ''), row]));
    return { code, text: err, report, rows, state: (id) => stateOf(rows.get(id)), calls: agent.calls, verdict: report.storyboards[0]?.verdict };
  } finally {
    bundle.remove();
    await agent.close();
  }
}

function stateOf(row: Row | undefined): string {
  if (row === undefined) return 'absent';
  if (row.outcome !== 'skipped') return row.outcome;
  return `${row.skip!.reason}${row.skip!.cause === undefined ? '' : `:${row.skip!.cause}`}`;
}

/** A bundle of one universal storyboard with one phase of these steps. */
export function oneStoryboard(steps: string, head = ''): Readonly<Record<string, string>> {
  return { 'compliance/universal/s.yaml': storyboardYaml('s', steps, head) };
}

/** The same, played by a brand with a key of its own. */
export function withKit(steps: string, head = '', kit = ''): Readonly<Record<string, string>> {
  return { ...oneStoryboard(steps, `prerequisites:\n  test_kit: test-kits/k.yaml\n${head}`), 'compliance/test-kits/k.yaml': `${KIT}${kit}` };
}

const KIT = 'id: k\nbrand: { house: { domain: acme.example } }\nauth: { api_key: kit-key-of-the-brand, probe_task: list_creatives }\n';
