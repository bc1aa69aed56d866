/** Streams that run side by side and are read one after another: what comes out does not tell how many ran at a time. */

export interface Lane<E> {
  /** Lanes that share a key never overlap. */
  readonly keys: LaneKeys;
  /** The lane may call `rest` while it runs. */
  readonly mayRest?: boolean;
  /** @param rest says that the lane from now on only waits: it takes no place and keeps nobody from running */
  run(rest: () => void): AsyncIterable<E>;
}

/** `unknown`: it may share anything with anybody. */
export type LaneKeys = ReadonlySet<string> | 'unknown';

/**
 * Runs lanes, at most `limit` at a time, and gives their events lane by lane in the order of the lanes. A lane starts when no
 * earlier one that shares a key with it is unfinished. When one throws, what the others have said so far comes before the error.
 */
export async function* sideBySide<E>(lanes: readonly Lane<E>[], limit: number): AsyncGenerator<E> {
  if (limit <= 1 && !lanes.some(({ mayRest }) => mayRest === true)) {
    for (const lane of lanes) yield* lane.run(() => undefined);
    return;
  }
  const runs = lanes.map((lane) => new LaneRun(lane));
  const board = new Board(runs, limit);
  try {
    for (const [i, run] of runs.entries()) {
      board.fill();
      yield* run.events();
      if (run.error === undefined) continue;
      for (const later of runs.slice(i + 1)) yield* later.sofar();
      throw run.error.cause;
    }
  } finally {
    board.close();
  }
}

/** Which lanes run. */
class Board<E> {
  readonly #runs: readonly LaneRun<E>[];
  readonly #limit: number;
  #closed = false;

  constructor(runs: readonly LaneRun<E>[], limit: number) {
    this.#runs = runs;
    this.#limit = limit;
  }

  /** Starts as many lanes as may run now, the earliest first. */
  fill(): void {
    if (this.#runs.some(({ error }) => error !== undefined)) return;
    const unfinished: LaneRun<E>[] = [];
    let running = this.#runs.filter(({ state }) => state === 'running').length;
    for (const run of this.#runs) {
      if (this.#closed || running >= this.#limit) return;
      if (run.state === 'done' || run.state === 'resting') continue;
      if (run.state === 'waiting' && !unfinished.some((earlier) => shareKey(earlier.keys, run.keys))) {
        running += 1;
        void run.start(() => this.fill()).then(() => this.fill());
      }
      unfinished.push(run);
    }
  }

  close(): void {
    this.#closed = true;
  }
}

class LaneRun<E> {
  readonly keys: LaneKeys;
  state: 'waiting' | 'running' | 'resting' | 'done' = 'waiting';
  error: { readonly cause: unknown } | undefined;
  readonly #lane: Lane<E>;
  readonly #queue: E[] = [];
  #wake: () => void = () => undefined;

  constructor(lane: Lane<E>) {
    this.#lane = lane;
    this.keys = lane.keys;
  }

  /** Resolves when the lane has ended, however it ended. */
  async start(rests: () => void): Promise<void> {
    this.state = 'running';
    const rest = (): void => {
      this.state = 'resting';
      rests();
    };
    try {
      for await (const event of this.#lane.run(rest)) {
        this.#queue.push(event);
        this.#wake();
      }
    } catch (cause) {
      this.error = { cause };
    }
    this.state = 'done';
    this.#wake();
  }

  /** Everything that the lane says, until it ends. */
  async* events(): AsyncGenerator<E> {
    for (;;) {
      yield* this.sofar();
      if (this.state === 'done' && this.#queue.length === 0) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        if (this.#queue.length > 0 || this.state === 'done') resolve();
      });
    }
  }

  * sofar(): Generator<E> {
    while (this.#queue.length > 0) yield this.#queue.shift()!;
  }
}

function shareKey(a: LaneKeys, b: LaneKeys): boolean {
  return a === 'unknown' || b === 'unknown' || [...a].some((key) => b.has(key));
}
