/** The official runner speaks in the name of one brand throughout: whatever brand or natural account a request names is replaced. */
import type { SchemaCatalogue } from '../../../src/protocol/schema-catalogue.ts';
import { isObject, type JsonObject } from '../../json/object.ts';
import { readableSchema } from '../../readable-schema.ts';

/** A request in the name of the run's brand, as far as the task's request schema has a place for it. */
export function inTheNameOfBrand(task: string, request: JsonObject, domain: string, schemas: SchemaCatalogue | undefined): JsonObject {
  const allows = placesOf(task, schemas);
  const brand = { domain };
  const branded = allows('brand') ? { ...request, brand } : request;
  const { account } = request;
  if (account === undefined)
    return allows('account') && task !== 'list_accounts' ? { ...branded, account: { brand, operator: domain } } : branded;
  const natural = isObject(account) && (Object.hasOwn(account, 'brand') || Object.hasOwn(account, 'operator'));
  return natural ? { ...branded, account: { operator: domain, ...account, brand } } : branded;
}

/** Members that a task's request has a place for; every one when no schema says. */
export function placesOf(task: string, schemas: SchemaCatalogue | undefined): (member: string) => boolean {
  const properties = readableSchema(schemas, schemas?.refOf(task, 'request'))?.['properties'];
  return isObject(properties) ? (member) => Object.hasOwn(properties, member) : () => true;
}
