import type { JsonObject } from './json/object.ts';

/** What discovery learned about the seller under test. */
export interface SellerProfile {
  readonly url: string;
  /** Names of the tools that it lists. */
  readonly tools: ReadonlySet<string>;
  /** The members that each tool lists for its input; tools that list none are not in it. */
  readonly inputs?: ReadonlyMap<string, ReadonlySet<string>>;
  /** The payload of `get_adcp_capabilities` as it came; undefined when the seller gave none. */
  readonly capabilities?: JsonObject;
  /** Revision of MCP that was agreed on, when it was reached that way. */
  readonly mcp_version?: string;
  /** Version of A2A that its card asks for, when it was reached that way. */
  readonly a2a_version?: string;
}
