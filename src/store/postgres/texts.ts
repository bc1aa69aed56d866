/**
 * PostgreSQL's texts cannot hold U+0000, which AdCP's may. It is spelled with a sign of a private plane, and that sign with itself, so that every
 * text comes back as it went and no two become one.
 */
const SIGN = '\u{F0000}';

export const spelled = (text: string): string =>
  text.includes('\0') || text.includes(SIGN) ? text.replaceAll(SIGN, `${SIGN}1`).replaceAll('\0', `${SIGN}0`) : text;

export const unspelled = (text: string): string =>
  text.includes(SIGN) ? text.replaceAll(`${SIGN}0`, '\0').replaceAll(`${SIGN}1`, SIGN) : text;
