/** A legal person on an invoice. */
import { Type, type Static } from 'typebox';
import { Ext } from './open-object.ts';
import { Country } from './texts.ts';

const text = (maxLength: number) => Type.String({ maxLength });
const closed = { additionalProperties: false } as const;

export const CONTACT_ROLES = ['billing', 'legal', 'creative', 'general'] as const;

const PostalAddress = Type.Object({
  street: text(200), city: text(100), postal_code: text(20), region: Type.Optional(text(100)), country: Country,
}, closed);

const Contact = Type.Object({
  role: Type.Enum(CONTACT_ROLES),
  name: Type.Optional(text(200)),
  email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })),
  phone: Type.Optional(text(30)),
}, closed);

const BankAccount = Type.Object({
  account_holder: text(200),
  iban: Type.Optional(Type.String({ pattern: '^[A-Z]{2}[0-9]{2}[A-Z0-9]{4,30}$' })),
  bic: Type.Optional(Type.String({ pattern: '^[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$' })),
  routing_number: Type.Optional(text(30)),
  account_number: Type.Optional(text(30)),
}, closed);

export const BusinessEntity = Type.Object({
  legal_name: text(200),
  vat_id: Type.Optional(Type.String({ pattern: '^[A-Z]{2}[A-Z0-9]{2,13}$' })),
  tax_id: Type.Optional(text(30)),
  registration_number: Type.Optional(text(50)),
  address: Type.Optional(PostalAddress),
  contacts: Type.Optional(Type.Array(Contact, { maxItems: 10 })),
  bank: Type.Optional(BankAccount),
  ext: Type.Optional(Ext),
}, closed);
export type BusinessEntity = Static<typeof BusinessEntity>;
