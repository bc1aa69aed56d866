import { matchesGlob } from '../glob.ts';

/** Which part of a bundle is meant: `ID`, `ID#phase` or `ID#phase/step`. In the id, `*` stands for any text. */
export interface Address {
  readonly text: string;
  readonly storyboard: string;
  readonly phase?: string;
  readonly step?: string;
}

/** Reads an address, undefined when it is none. */
export function parseAddress(text: string): Address | undefined {
  const [storyboard = '', part, ...more] = text.split('#');
  if (storyboard === '' || more.length > 0 || part === '') return undefined;
  const [phase, step, ...rest] = part?.split('/') ?? [];
  if (phase === '' || step === '' || rest.length > 0) return undefined;
  return { text, storyboard, ...(phase !== undefined && { phase }), ...(step !== undefined && { step }) };
}

export function matchesStoryboard(address: Address, id: string): boolean {
  return matchesGlob(address.storyboard, id);
}

export function matchesStep(address: Address, phase: string, step: string): boolean {
  return (address.phase === undefined || address.phase === phase) && (address.step === undefined || address.step === step);
}

/** Behind the id of a storyboard that is run a second time, over A2A. */
const OVER_A2A = '@a2a';
export const marked = (id: string): string => `${id}${OVER_A2A}`;
/** An id or an address as the bundle knows it, whichever transport it was run over. */
export const unmarked = (text: string): string => text.replace(OVER_A2A, '');
