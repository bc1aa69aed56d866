/** A row has changed since it was read: the whole commit is given up. */
export class Stale extends Error {}
