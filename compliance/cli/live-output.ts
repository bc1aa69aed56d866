/** What is shown while a run goes on: a line for each storyboard as it finishes and, on a terminal, a bar for the whole below them. */
import type { RunEvent } from '../events.ts';
import type { Clock } from '../execute/clock.ts';
import type { FailureStyle } from '../report/failure-text.ts';
import { progressBar } from '../report/progress-bar.ts';
import type { RunRecord } from '../report/run-record.ts';
import { liveText } from '../report/terminal.ts';

/** Often enough to be seen moving, seldom enough to cost nothing. */
const REDRAW_MS = 50;
const ERASE_LINE = '\r\u001b[K';

export interface LiveScreen {
  write(text: string): void;
  /** Columns of a terminal that can redraw a line; undefined anywhere else, where nothing is redrawn. */
  readonly columns: number | undefined;
  readonly clock: Clock;
}

export class LiveOutput {
  readonly #screen: LiveScreen;
  readonly #style: FailureStyle;
  #drawnAt: number | undefined;
  #current: string | undefined;

  constructor(screen: LiveScreen, style: FailureStyle) {
    this.#screen = screen;
    this.#style = style;
  }

  /** @param record with the event folded in */
  show(event: RunEvent, record: RunRecord): void {
    if (event.kind === 'storyboard_started') this.#current = event.storyboard_id;
    const text = liveText(event, record, this.#style);
    if (text !== undefined) {
      this.clear();
      this.#screen.write(`${this.#style.redact.text(text)}\n`);
    }
    this.#draw(record);
  }

  /** Takes the bar away, so that something else can be written. */
  clear(): void {
    if (this.#drawnAt !== undefined) this.#screen.write(ERASE_LINE);
    this.#drawnAt = undefined;
  }

  #draw(record: RunRecord): void {
    const { columns, clock } = this.#screen;
    if (columns === undefined || record.plan === undefined || record.ended !== undefined) return;
    const now = clock.elapsed();
    if (this.#drawnAt !== undefined && now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    this.#screen.write(`${ERASE_LINE}${progressBar(record, this.#current, columns - 1, this.#style.colours)}`);
  }
}
