/** Exit codes of `adwright serve`, `demo` and `config`. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;
