/**
 * Who may import whom, as data. `architecture.test.ts` reads every import and holds the tree to this table.
 * A room is a folder (the longest prefix that matches a file names its room).
 */
export interface Room {
  /** Rooms whose modules this one may import, itself always included. */
  readonly imports: readonly string[];
  /** Single modules of otherwise closed rooms. */
  readonly modules?: readonly string[];
  /** Bare specifiers (prefixes) that are refused here. */
  readonly refuses?: readonly string[];
  /** Nobody may import a module of this room. */
  readonly entryPoint?: true;
}

const HTTP = ['node:http', 'node:https', 'node:net', 'express', '@modelcontextprotocol/'];
const SQL = ['better-sqlite3', 'node:sqlite', 'pg'];

const SRC = ['src/protocol', 'src/domain', 'src/usecases', 'src/pipeline', 'src/http', 'src/mcp', 'src/a2a', 'src/outbound', 'src/store', 'src/store/sqlite', 'src/store/postgres', 'src/jobs', 'src/config', 'src/catalogue', 'src/observe'];

export const ROOMS: Readonly<Record<string, Room>> = {
  'src/protocol': { imports: [], refuses: [...HTTP, ...SQL] },
  'src/domain': { imports: ['src/protocol'], refuses: ['node:', ...HTTP, ...SQL] },
  'src/usecases': { imports: ['src/domain', 'src/protocol'], refuses: ['node:', ...HTTP, ...SQL] },
  'src/pipeline': { imports: ['src/usecases', 'src/domain', 'src/protocol'], refuses: [...HTTP, ...SQL] },
  'src/http': { imports: ['src/pipeline', 'src/domain', 'src/protocol'], refuses: SQL },
  'src/mcp': { imports: ['src/http', 'src/pipeline', 'src/usecases', 'src/domain', 'src/protocol'], refuses: SQL },
  'src/a2a': { imports: ['src/http', 'src/pipeline', 'src/domain', 'src/protocol'], refuses: SQL },
  'src/outbound': { imports: ['src/domain', 'src/protocol'], refuses: SQL },
  'src/store': { imports: ['src/domain', 'src/protocol'], refuses: [...HTTP, ...SQL] },
  'src/store/sqlite': { imports: ['src/store', 'src/domain', 'src/protocol'], refuses: [...HTTP, 'pg'] },
  'src/store/postgres': { imports: ['src/store', 'src/domain', 'src/protocol'], refuses: [...HTTP, 'better-sqlite3', 'node:sqlite'] },
  'src/jobs': { imports: ['src/domain'], refuses: [...HTTP, ...SQL] },
  'src/observe': { imports: ['src/pipeline', 'src/domain', 'src/protocol'], refuses: [...HTTP, ...SQL] },
  'src/config': { imports: [], refuses: [...HTTP, ...SQL] },
  'src/catalogue': { imports: ['src/config', 'src/domain', 'src/protocol'], refuses: [...HTTP, ...SQL] },
  'src/main': { imports: SRC, modules: ['compliance/cli.ts'], entryPoint: true },
  'training-agent': { imports: SRC },
  'training-agent/broken': { imports: ['training-agent', ...SRC], entryPoint: true },
  compliance: { imports: [], modules: ['src/protocol/schema-catalogue.ts', 'src/protocol/canonical-json.ts'], refuses: SQL },
};

/** Only `outbound` talks to the network of its own accord; these words in other rooms of `src` are a breach. */
export const FETCHING_ROOM = 'src/outbound';
