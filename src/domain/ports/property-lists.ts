import type { ListRef } from '../../protocol/wire/core/targeting.ts';

/** One entry of a list: a domain, an app. */
export interface PropertyIdentifier {
  readonly type: string;
  readonly value: string;
}

/** Lists of properties that other agents keep. */
export interface PropertyLists {
  /** What is on a list now; nothing when its agent cannot be asked, or does not tell. */
  identifiers(list: ListRef): Promise<readonly PropertyIdentifier[] | undefined>;
}
