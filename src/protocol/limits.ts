/** Numbers that this seller promises in its capabilities and keeps in its pipeline. */
export const REPLAY_TTL_SECONDS = 86_400;
export const IN_FLIGHT_MAX_SECONDS = 300;
