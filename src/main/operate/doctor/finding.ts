/** What the doctor finds: how things stand, and what to do about it. */
export interface Finding {
  /** `fail`: the server cannot run so. `warn`: it runs, and something needs a look. */
  readonly standing: 'ok' | 'warn' | 'fail';
  readonly subject: string;
  readonly message: string;
  /** Absent where there is nothing to do. */
  readonly remedy?: string;
}

export const fine = (subject: string, message: string): Finding => ({ standing: 'ok', subject, message });
export const warning = (subject: string, message: string, remedy: string): Finding => ({ standing: 'warn', subject, message, remedy });
export const failure = (subject: string, message: string, remedy: string): Finding => ({ standing: 'fail', subject, message, remedy });
