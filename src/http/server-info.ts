/** What the server says of itself to every client. */
export interface ServerInfo {
  readonly name: string;
  readonly version: string;
}
