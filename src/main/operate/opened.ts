/** The store of a configuration as operators open it: the database that it names, else the file in its data folder; servers may run. */
import { existsSync } from 'node:fs';
import { loadConfig, type Config } from '../../config/config.ts';
import { maskedDatabaseUrl } from '../../config/database-url.ts';
import { withinWindow } from '../../domain/ports/attribution-policy.ts';
import type { AuditTrail } from '../../domain/ports/audit-trail.ts';
import type { Examination } from '../../domain/ports/examination.ts';
import { OperatorError, type OperatorStore } from '../../domain/ports/operator-store.ts';
import { openPostgresAuditTrail } from '../../store/postgres/audit-trail.ts';
import { examineDatabase } from '../../store/postgres/examine.ts';
import { openPostgresOperatorStore } from '../../store/postgres/operator.ts';
import { rebuildDatabaseIndexes } from '../../store/postgres/rebuild.ts';
import { renewSealedInDatabase } from '../../store/postgres/sealed-texts.ts';
import type { RebuiltIndex } from '../../store/rebuilt-index.ts';
import type { Renewal } from '../../store/sealed-texts.ts';
import { openAuditTrail } from '../../store/sqlite/audit-trail.ts';
import { examine } from '../../store/sqlite/examine.ts';
import { openOperatorStore } from '../../store/sqlite/operator.ts';
import { renewSealed } from '../../store/sqlite/sealed-texts.ts';
import { rebuildIndexes } from '../../store/sqlite/rebuild.ts';
import { switchedFeatures } from '../features.ts';
import { storeFile } from '../open-store.ts';

/** The configuration that flags name. @throws ConfigError */
export const configOf = ({ config, data }: { readonly config?: string; readonly data?: string }): Config =>
  loadConfig({ ...(config ? { config } : {}), ...(data ? { data } : {}) }, process.env).config;

/** For people: which store it is, without a password. */
export const storeName = (config: Pick<Config, 'data' | 'database_url'>): string => (config.database_url === undefined ? storeFile(config) : maskedDatabaseUrl(config.database_url));

/** @param create makes a store where there is none. @throws OperatorError; StoreUnavailable */
export const operatorStoreOf = async (config: Config, create: boolean): Promise<OperatorStore> =>
  config.database_url === undefined ? openOperatorStore(storeFile(config), create) : openPostgresOperatorStore(config.database_url, create);

/** @throws OperatorError; StoreUnavailable */
export const auditTrailOf = (config: Config): AuditTrail =>
  config.database_url === undefined ? openAuditTrail(storeFile(config)) : openPostgresAuditTrail(config.database_url);

/** Undefined when there is none yet. */
export async function examinationOf(config: Config): Promise<Examination | undefined> {
  if (config.database_url !== undefined) return examineDatabase(config.database_url);
  return existsSync(storeFile(config)) ? examine(storeFile(config)) : undefined;
}

/** @throws OperatorError when there is no store; StoreInUse; StoreUnavailable */
export async function rebuiltIndexesOf(config: Config): Promise<readonly RebuiltIndex[]> {
  const policy = withinWindow(switchedFeatures(config.features).conversion_tracking?.multi_source_event_dedup ?? false);
  if (config.database_url !== undefined) return rebuildDatabaseIndexes(config.database_url, policy);
  return rebuildIndexes(thereIs(config), policy);
}

/** @returns how many rows were written. @throws OperatorError when there is no store, or servers use it; StoreInUse; StoreUnavailable */
export async function renewSealedOf(config: Config, renewal: Renewal): Promise<number> {
  if (config.database_url !== undefined) return renewSealedInDatabase(config.database_url, renewal);
  return renewSealed(thereIs(config), renewal);
}

/** The file of a store that is there; that of a database is not looked for. @throws OperatorError when there is none */
export function thereIs(config: Config): string {
  const file = storeFile(config);
  if (config.database_url === undefined && !existsSync(file)) throw new OperatorError(`there is no store at ${file}; name the data folder with --data`);
  return file;
}
