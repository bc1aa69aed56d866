/** Tasks that a transport has answered, and whose callers may ask for them again for a while. All of them have ended. */

export interface AnsweredTask {
  readonly id: string;
  /** The conversation. */
  readonly context_id: string;
  /** As the transport numbers it. */
  readonly state: number;
  /** JSON: what the caller was answered. */
  readonly document: unknown;
}

export interface AnsweredWish {
  /** Absent: of any conversation. */
  readonly context_id?: string;
  readonly state?: number;
  /** As many. */
  readonly limit: number;
  /** How many to leave out from the newest on. */
  readonly skip: number;
}

export interface AnsweredTasks {
  /** What was kept longest ago may be forgotten for it. */
  keep(owner: string, task: AnsweredTask): Promise<void>;
  find(owner: string, id: string): Promise<unknown>;
  /** Newest first. */
  list(owner: string, wish: AnsweredWish): Promise<{ readonly documents: readonly unknown[]; readonly total: number }>;
}
