/** The time in which a package runs, ISO 8601. */
export interface Flight {
  readonly start_time: string;
  readonly end_time: string;
}

/** Which events may count for a buy, beyond naming their source and type. */
export interface AttributionPolicy {
  /** Off: only the first source that a goal names counts, so that one conversion cannot count twice. */
  readonly multi_source_event_dedup: boolean;
  /**
   * @param event_time ISO 8601
   * @param windowSeconds the goal's post-click window
   */
  counts(event_time: string, flight: Flight, windowSeconds: number): boolean;
  /** No earlier event can count, so that none needs to be looked up; absent: any may. */
  earliest?(flight: Flight): string;
}

/** The production rule: from the start of the flight to the end of the window behind it. */
export function withinWindow(multi_source_event_dedup: boolean): AttributionPolicy {
  return {
    multi_source_event_dedup,
    counts(event_time, flight, windowSeconds) {
      const at = Date.parse(event_time);
      return at >= Date.parse(flight.start_time) && at <= Date.parse(flight.end_time) + windowSeconds * 1000;
    },
    earliest: ({ start_time }) => start_time,
  };
}
