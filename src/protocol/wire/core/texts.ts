/** Texts of a fixed form. Patterns and formats are those of AdCP 3.1; a title says in an error message what is wanted. */
import { Type } from 'typebox';

/** RFC 3339 with an offset: `2027-01-31T09:00:00Z`. */
export const DateTime = Type.String({ format: 'date-time' });
/** A day, `2027-01-31`, as RFC 3339 `full-date`. */
export const FullDate = Type.String({ format: 'date' });
/** A day by its look alone; whether the calendar has it is for the domain to say. */
export const DateText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', title: 'a day such as 2027-01-31' });
export const Uri = Type.String({ format: 'uri' });
export const HttpsUri = Type.String({ format: 'uri', pattern: '^https://', title: 'a URL that begins with https://' });
/** RFC 6570: trackers carry macros in braces. */
export const UriTemplate = Type.String({ format: 'uri-template' });
export const Email = Type.String({ format: 'email' });
/** ISO 4217, upper case. */
export const Currency = Type.String({ pattern: '^[A-Z]{3}$', title: 'a currency code such as USD' });
/** ISO 3166-1 alpha-2, upper case. */
export const Country = Type.String({ pattern: '^[A-Z]{2}$', title: 'a country code such as US' });
/** A lower-case host name; one label (`localhost`) is allowed. */
export const Domain = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$', title: 'a domain in lower case, such as acme.example',
});
/** SHA-256 in lower-case hex. */
export const Sha256Hex = Type.String({ pattern: '^[a-f0-9]{64}$', title: 'a SHA-256 hash, 64 digits of lower-case hex' });
/** ISO 8601 duration with at least one part. */
export const IsoDuration = Type.String({ pattern: '^P(?!$)(\\d+Y)?(\\d+M)?(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?$' });
/** The key under which a mutating call may be repeated without a second effect. */
export const IdempotencyKey = Type.String({
  pattern: '^[A-Za-z0-9_.:-]{16,255}$', minLength: 16, maxLength: 255,
  title: 'a key of 16 to 255 letters, digits and _ . : -',
  description: 'Makes a repeated call safe: a call with the same key and payload gets the first answer again.',
});
