/** Running inside GitHub Actions: whatever a seller or a storyboard gets printed must not act on the runner. */
import { annotations } from '../report/annotations.ts';
import type { FinishedRun } from '../report/finished-run.ts';
import type { CliIo } from './io.ts';

/** Output in which workflow commands mean nothing, until it is ended. Does nothing outside GitHub Actions. */
export class Workflow {
  readonly #active: boolean;
  #begun = false;
  readonly #io: CliIo;
  readonly #write: (text: string) => void;
  readonly #nonce: string;

  constructor(io: CliIo, write: (text: string) => void, nonce: string) {
    this.#active = io.env['GITHUB_ACTIONS'] === 'true';
    this.#io = io;
    this.#write = write;
    this.#nonce = nonce;
  }

  /** From here on the runner reads what is printed as text. */
  begin(): void {
    if (this.#active) this.#write(`::stop-commands::${this.#nonce}\n`);
    this.#begun = true;
  }

  end(): void {
    if (this.#active && this.#begun) this.#write(`::${this.#nonce}::\n`);
    this.#begun = false;
  }

  annotate(run: FinishedRun): void {
    if (!this.#active) return;
    for (const line of annotations(run, this.#io.cwd, this.#io.env['GITHUB_WORKSPACE'])) this.#write(`${line}\n`);
  }
}
