/** What an item of each kind of catalogue has to be, and the form of what it may have. Products, stock and promotions are of free form. */
import { Type, type TSchema } from 'typebox';
import type { Catalog } from './catalog.ts';
import { some } from './lists.ts';
import { Amount, Count } from './numbers.ts';
import { OpenObject } from './open-object.ts';
import { Country, Currency, DateTime, FullDate, Uri } from './texts.ts';
import { Region } from './targeting.ts';

const closed = { additionalProperties: false } as const;
const text = Type.Optional(Type.String());
const url = Type.Optional(Uri);

export const Price = Type.Object({
  amount: Amount, currency: Currency, period: Type.Optional(Type.Enum(['night', 'month', 'year', 'one_time'])),
}, closed);

const Location = Type.Object({ lat: Type.Number({ minimum: -90, maximum: 90 }), lng: Type.Number({ minimum: -180, maximum: 180 }) }, closed);
const Address = Type.Object({ street: text, city: text, region: text, postal_code: text, country: Type.Optional(Country) }, closed);
const Airport = Type.Object({ airport_code: Type.String({ pattern: '^[A-Z]{3}$', title: 'an airport code such as AMS' }), city: text }, closed);
const measure = (...units: string[]) => Type.Optional(Type.Object({ value: Amount, unit: Type.Enum(units) }, closed));
const choice = (...values: string[]) => Type.Optional(Type.Enum(values));

/** Members that most kinds share. */
const shown = {
  description: text, image_url: url, url, price: Type.Optional(Price), tags: some(Type.String()), assets: some(OpenObject), location: Type.Optional(Location),
};

const Offering = Type.Object({
  offering_id: Type.String(), name: Type.String(), description: text, tagline: text, valid_from: Type.Optional(DateTime), valid_to: Type.Optional(DateTime),
  checkout_url: url, landing_url: url, assets: Type.Optional(Type.Array(OpenObject)), keywords: Type.Optional(Type.Array(Type.String())),
  categories: Type.Optional(Type.Array(Type.String())),
  geo_targets: Type.Optional(Type.Object({ countries: some(Country), regions: some(Region) })),
});

const Store = Type.Object({
  store_id: Type.String(), name: Type.String(), location: Location, address: Type.Optional(Address), catchments: some(OpenObject), phone: text, url,
  hours: Type.Optional(OpenObject), tags: some(Type.String()),
});

const Hotel = Type.Object({
  ...shown, hotel_id: Type.String(), name: Type.String(), location: Location, address: Type.Optional(Address),
  star_rating: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })), phone: text, amenities: some(Type.String()),
  valid_from: Type.Optional(FullDate), valid_to: Type.Optional(FullDate),
});

const Flight = Type.Object({
  flight_id: Type.String(), origin: Airport, destination: Airport, airline: text, price: Type.Optional(Price), description: text,
  departure_time: Type.Optional(DateTime), arrival_time: Type.Optional(DateTime), image_url: url, url, tags: some(Type.String()), assets: some(OpenObject),
});

const Job = Type.Object({
  job_id: Type.String(), title: Type.String(), company_name: Type.String(), description: Type.String(), location: text, apply_url: url,
  employment_type: choice('full_time', 'part_time', 'contract', 'temporary', 'internship', 'freelance'),
  experience_level: choice('entry_level', 'mid_level', 'senior', 'director', 'executive'),
  salary: Type.Optional(Type.Object({
    min: Type.Optional(Amount), max: Type.Optional(Amount), currency: Currency, period: Type.Enum(['hour', 'month', 'year']),
  }, closed)),
  date_posted: Type.Optional(FullDate), valid_through: Type.Optional(FullDate), job_functions: some(Type.String()), industries: some(Type.String()),
  tags: some(Type.String()), assets: some(OpenObject),
});

const Vehicle = Type.Object({
  ...shown, vehicle_id: Type.String(), title: Type.String(), make: Type.String(), model: Type.String(), year: Type.Integer({ minimum: 1900 }),
  condition: choice('new', 'used', 'certified_pre_owned'), vin: text, trim: text, mileage: measure('km', 'mi'),
  body_style: choice('sedan', 'suv', 'truck', 'coupe', 'convertible', 'wagon', 'van', 'hatchback'), transmission: choice('automatic', 'manual', 'cvt'),
  fuel_type: choice('gasoline', 'diesel', 'electric', 'hybrid', 'plug_in_hybrid'),
});

const RealEstate = Type.Object({
  ...shown, listing_id: Type.String(), title: Type.String(), address: Address,
  property_type: choice('house', 'apartment', 'condo', 'townhouse', 'land', 'commercial'), listing_type: choice('for_sale', 'for_rent'),
  bedrooms: Type.Optional(Count), bathrooms: Type.Optional(Amount), area: measure('sqft', 'sqm'), year_built: Type.Optional(Type.Integer()),
});

const Education = Type.Object({
  ...shown, location: text, program_id: Type.String(), name: Type.String(), school: Type.String(), subject: text,
  degree_type: choice('certificate', 'associate', 'bachelor', 'master', 'doctorate', 'professional', 'bootcamp'),
  level: choice('beginner', 'intermediate', 'advanced'), start_date: Type.Optional(FullDate), modality: choice('online', 'in_person', 'hybrid'),
});

const Destination = Type.Object({
  ...shown, destination_id: Type.String(), name: Type.String(), country: Type.Optional(Country),
  destination_type: choice('beach', 'mountain', 'urban', 'cultural', 'adventure', 'wellness', 'cruise'),
  rating: Type.Optional(Type.Number({ minimum: 1, maximum: 5 })),
});

const App = Type.Object({
  app_id: Type.String(), name: Type.String(), platform: Type.Enum(['ios', 'android']), bundle_id: text,
  apple_id: Type.Optional(Type.String({ pattern: '^[0-9]+$', title: 'an id of digits' })), description: text, icon_url: url, screenshots: some(Uri),
  preview_video_url: url, store_url: url, deep_link_url: url, price: Type.Optional(Price), rating: Type.Optional(Type.Number({ minimum: 0, maximum: 5 })),
  rating_count: Type.Optional(Count), tags: some(Type.String()), assets: some(OpenObject),
});

/** The shape of an item, where its kind of catalogue has one. */
export const CATALOG_ITEMS: Readonly<Record<Catalog['type'], TSchema | undefined>> = {
  offering: Offering, store: Store, hotel: Hotel, flight: Flight, job: Job, vehicle: Vehicle, real_estate: RealEstate, education: Education,
  destination: Destination, app: App, product: undefined, inventory: undefined, promotion: undefined,
};
