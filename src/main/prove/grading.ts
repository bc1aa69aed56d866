/** What one run of the judge found on one seller. */
export interface Grading {
  /** The lie that the seller tells; absent: the honest one. */
  readonly lie?: string;
  readonly suite: Suite;
  /** The judge's exit code, 3 when it came to no verdict. */
  readonly code: number;
  /** What it concluded, in a sentence. */
  readonly detail: string;
  /** Storyboards that failed, with the steps of each that did; one whose fixtures could not be seeded has none. */
  readonly failed: Readonly<Record<string, readonly string[]>>;
  readonly duration_ms: number;
}

/** Our storyboards, or a bundle of somebody else's to hold against them. */
export type Suite = 'ours' | 'official';

/** A run to be made. */
export interface Errand {
  readonly suite: Suite;
  /** Flags of `storyboard run` beside the URL. */
  readonly flags: readonly string[];
  /** Absent: the honest seller. */
  readonly lie?: { readonly name: string; readonly module: string };
}
