/** Numbers that this seller promises in its capabilities and keeps in its pipeline. Nothing but numbers: whoever needs one loads no shapes. */
export const REPLAY_TTL_SECONDS = 86_400;
export const IN_FLIGHT_MAX_SECONDS = 300;
/** The most money that is reckoned with, in major units: sums of its millionths fit the 64-bit integers of a store. */
export const MOST_MONEY = 1e12;
