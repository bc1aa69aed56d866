import type { ApiKey } from '../../domain/api-key.ts';
import type { Queries } from './connections.ts';
import { sql } from './sql.ts';

interface KeyRow {
  readonly record: ApiKey;
  readonly last_used_at: string | null;
}

export async function apiKey(db: Queries, key_sha256: string): Promise<ApiKey | undefined> {
  const row = await db.get<KeyRow>(sql`SELECT record, last_used_at FROM api_keys WHERE key_sha256 = ${key_sha256}`);
  return row && keyOf(row);
}

/** Newest first. */
export async function apiKeys(db: Queries): Promise<readonly ApiKey[]> {
  return (await db.all<KeyRow>(sql`SELECT record, last_used_at FROM api_keys ORDER BY created_at DESC, key_id`)).map(keyOf);
}

export async function putApiKey(tx: Queries, { last_used_at: _own, ...key }: ApiKey): Promise<void> {
  await tx.run(
    sql`INSERT INTO api_keys (key_id, key_sha256, created_at, record) VALUES (${key.key_id}, ${key.key_sha256}, ${key.created_at}, ${JSON.stringify(key)})
        ON CONFLICT (key_id) DO UPDATE SET record = excluded.record`);
}

export async function apiKeyUsed(db: Queries, key_id: string, at: string): Promise<void> {
  await db.run(sql`UPDATE api_keys SET last_used_at = ${at} WHERE key_id = ${key_id}`);
}

const keyOf = ({ record, last_used_at }: KeyRow): ApiKey => ({ ...record, ...(last_used_at === null ? {} : { last_used_at }) });
