export interface Settings {
  /** For how long each part puts its load on. */
  readonly milliseconds: number;
  readonly progress: (line: string) => void;
}
