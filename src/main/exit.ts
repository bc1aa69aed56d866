/** Exit codes of `adwright serve`, `demo` and `config`: `cutOff` when a stop took too long, 128 and the signal's number for a second signal. */
export const EXIT = { done: 0, failed: 1, usage: 2, cutOff: 3, SIGINT: 130, SIGTERM: 143 } as const;
