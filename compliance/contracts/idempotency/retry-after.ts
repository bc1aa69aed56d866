import { own } from '../../json/object.ts';

/** The seconds that an error asks to wait, wherever it says so; undefined when it does not. */
export function retryAfterSeconds(data: unknown): number | undefined {
  const errors = own(data, 'errors');
  const places = [own(data, 'error'), own(data, 'adcp_error'), Array.isArray(errors) ? errors[0] : undefined, data];
  const found = places.map((place) => own(place, 'retry_after')).find((value) => value !== undefined);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}
