/** The published JSON Schemas of a report and of its events. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';

const FOLDER = join(import.meta.dirname, '..', '..', 'schemas', 'adwright');
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
(addFormatsModule as unknown as (ajv: Ajv) => void)(ajv);

export const reportSchema = (name: 'run-report' | 'run-event'): AnySchemaObject =>
  JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as AnySchemaObject;

ajv.addSchema(reportSchema('run-report'));
export const holdsReport: ValidateFunction = ajv.getSchema('/schemas/adwright/run-report.json')!;
export const holdsEvent: ValidateFunction = ajv.compile(reportSchema('run-event'));

/** @throws Error when a report is not as published: a new member belongs into schemas/adwright/run-report.json */
export function assertPublishedReport(report: unknown): void {
  if (holdsReport(report)) return;
  const issues = holdsReport.errors!.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  throw new Error(`the report is not what schemas/adwright/run-report.json says:\n${issues.slice(0, 10).join('\n')}`);
}
